// What an author says a package brings: the parameter `provides`, read as an entry of the table.
import type { Infer, ObjectSchema } from '../../schema/schema.ts';
import type { Brings } from './brings.ts';

const names = { type: 'array', items: { type: 'string', minLength: 1 } } as const;
const paths = { type: 'array', items: { type: 'string', kind: 'path' } } as const;

/** What a package brings beyond what is known of it. */
export const PROVIDES = {
  type: 'object',
  description: 'what the package brings, where it is not in the table of known packages; assumed in a dry run',
  properties: {
    units: { ...names, description: 'units it enables and starts, suffix included' },
    users: { ...names, description: 'users it makes, each with a group of the same name' },
    groups: { ...names, description: 'groups it makes' },
    commands: { ...names, description: 'programs it installs in /usr/bin' },
    ports: {
      type: 'array',
      items: { type: 'integer', minimum: 1, maximum: 65535 },
      description: 'TCP ports that are listened on after the installation',
    },
    files: { ...paths, description: 'files it installs, owned by root' },
    directories: { ...paths, description: 'directories it makes, owned by root' },
  },
  additionalProperties: false,
} as const satisfies ObjectSchema;

/** The author's words as an entry of the table. */
export function readProvides(provides: Infer<typeof PROVIDES>): Brings {
  const users = provides.users ?? [];
  return {
    units: Object.fromEntries((provides.units ?? []).map(unit => [unit, 'active'])),
    users: Object.fromEntries(users.map(user => [user, { group: user, home: `/var/lib/${user}`, shell: '/usr/sbin/nologin' }])),
    groups: [...new Set([...users, ...(provides.groups ?? [])])],
    commands: Object.fromEntries((provides.commands ?? []).map(command => [command, `/usr/bin/${command}`])),
    ports: provides.ports ?? [],
    paths: {
      ...Object.fromEntries((provides.files ?? []).map(path => [path, { kind: 'file', owner: 'root', group: 'root', mode: modeOf(path) }])),
      ...Object.fromEntries(
        (provides.directories ?? []).map(path => [path, { kind: 'directory', owner: 'root', group: 'root', mode: '0755' }]),
      ),
    },
  };
}

/** Programs may be run, other files only be read. */
function modeOf(path: string): string {
  return /\/s?bin\/[^/]+$/.test(path) ? '0755' : '0644';
}
