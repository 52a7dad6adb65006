// A lab in a network namespace of its own: its addresses then clash with nothing, and a link of its own leads outside.
import { mkdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ask, run } from './command.ts';
import { inNetns, NETNS_DIRECTORY } from './in-netns.ts';
import { LabError } from './lab-error.ts';
import { readAddresses } from './links.ts';
import { netnsName, uplinkName } from './names.ts';
import { overlaps, toAddress, toNumber } from './subnet.ts';

/** Creates the namespace, once, with its link to the machine; gives the link's subnet. `ip netns exec` knows it by its name. */
export async function createNetns(id: string): Promise<string> {
  const name = netnsName(id);
  const path = join(NETNS_DIRECTORY, name);
  if (!(await isMounted(path))) {
    await mkdir(NETNS_DIRECTORY, { recursive: true });
    await writeFile(path, '', { mode: 0o444 });
    await run(['unshare', `--net=${path}`, 'ip', 'link', 'set', 'lo', 'up']);
  }
  await run(inNetns(name, ['sysctl', '-qw', 'net.ipv4.ip_forward=1']));
  const whole = await ask(inNetns(name, ['ip', 'route', 'get', '192.0.2.1']));
  const old = (await readAddresses()).find(address => address.device === uplinkName(id, 'out'));
  return whole.status === 0 && old ? old.subnet : link(id, name);
}

/** Removes the namespace; its interfaces go with it. */
export async function removeNetns(id: string): Promise<void> {
  await ask(['ip', 'link', 'delete', 'dev', uplinkName(id, 'out')]);
  const path = join(NETNS_DIRECTORY, netnsName(id));
  if (await isMounted(path)) await run(['umount', path]);
  await rm(path, { force: true });
  // Other namespaces keep the directory; then it is not ours to remove.
  await rmdir(NETNS_DIRECTORY).catch(() => undefined);
}

/** The link's addresses come from 169.254.192.0/18: the first four that are free. */
async function link(id: string, name: string): Promise<string> {
  const [out, inside] = [uplinkName(id, 'out'), uplinkName(id, 'in')];
  await ask(['ip', 'link', 'delete', 'dev', out]);
  const used = (await readAddresses()).map(address => address.subnet);
  const base = toNumber('169.254.192.0');
  for (let at = base; at < base + 16384; at += 4) {
    const subnet = `${toAddress(at)}/30`;
    if (used.some(other => overlaps(other, subnet))) continue;
    await run(['ip', 'link', 'add', out, 'type', 'veth', 'peer', 'name', inside, 'netns', name]);
    await run(['ip', 'address', 'add', `${toAddress(at + 1)}/30`, 'dev', out]);
    await run(['ip', 'link', 'set', out, 'up']);
    await run(inNetns(name, ['ip', 'address', 'add', `${toAddress(at + 2)}/30`, 'dev', inside]));
    await run(inNetns(name, ['ip', 'link', 'set', inside, 'up']));
    await run(inNetns(name, ['ip', 'route', 'replace', 'default', 'via', toAddress(at + 1)]));
    return subnet;
  }
  throw new LabError('no four addresses of 169.254.192.0/18 are free for the link of the lab, take other labs down');
}

/** Whether the namespace is there. */
export async function hasNetns(id: string): Promise<boolean> {
  return isMounted(join(NETNS_DIRECTORY, netnsName(id)));
}

async function isMounted(path: string): Promise<boolean> {
  return (await readFile('/proc/self/mounts', 'utf8')).split('\n').some(line => line.split(' ')[1] === path);
}
