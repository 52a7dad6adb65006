// What a package leaves on a host: what dpkg lists, what the usual tools of its scripts write, and of the rest only what the dry run promises.
import { bringsOf, type Brings } from '../../../src/modules/package/brings.ts';
import { listOf } from './differences.ts';
import { ACCOUNTS, exactly, idOf, isOfGroup, serviceLinks, signatureOf, under, type Mark } from './marks.ts';
import type { Snapshot } from './oracle.ts';

/** As dpkg has it: hosts of a lab are of the machine's own. */
const ARCHITECTURE = process.arch === 'x64' ? 'amd64' : process.arch;

/** What the tools that scripts call write beside the files that dpkg lists. */
const SCRIPTS = new RegExp(
  [
    '^/var/(lib/(dpkg|apt|ucf|ca-certificates-java)|cache/(apt|debconf|man|fontconfig)|log/(apt|dpkg\\.log|alternatives\\.log))(/|$)',
    '^/etc/(alternatives|ssl/certs|ca-certificates|\\.java|fonts/conf\\.d)(/|$)|^/usr/local/share/fonts$',
    '^/etc/(ld\\.so\\.cache|ca-certificates\\.conf(\\.dpkg-old)?)$',
  ].join('|'),
);

/**
 * A package, what comes along with it, and all their files.
 *
 * An account that a script makes, a folder, or a unit that it starts is accounted for only where the dry run promises it: what it does not promise,
 * a later task would be foretold wrongly on.
 */
export function packageMarks(name: string): readonly Mark[] {
  return [
    { kind: 'package', names: new RegExp(`^${name.replaceAll(/[.+]/g, '\\$&')}(:|$)`), least: 1 },
    { kind: 'package', names: /^/ },
    { kind: 'path', names: /^/, owned: true },
    { kind: 'enabled', names: /^/, owned: true },
    { kind: 'path', names: SCRIPTS },
    { kind: 'path', names: /^\/usr\//, after: said => said.startsWith('link /etc/alternatives/') },
    { kind: 'path', names: /^\/etc\/rc[0-9S]\.d\/[SK]\d\d/, after: isStartLink },
    ...promisedBy(name).flatMap(marksOfPromised),
  ];
}

/** What the dry run promises of a package and is not so afterwards, in words. */
export function brokenPromises(name: string, look: Snapshot): readonly string[] {
  const lacks = (kind: 'user' | 'group' | 'enabled', names: readonly string[] = []): readonly string[] =>
    names.filter(each => !listOf(kind, look).has(each)).map(each => `${kind === 'enabled' ? 'unit' : kind} ${each}`);
  return promisedBy(name)
    .flatMap(({ users, groups, units, paths = {} }) => [
      ...lacks('user', Object.keys(users ?? {})),
      ...lacks('group', groups),
      ...lacks('enabled', Object.keys(units ?? {})),
      ...Object.keys(paths).filter(path => !look.owned.has(path) && !look.paths.has(path)),
    ])
    .map(what => `package ${name} does not bring ${what}`);
}

/** The package's own row of the table, and those of what always comes along. */
function promisedBy(name: string): readonly Brings[] {
  const own = bringsOf(name, ARCHITECTURE);
  return own === undefined ? [] : [own, ...(own.packages ?? []).flatMap(promisedBy)];
}

function marksOfPromised({ users = {}, groups = [], units = {}, paths = {} }: Brings): readonly Mark[] {
  return [
    ...Object.entries(users).map(([user, { home, shell }]): Mark => ({
      kind: 'user',
      names: exactly(user),
      after: said => said.endsWith(`:${home}:${shell}`),
    })),
    ...groups.map((group): Mark => ({ kind: 'group', names: exactly(group) })),
    ...(Object.keys(users).length + groups.length > 0 ? [{ kind: 'path', names: ACCOUNTS } as const] : []),
    ...Object.entries(paths).flatMap(([path, { kind, owner, group, mode }]): readonly Mark[] => {
      const after = (said: string, look: Snapshot): boolean => {
        const parts = signatureOf(said);
        const isOwned = idOf(look, 'user', owner) === parts.owner && isOfGroup(parts, look, group);
        return parts.kind.startsWith(kind) && isOwned && parseInt(parts.mode, 8) === parseInt(mode, 8);
      };
      // What runs as that user writes there as it likes.
      return [{ kind: 'path', names: exactly(path), after }, ...(owner === 'root' ? [] : [{ kind: 'path', names: under(path) } as const])];
    }),
    ...Object.entries(units).flatMap(([unit, state]): readonly Mark[] => {
      const links: Mark = { kind: 'path', names: serviceLinks(unit), brought: true };
      if (state !== 'active') return state === 'disabled' ? [] : [links];
      return [links, { kind: 'active', names: exactly(unit), brought: true }, { kind: 'process', names: exactly(unit), brought: true }];
    }),
  ];
}

/** A link of update-rc.d leads to the script of a package. */
function isStartLink(said: string, { owned }: Snapshot): boolean {
  const script = /^link \.\.\/init\.d\/(\S+) /.exec(said)?.[1];
  return script !== undefined && owned.has(`/etc/init.d/${script}`);
}
