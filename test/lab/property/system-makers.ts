// Generated calls of the modules for accounts, packages, units, the kernel and the hosts file.
import type { Dice } from './dice.ts';
import type { Maker } from './makers.ts';
import { GROUPS, MOUNT_POINT, PACKAGES, PATHS, SYSCTL, SYSCTL_FILE, UNITS, USERS } from './pool.ts';

export const SYSTEM_MAKERS: Readonly<Record<string, Maker>> = {
  group: {
    weight: 2,
    make: dice => {
      const name = dice.pick(GROUPS);
      if (dice.chance(0.25)) return { name, state: 'absent' };
      // Two groups never ask for the same number, and the files of a user at work keep their group.
      return { name, ...(name === 'prop1' ? {} : dice.maybe(0.3, () => ({ gid: name === 'propg' ? dice.pick([2201, 2202]) : 2203 }))) };
    },
  },
  user: {
    weight: 4,
    make: dice => {
      const name = dice.pick(USERS);
      if (dice.chance(0.25)) return { name, state: 'absent', ...dice.maybe(0.5, () => ({ remove: true })) };
      return {
        name,
        ...dice.maybe(0.2, () => ({ uid: name === 'prop1' ? dice.pick([2101, 2102]) : 2103 })),
        ...dice.maybe(0.3, () => ({ group: dice.pick(GROUPS) })),
        ...dice.maybe(0.3, () => ({ groups: ['games', ...dice.some(['propg'], 0.5)], append: dice.chance(0.5) })),
        ...dice.maybe(0.3, () => ({ shell: dice.pick(['/bin/sh', '/bin/bash']) })),
        ...dice.maybe(0.2, () => ({ comment: dice.pick(['One', 'Two']) })),
        ...dice.maybe(0.2, () => ({ create_home: false })),
      };
    },
  },
  package: {
    weight: 1.5,
    make: (dice, around) => (around.packages ? { name: dice.pick(PACKAGES), ...dice.maybe(0.4, () => ({ state: 'absent' })) } : undefined),
  },
  'systemd.unit': {
    weight: 3,
    make: dice => {
      const name = dice.pick(Object.keys(UNITS));
      if (dice.chance(0.2)) return { name, state: 'absent' };
      if (name.endsWith('a.service') && dice.chance(0.3))
        return { name, drop_in: 'more.conf', content: `[Service]\nLimitNOFILE=${dice.pick(['5000', '6000'])}\n` };
      return { name: dice.chance(0.3) ? name.replace('.service', '') : name, content: dice.pick(UNITS[name] ?? ['']) };
    },
  },
  'systemd.service': {
    weight: 4,
    make: serviceBy,
    keywords: ({ state }) => (state === 'restarted' || state === 'reloaded' ? { always: true } : {}),
    // What a unit's text asks for, its user and the service of a socket, shows when it is started: whoever starts it sees to that.
    before: ({ name, state }) => {
      if (state === 'stopped') return [];
      if (name === 'prop-b') return [{ module: 'user', params: { name: 'prop1' } }];
      return name === 'prop-c.socket'
        ? [{ module: 'systemd.unit', params: { name: 'prop-c.service', content: UNITS['prop-c.service']?.[0] } }]
        : [];
    },
  },
  sysctl: {
    weight: 2,
    make: dice => ({
      name: dice.pick([SYSCTL, SYSCTL.replaceAll('.', '/')]),
      value: dice.pick([64, 70, '71']),
      file: dice.chance(0.2) ? dice.pick(PATHS) : SYSCTL_FILE,
    }),
  },
  'hosts.entries': {
    weight: 2,
    make: dice => ({
      entries: [
        { address: dice.pick(['192.0.2.1', '192.0.2.2']), names: ['alpha', ...dice.some(['beta'], 0.5)] },
        ...dice.some([{ address: '192.0.2.3', names: ['gamma'] }], 0.5),
      ],
      ...dice.maybe(0.3, () => ({ path: dice.pick(PATHS) })),
    }),
  },
  // Not beside packages: what a source offers shows once the host has asked it.
  'package.repository': {
    weight: 1.5,
    make: (dice, around) =>
      around.packages
        ? undefined
        : {
            name: dice.pick(['prop1', 'prop2']),
            ...dice.pick([
              { state: 'absent' },
              { uris: ['file:/srv/nothing'], suites: ['./'], trusted: true },
              { uris: ['file:/srv/nothing'], suites: ['./'], signed_by: '/srv/p/f' },
            ]),
          },
  },
  // Both names have an address in the hosts file: sudo looks for that of its own host at every call.
  hostname: { weight: 1, make: dice => ({ name: dice.pick(['prop-one', 'prop-two']) }) },
  cron: {
    weight: 2,
    make: dice => {
      const name = dice.pick(['prop1', 'prop2']);
      if (dice.chance(0.2)) return { name, state: 'absent' };
      return {
        name,
        ...dice.pick([{ special: '@daily' }, { hour: 2, minute: 30 }]),
        command: 'true',
        ...dice.maybe(0.4, () => ({ user: dice.pick(USERS) })),
      };
    },
  },
  mount: {
    weight: 2,
    make: dice => ({
      path: MOUNT_POINT,
      src: 'tmpfs',
      fstype: 'tmpfs',
      opts: dice.pick(['size=1m', 'size=1m', 'size=2m,nodev']),
      state: dice.pick(['mounted', 'mounted', 'present', 'unmounted', 'absent']),
    }),
    before: () => [{ module: 'file.directory', params: { path: MOUNT_POINT } }],
  },
};

function serviceBy(dice: Dice): object {
  if (dice.chance(0.25)) return { name: 'prop-c.socket', state: dice.pick(['started', 'stopped']), ports: [7399] };
  const name = dice.pick(['prop-a', 'prop-a', 'prop-b']);
  return {
    name,
    ...dice.maybe(0.9, () => ({ state: dice.pick(['started', 'started', 'started', 'stopped', 'stopped', 'restarted']) })),
    ...dice.maybe(0.4, () => ({ enabled: dice.chance(0.6) })),
  };
}
