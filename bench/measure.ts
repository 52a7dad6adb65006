// Runs one process to its end and takes the time, from before it is spawned until it has exited.
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from '../src/lab/command.ts';
import type { Command } from './programs.ts';

/** How a process ended. */
export interface Run {
  readonly milliseconds: number;
  /** Undefined when a signal ended it. */
  readonly status: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** No run takes this long. */
const LIMIT = 600_000;

/**
 * Runs a command in a folder. Its output goes to files, so that this process sleeps meanwhile; of the environment it gets what all get:
 * a home of the bench, and nothing that makes Node or Python read more than they have to.
 * @throws the signal's reason when it is aborted
 */
export async function measure({ argv, env }: Command, folder: string, signal: AbortSignal): Promise<Run> {
  signal.throwIfAborted();
  const home = join(folder, 'home');
  const own = mkdtempSync(join(folder, 'run-'));
  const masters = join(own, 'masters');
  for (const needed of [home, masters]) mkdirSync(needed, { recursive: true });
  try {
    const run = await runOnce(argv, { ...COMMON, HOME: home, ANSIBLE_SSH_CONTROL_PATH_DIR: masters, ...env }, own, signal);
    return { ...run, stdout: readFileSync(join(own, 'out'), 'utf8'), stderr: readFileSync(join(own, 'err'), 'utf8') };
  } finally {
    await endMasters(masters);
    rmSync(own, { recursive: true, force: true });
  }
}

const COMMON = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8' };

async function runOnce(
  [file = '', ...args]: readonly string[],
  env: NodeJS.ProcessEnv,
  folder: string,
  signal: AbortSignal,
): Promise<Pick<Run, 'milliseconds' | 'status'>> {
  const out = openSync(join(folder, 'out'), 'w');
  const err = openSync(join(folder, 'err'), 'w');
  const limit = AbortSignal.any([signal, AbortSignal.timeout(LIMIT)]);
  try {
    return await new Promise((resolve, reject) => {
      const started = performance.now();
      // A group of its own, so that what it has started can be ended with it.
      const child = spawn(file, args, { cwd: folder, env, stdio: ['ignore', out, err], detached: true });
      const end = (): void => endGroup(child.pid);
      limit.addEventListener('abort', end, { once: true });
      child.once('error', reject);
      child.once('exit', status => {
        const milliseconds = performance.now() - started;
        limit.removeEventListener('abort', end);
        if (signal.aborted) reject(signal.reason as Error);
        else resolve({ milliseconds, status: status ?? undefined });
      });
    });
  } finally {
    closeSync(out);
    closeSync(err);
  }
}

function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has just ended by itself.
  }
}

/** Ansible's connections outlive it by a minute, and would be there for its next run. */
async function endMasters(folder: string): Promise<void> {
  const sockets = readdirSync(folder, { withFileTypes: true }).filter(entry => entry.isSocket());
  await Promise.all(
    sockets.map(({ name }) => ask(['ssh', '-F', 'none', '-o', `ControlPath=${join(folder, name)}`, '-O', 'exit', 'master'])),
  );
}
