// What makes the shared root one particular host: a layer of its own between the root and what the host writes.
import { chmod, chown, copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { hostKeyPath, readPublicKey } from './keys.ts';
import { LabError } from './lab-error.ts';
import { hostName } from './names.ts';
import { offerPackages } from './package-cache.ts';
import { subnetOf } from './subnet.ts';
import type { LabEvents, LabHostState, LabPlan } from './types.ts';

const UID = 1000;

/** Where a host's layer is. */
export function seedDirectory(host: LabHostState): string {
  return join(host.directory, 'seed');
}

/** Writes the layer anew. Only for a host that is off. */
export async function seedHost(plan: LabPlan, host: LabHostState, events: LabEvents): Promise<void> {
  const seed = seedDirectory(host);
  await rm(seed, { recursive: true, force: true });
  const put = async (path: string, text: string, mode = 0o644) => {
    await mkdir(dirname(join(seed, path)), { recursive: true, mode: 0o755 });
    await writeFile(join(seed, path), text, { mode });
    await chmod(join(seed, path), mode);
  };
  const name = hostName(host.name);
  await put('etc/hostname', `${name}\n`);
  await put('etc/machine-id', `${createHash('md5').update(`${plan.directory} ${host.name}`).digest('hex')}\n`, 0o444);
  // sudo looks its own host up at every call, so the name leads to the address other hosts use, and not to 127.0.1.1 as Debian's installer does it.
  await put('etc/hosts', `127.0.0.1 localhost\n${host.address} ${name}\n::1 localhost ip6-localhost ip6-loopback\n`);
  await put('etc/resolv.conf', await resolvers(events));
  await put('etc/systemd/network/10-host0.network', networkFile(plan, host));
  await put('etc/ssh/ssh_host_ed25519_key', await readFile(hostKeyPath(host), 'utf8'), 0o600);
  await put('etc/ssh/ssh_host_ed25519_key.pub', `${await readPublicKey(hostKeyPath(host))} root@${name}\n`);
  await seedUser(plan, put, seed);
  await offerPackages(seed);
}

type Put = (path: string, text: string, mode?: number) => Promise<void>;

async function seedUser(plan: LabPlan, put: Put, seed: string): Promise<void> {
  const { user } = plan;
  const authorized = `${await readPublicKey(plan.privateKey)} lab ${plan.id}\n`;
  const read = (path: string) => readFile(join(plan.root, path), 'utf8');
  const home = user === 'root' ? 'root' : `home/${user}`;
  await put(`${home}/.ssh/authorized_keys`, authorized, 0o600);
  await chmod(join(seed, home, '.ssh'), 0o700);
  await chmod(join(seed, home), 0o700);
  if (user === 'root') return;
  const passwd = await read('etc/passwd');
  if (passwd.split('\n').some(line => line.startsWith(`${user}:`))) {
    throw new LabError(`the lab's user ${user} is a system user of Debian, choose another name`);
  }
  await put('etc/passwd', `${passwd}${user}:x:${UID}:${UID}::/home/${user}:/bin/sh\n`);
  await put('etc/group', `${await read('etc/group')}${user}:x:${UID}:\n`);
  await put('etc/gshadow', `${await read('etc/gshadow')}${user}:!::\n`, 0o640);
  await put('etc/shadow', `${await read('etc/shadow')}${user}:*:19000:0:99999:7:::\n`, 0o640);
  const shadow = Number(/^shadow:[^:]*:(\d+):/m.exec(await read('etc/group'))?.[1]);
  for (const file of ['etc/shadow', 'etc/gshadow']) await chown(join(seed, file), 0, shadow);
  await put(`etc/sudoers.d/${user}`, `${user} ALL=(ALL:ALL) NOPASSWD:ALL\n`, 0o440);
  await chmod(join(seed, 'etc/sudoers.d'), 0o750);
  for (const file of await readdir(join(plan.root, 'etc/skel'))) await copyFile(join(plan.root, 'etc/skel', file), join(seed, home, file));
  await giveAway(join(seed, home));
}

async function giveAway(directory: string): Promise<void> {
  await chown(directory, UID, UID);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    if (entry.isDirectory()) await giveAway(join(directory, entry.name));
    else await chown(join(directory, entry.name), UID, UID);
  }
}

function networkFile(plan: LabPlan, host: LabHostState): string {
  const network = plan.networks.find(candidate => candidate.subnet === subnetOf(host.address, host.prefix));
  return [
    '[Match]',
    'Name=host0',
    '[Network]',
    `Address=${host.address}/${host.prefix}`,
    `Gateway=${network?.gateway ?? ''}`,
    'LinkLocalAddressing=no',
    'IPv6AcceptRA=no',
    '',
  ].join('\n');
}

/** The machine's name servers; those behind a stub on a loopback address are not reachable from a host. */
async function resolvers(events: LabEvents): Promise<string> {
  const read = (path: string) => readFile(path, 'utf8').catch(() => '');
  const isUsable = (text: string) => /^nameserver\s+(?!127\.|::1)/m.test(text);
  const direct = await read('/etc/resolv.conf');
  if (isUsable(direct)) return direct.replaceAll(/^nameserver\s+(127\.|::1).*\n?/gm, '');
  const behindStub = await read('/run/systemd/resolve/resolv.conf');
  if (isUsable(behindStub)) return behindStub;
  events('this machine names no server in /etc/resolv.conf that a host can reach, so hosts will resolve no names');
  return direct;
}
