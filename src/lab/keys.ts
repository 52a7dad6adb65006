// The keys of a lab: one for its user, one for each host, all made here, so that nothing has to be trusted on first sight.
import { access, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './command.ts';
import type { LabHostState, LabPlan } from './types.ts';

/** Where a host's key pair is on this machine. */
export function hostKeyPath(host: LabHostState): string {
  return join(host.directory, 'ssh_host_ed25519_key');
}

/** Makes the keys that are missing and writes the known-hosts file. */
export async function createKeys(plan: LabPlan): Promise<void> {
  await createKey(plan.privateKey, `lab ${plan.id}`);
  const lines = plan.hosts.map(async host => {
    await mkdir(host.directory, { recursive: true });
    await createKey(hostKeyPath(host), host.name);
    return `${host.name},${host.address} ${await readPublicKey(hostKeyPath(host))}\n`;
  });
  await writeFile(plan.knownHosts, (await Promise.all(lines)).join(''));
}

/** Type and key, without the comment. */
export async function readPublicKey(path: string): Promise<string> {
  return (await readFile(`${path}.pub`, 'utf8')).trim().split(' ').slice(0, 2).join(' ');
}

async function createKey(path: string, comment: string): Promise<void> {
  if (
    await access(path).then(
      () => true,
      () => false,
    )
  )
    return;
  const part = `${path}.new`;
  await run(['rm', '-f', part, `${part}.pub`]);
  await run(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', comment, '-f', part]);
  // The private half last: where it is, both are.
  await rename(`${part}.pub`, `${path}.pub`);
  await rename(part, path);
}
