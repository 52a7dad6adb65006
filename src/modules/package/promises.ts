// What a package brings, as promises about facts. All rest on an assumption, which they name.
import { groupAccount, userAccount } from '../../facts/account.ts';
import { commandOnPath } from '../../facts/command/on-path.ts';
import type { FactSet } from '../../facts/contract.ts';
import { fileNode } from '../../facts/file/node.ts';
import { fileText } from '../../facts/file/text.ts';
import { portListening } from '../../facts/network/port.ts';
import { unitState } from '../../facts/systemd/unit.ts';
import { unknown } from '../../util/unknown.ts';
import type { Brings } from './brings.ts';

const AFTER_INSTALLATION = {
  active: { active: 'active', enabled: 'enabled' },
  inactive: { active: 'inactive', enabled: 'enabled' },
  disabled: { active: 'inactive', enabled: 'disabled' },
} as const;

/**
 * The promises of a package that brings all this.
 * @param off units that somebody has switched off before: they stay so
 */
export function promisesOf(name: string, brings: Brings, off: readonly string[] = []): readonly FactSet[] {
  const why = (what: string): string => `package "${name}" brings ${what}`;
  const later = (what: string): never => unknown(`${what} shows once package "${name}" is installed`) as never;
  return [
    ...Object.entries(brings.units ?? {}).map(([unit, state]) =>
      unitState({ unit }).becomes(
        { load: 'loaded', ...AFTER_INSTALLATION[off.includes(unit) ? 'disabled' : state], needsReload: false },
        why(`unit ${unit}`),
      ),
    ),
    ...Object.entries(brings.users ?? {}).map(([user, { group, home, shell }]) => {
      const account = {
        exists: true,
        uid: later(`the id of user "${user}"`),
        gid: later(`the group id of user "${user}"`),
        group,
        home,
        shell,
        comment: '',
        groups: [],
      };
      return { ...userAccount({ name: user }).becomes(account, why(`user ${user}`)), unlessThere: true };
    }),
    ...(brings.groups ?? []).map(group => ({
      ...groupAccount({ name: group }).becomes({ exists: true, gid: later(`the id of group "${group}"`) }, why(`group ${group}`)),
      unlessThere: true,
    })),
    ...Object.entries(brings.paths ?? {}).map(([path, node]) => fileNode({ path }).with(node, why(path))),
    ...Object.entries(brings.paths ?? {}).flatMap(([path, { kind }]) =>
      kind === 'file' ? [fileText({ path }).becomes(later(`the text of ${path}`), why(path))] : [],
    ),
    ...Object.entries(brings.commands ?? {}).map(([command, path]) =>
      commandOnPath({ name: command }).becomes({ path }, why(`command ${command}`)),
    ),
    ...(Object.keys(brings.units ?? {}).some(unit => off.includes(unit)) ? [] : (brings.ports ?? [])).map(port =>
      portListening({ port }).becomes({ listening: true }, why(`a service on port ${port}`)),
    ),
  ];
}
