// The processes of a host: each has control groups of its own, which say for sure what runs there, by whomever it was started.
import { mkdir, readdir, readFile, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { poll } from './poll.ts';
import { startOf } from './process-identity.ts';

/**
 * The hierarchies a host's systemd writes to: cgroup2 and, on a hybrid machine, name=systemd.
 * The controllers of version 1 are read-only inside a host, so nothing is created there.
 */
async function hierarchies(): Promise<readonly string[]> {
  const mounts = (await readFile('/proc/self/mounts', 'utf8')).split('\n').map(line => line.split(' '));
  return mounts
    .filter(([, , type, options = '']) => type === 'cgroup2' || (type === 'cgroup' && options.split(',').includes('name=systemd')))
    .map(([, path = '']) => path);
}

/** The control group directories of one host; without an index those of the whole lab. */
export async function controlGroups(id: string, index?: number): Promise<readonly string[]> {
  return (await hierarchies()).map(path => join(path, 'tsplay-lab', id, index === undefined ? '' : String(index)));
}

/** Creates the control groups a host is started in. */
export async function createControlGroups(id: string, index: number): Promise<readonly string[]> {
  const groups = await controlGroups(id, index);
  for (const group of groups) await mkdir(group, { recursive: true });
  return groups;
}

/** Every process of a host, or of a whole lab. */
export async function processesOf(id: string, index?: number): Promise<readonly number[]> {
  const pids = new Set<number>();
  for (const group of await controlGroups(id, index)) {
    for (const directory of await subtree(group)) {
      for (const pid of (await readIfThere(join(directory, 'cgroup.procs'))).split('\n')) if (pid) pids.add(Number(pid));
    }
  }
  return [...pids];
}

/** Ends every process of a host, or of a whole lab, at once, as a power cut does, and removes the control groups. */
export async function endProcesses(id: string, index?: number): Promise<void> {
  const dying = new Map<number, string>();
  const gone = async (): Promise<true | undefined> => {
    const pids = await processesOf(id, index);
    for (const pid of pids) {
      const start = await startOf(pid);
      if (start !== undefined) dying.set(pid, start);
      kill(pid);
    }
    // A process leaves its control group before it lets go of its mounts and interfaces; it is over when it is gone or a zombie.
    for (const [pid, start] of dying) if ((await startOf(pid)) !== start) dying.delete(pid);
    return pids.length === 0 && dying.size === 0 ? true : undefined;
  };
  const late = () => `processes ${[...dying.keys()].join(', ')} of lab ${id} do not end when killed, look at them with ps`;
  await poll(gone, late, { deadline: 20_000, every: 5 });
  for (const group of await controlGroups(id, index)) {
    for (const directory of (await subtree(group)).toReversed()) await rmdir(directory).catch(ignoreMissing);
  }
}

/** Removes the control group above all labs once none is left. */
export async function removeEmptyControlGroups(): Promise<void> {
  // A group that still holds another lab is busy; that is the answer, not a failure.
  for (const path of await hierarchies()) await rmdir(join(path, 'tsplay-lab')).catch(() => undefined);
}

/** A directory and all below it, parents first. */
async function subtree(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  const below = await Promise.all(entries.filter(entry => entry.isDirectory()).map(entry => subtree(join(directory, entry.name))));
  return [directory, ...below.flat()];
}

async function readIfThere(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}
