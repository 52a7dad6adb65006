// Finds process 1 of a host from outside.
import { readFile } from 'node:fs/promises';
import { processesOf } from './cgroup.ts';
import { startOf, type ProcessIdentity } from './process-identity.ts';

/** The host's process 1, or undefined while it is off. */
export async function leaderOf(id: string, index: number): Promise<ProcessIdentity | undefined> {
  for (const pid of await processesOf(id, index)) {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    const inside = /^NSpid:\s+(.*)$/m.exec(status)?.[1]?.split(/\s+/) ?? [];
    // One namespace below ours and number 1 in it; a container inside the host is further down.
    if (inside.length === 2 && inside[1] === '1') {
      const start = await startOf(pid);
      if (start !== undefined) return { pid, start };
    }
  }
  return undefined;
}
