// Takes a lab down and leaves nothing of it; needs no state file, the names follow from the id.
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { endProcesses, removeEmptyControlGroups } from './cgroup.ts';
import { restoreForwarding } from './forwarding.ts';
import { LabError } from './lab-error.ts';
import { withLock } from './lock.ts';
import { removeNetworks } from './network.ts';
import { harvestPackages } from './package-cache.ts';
import { labDirectory } from './paths.ts';
import type { LabEvents } from './types.ts';

/** Takes a lab down, however much of it there is. Downloaded packages stay in the cache. */
export async function labDown(id: string, events: LabEvents): Promise<void> {
  labDirectory(id);
  if (process.getuid?.() !== 0) throw new LabError('a lab is taken down by root, run it with sudo');
  await withLock(
    `lab-${id}`,
    () => events(`waiting for another tsplay that works on lab ${id}`),
    async () => {
      await tearDown(id);
      events(`lab ${id} is down`);
    },
  );
}

/** The same for who holds the lab's lock already. */
export async function tearDown(id: string): Promise<void> {
  const directory = labDirectory(id);
  await endProcesses(id);
  const hosts = await readdir(join(directory, 'hosts')).catch(() => []);
  for (const host of hosts) await harvestPackages(join(directory, 'hosts', host, 'upper'));
  await withLock(
    'network',
    () => undefined,
    async () => {
      await removeNetworks(id);
      // The directory last: as long as it stands, a next attempt knows that there is something to take down.
      await rm(directory, { recursive: true, force: true });
      await restoreForwarding();
    },
  );
  await removeEmptyControlGroups();
}
