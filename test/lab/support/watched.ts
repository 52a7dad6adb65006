// strace put to the sshd of a host of a lab, or to a program of this machine: what all they begin does is written down, and looked through.
import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { environment, MAIN, type Ended } from '../../cli/support/program.ts';
import { leaksIn, type Sighting } from './leaks.ts';
import { STRACE } from './system-calls.ts';
import type { WrittenLab } from './written-lab.ts';

/** How long strace may take to be there. */
const DEADLINE = 30_000;

/** Why nothing can be watched on this machine. */
export function straceObstacle(): string | undefined {
  return spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0 ? undefined : 'strace cannot be used here; install strace';
}

/** What is watched until it is looked through. */
export interface Watch {
  /** Ends the watch. @param core what all secrets have in common */
  readonly end: (core: string) => Promise<Sighting>;
}

/** Watches everything that logins to a host begin, from the host's own sshd on. */
export async function watchLogins(lab: Pick<WrittenLab, 'state' | 'folder'>, host: string, name: string): Promise<Watch> {
  const leader = lab.state.hosts.find(candidate => candidate.name === host)?.pid;
  assert.ok(leader !== undefined, `${host} is on`);
  const sshd = childNamed(leader, 'sshd');
  const umask = umaskOf(sshd);
  const log = join(lab.folder, name);
  const child = start([...STRACE, '-o', log, '-p', String(sshd)], lab.folder, {});
  const deadline = Date.now() + DEADLINE;
  while (!child.said().includes(`Process ${sshd} attached`)) {
    assert.ok(Date.now() < deadline && child.process.exitCode === null, `strace does not watch ${host}: ${child.said()}`);
    await sleep(20);
  }
  return {
    end: async core => {
      child.process.kill('SIGINT');
      await child.ended;
      return leaksIn(readFileSync(log, 'latin1'), umask, core);
    },
  };
}

/** Runs the program in a folder as {@link runProgram} does, watched. */
export async function runWatched(
  folder: string,
  args: readonly string[],
  core: string,
): Promise<{ readonly ended: Ended; readonly seen: Sighting }> {
  const log = join(folder, 'controller.log');
  const child = start([...STRACE, '--seccomp-bpf', '-o', log, process.execPath, MAIN, ...args], folder, environment(folder));
  const code = await child.ended;
  return { ended: { code, ...child.texts }, seen: leaksIn(readFileSync(log, 'latin1'), umaskOf(process.pid), core) };
}

interface Started {
  readonly process: ChildProcess;
  readonly texts: { stdout: string; stderr: string };
  readonly said: () => string;
  readonly ended: Promise<number | null>;
}

function start([file = '', ...args]: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Started {
  const child = spawn(file, args, { cwd, env: { PATH: process.env['PATH'], ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const texts = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.stderr += text));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { process: child, texts, said: () => texts.stderr, ended };
}

/** The process of that name which another one began. */
function childNamed(parent: number, name: string): number {
  const found = readdirSync('/proc')
    .map(Number)
    .filter(pid => Number.isInteger(pid) && statusOf(pid, 'PPid') === String(parent) && statusOf(pid, 'Name') === name);
  assert.equal(found.length, 1, `${name} of process ${parent}`);
  return found[0] ?? 0;
}

function umaskOf(pid: number): number {
  return parseInt(statusOf(pid, 'Umask') ?? '', 8);
}

/** A line of what the kernel says of a process, which may be over. */
function statusOf(pid: number, field: string): string | undefined {
  try {
    return new RegExp(`^${field}:\\s*(\\S+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}
