// What people do to hosts by hand, on seeded hosts: a managed file, a running service, a package or an unpacked file, a user.
import type { Program } from '../../../src/program/types.ts';
import { managedPaths, slotsOn } from './explain.ts';
import { askHost } from './kafka-hosts.ts';
import type { TestLab } from './lab-inventory.ts';
import { paramOf } from './marks.ts';
import { untilFailedOver } from './redis-hosts.ts';

type Random = () => number;

/** Breaks one thing of each kind, each on a host of its own choosing. @returns in words what was done */
export async function breakByHand(lab: TestLab, program: Program, random: Random): Promise<readonly string[]> {
  const hosts = lab.state.hosts.map(({ name }) => name);
  const said: string[] = [];
  const isThere = (module: string): boolean => hosts.some(host => slotsOn(program, host).some(slot => slot.ref.module === module));
  for (const deed of [editFile, stopService, removeSomething, ...(isThere('user') ? [changeUser] : [])]) {
    const host = pick(hosts, random);
    const script = await deed(program, host, random, text => askHost(lab.state, host, text));
    const outcome = await askHost(lab.state, host, `{ ${script}; } 2>&1 || echo failed`);
    if (/^failed$/m.test(outcome)) throw new Error(`cannot break ${host} with ${script}: ${outcome}`);
    said.push(`${host}: ${script}`);
  }
  // What the others do about it by themselves would come between the dry run and the run.
  if (isThere('redis.nodes')) await untilFailedOver(lab.state);
  return said;
}

type Deed = (program: Program, host: string, random: Random, ask: (script: string) => Promise<string>) => Promise<string>;

const editFile: Deed = async (program, host, random, ask) => {
  const paths = [...managedPaths(program, host)].filter(path => path !== '/etc/hosts');
  const files = (await ask(`for path in ${paths.join(' ')}; do test -f $path && test ! -L $path && echo $path; done`)).split('\n');
  const path = pick(files.toSorted(), random);
  const other = Object.keys(program.hosts).find(name => name !== host) ?? host;
  return pick([`echo '# by hand' >>${path}`, `chmod 0600 ${path}`, `rm ${path}`, `sed -i '/ ${other}$/d' /etc/hosts`], random);
};

const stopService: Deed = (program, host, random) => {
  const named = (module: string): readonly string[] =>
    slotsOn(program, host)
      .filter(slot => slot.ref.module === module)
      .map(slot => paramOf(slot, host, 'name'));
  // Of a template the instances are what runs.
  const units = named('systemd.unit').flatMap(unit =>
    unit.includes('@.') ? named('systemd.service').filter(each => each.startsWith(unit.slice(0, unit.indexOf('@') + 1))) : [unit],
  );
  const unit = pick(units, random);
  return Promise.resolve(pick([`systemctl stop ${unit}`, `systemctl disable --now ${unit}`], random));
};

/** Of a package all that needs it goes along. The manifest of an archive is left: what it speaks of is what people remove. */
const removeSomething: Deed = async (program, host, random, ask) => {
  const slots = slotsOn(program, host);
  const names = slots.filter(slot => slot.ref.module === 'package').map(slot => paramOf(slot, host, 'name'));
  const installed = (await ask(`for name in ${names.join(' ')}; do dpkg-query -W -f '\${Package} \${db:Status-Status}\\n' $name; done`))
    .split('\n')
    .flatMap(line => (line.endsWith(' installed') ? [line.slice(0, line.indexOf(' '))] : []));
  const unpacked = slots.filter(slot => slot.ref.module === 'archive.unpack').map(slot => paramOf(slot, host, 'dest'));
  const what = pick([...installed, ...unpacked], random);
  if (!what.startsWith('/')) return `DEBIAN_FRONTEND=noninteractive apt-get -qq remove ${what} >/dev/null`;
  const others = managedPaths(program, host);
  const manifest = await ask(`cat ${what}/.tsplay/*.manifest`);
  const listed = manifest
    .split('\n')
    .slice(1)
    .map(line => `${what}/${line.slice(line.indexOf(' ') + 1).replace(/^\.\//, '')}`);
  const files = (await ask(`find ${what} -type f`)).split('\n').filter(path => listed.includes(path) && !others.has(path));
  return `rm ${pick(files.toSorted(), random)}`;
};

const changeUser: Deed = (program, host, random) => {
  const slot = slotsOn(program, host).filter(({ ref }) => ref.module === 'user');
  const name = pick(
    slot.map(one => paramOf(one, host, 'name')),
    random,
  );
  return Promise.resolve(pick([`usermod -s /bin/dash ${name}`, `groupadd -f byhand && usermod -g byhand ${name}`], random));
};

function pick<T>(items: readonly T[], random: Random): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('there is nothing to choose from');
  return item;
}
