// Module `package`: packages of the host's own package manager, present or absent.
import { packageCandidate } from '../../facts/package/candidate.ts';
import { packageContents } from '../../facts/package/contents.ts';
import { packageIndex } from '../../facts/package/index-age.ts';
import { packageIndexComplete } from '../../facts/package/index-complete.ts';
import { packageInstalled } from '../../facts/package/installed.ts';
import { packageManager } from '../../facts/package/manager.ts';
import { packageRemoval } from '../../facts/package/removal.ts';
import { packageSwitchedOff } from '../../facts/package/switched-off.ts';
import { resource } from '../../facts/resource.ts';
import type { Infer, ObjectSchema } from '../../schema/schema.ts';
import { defineModule } from '../contract.ts';
import type { Have } from '../contract.ts';
import { change, unmet } from '../steps.ts';
import type { Step } from '../steps.ts';
import { bringsOf } from './brings.ts';
import { foretell } from './installation.ts';
import { MANAGERS } from './managers.ts';
import type { Manager } from './managers.ts';
import { PROVIDES, readProvides } from './provides.ts';

const NAME = { type: 'string', pattern: '^[A-Za-z0-9]([A-Za-z0-9+._-]*[A-Za-z0-9+.])?(:[a-z0-9]+)?$' } as const;

const params = {
  type: 'object',
  properties: {
    name: { ...NAME, description: 'one package' },
    names: { type: 'array', items: NAME, minItems: 1, description: 'several packages, installed in one go; instead of name' },
    state: { type: 'string', enum: ['present', 'absent'], default: 'present', description: 'whether the packages are to be there' },
    version: {
      type: 'string',
      pattern: '^[A-Za-z0-9][A-Za-z0-9.+:~^_-]*$',
      description: 'exactly this version, as the package manager writes it; with name only',
    },
    cache_valid_time: { type: 'integer', minimum: 0, description: 'refresh the package index when it is older than this many seconds' },
    provides: PROVIDES,
  },
  additionalProperties: false,
} as const satisfies ObjectSchema;

type Params = Infer<typeof params>;

const namesOf = (p: Params): readonly string[] => [...new Set(p.names ?? (p.name === undefined ? [] : [p.name]))];
const candidateOf = (p: Params, name: string) => packageCandidate(p.version === undefined ? { name } : { name, version: p.version });

/** Packages whose archives are looked into: those the table says nothing of. Whether it does is the same for every architecture. */
const unlisted = (p: Params): readonly string[] =>
  p.state === 'present' ? namesOf(p).filter(name => bringsOf(name, '') === undefined) : [];

const facts = (p: Params) => ({
  manager: packageManager({}),
  installed: namesOf(p).map(name => packageInstalled({ name })),
  candidates: p.state === 'present' ? namesOf(p).map(name => candidateOf(p, name)) : [],
  contents: unlisted(p).map(name => packageContents(p.version === undefined ? { name } : { name, version: p.version })),
  removals: p.state === 'absent' ? namesOf(p).map(name => packageRemoval({ name })) : [],
  off: p.state === 'present' ? packageSwitchedOff({}) : undefined,
  complete: packageIndexComplete({}),
  index: p.cache_valid_time === undefined ? undefined : packageIndex({ max_age: p.cache_valid_time }),
});

/** Keeps packages installed, or away. */
export const packageModule = defineModule({
  name: 'package',
  summary: "keep packages of the host's package manager installed, or away",
  params,
  examples: [
    { title: 'one package', yaml: 'name: redis is there\npackage:\n  name: redis-server\n' },
    {
      title: 'several, with an index no older than a day',
      yaml: 'name: tools are there\npackage:\n  names: [curl, jq, unzip]\n  cache_valid_time: 86400\n',
    },
    {
      title: "a package of one's own, and what it brings",
      yaml: 'name: the agent is there\npackage:\n  name: acme-agent\n  version: 2.1.0-1\n  provides:\n    units: [acme-agent.service]\n    users: [acme]\n',
    },
    { title: 'a package that must not be there', yaml: 'name: no telnet server\npackage:\n  name: telnetd\n  state: absent\n' },
  ],
  facts,
  changes: (p, have): readonly Step[] => {
    const names = namesOf(p);
    if (names.length === 0 || (p.name !== undefined && p.names !== undefined))
      return [unmet('package needs either "name" or "names"; give one of them')];
    if (p.version !== undefined && names.length > 1) return [unmet('"version" holds for one package; give it with "name", one task each')];
    if (have.manager.name === 'none')
      return [unmet('the host has no package manager that tsplay knows (apt, dnf); install the software from an archive')];
    const manager = MANAGERS[have.manager.name];
    return p.state === 'absent'
      ? removals(manager, names, have)
      : [...refreshes(manager, p, have), ...installations(manager, names, p, have)];
  },
  result: (p, have) => Object.fromEntries(namesOf(p).map((name, at) => [name, have.installed[at]?.version ?? ''])),
});

function refreshes(manager: Manager, p: Params, have: Have<ReturnType<typeof facts>>): readonly Step[] {
  if (p.cache_valid_time === undefined || have.index === undefined || have.index.fresh) return [];
  // It disturbs nothing that was read: what a newer index offers is assumed to be what this one does.
  const sets = [packageIndex({ max_age: p.cache_valid_time }).becomes({ fresh: true })];
  return [change('package index', 'old', 'fresh', { actions: [manager.refresh], sets, touches: [] })];
}

function installations(manager: Manager, names: readonly string[], p: Params, have: Have<ReturnType<typeof facts>>): readonly Step[] {
  const { version } = p;
  const missing = names.flatMap((name, at) => {
    const now = have.installed[at];
    const candidate = have.candidates[at];
    if (now === undefined || candidate === undefined) return [];
    return now.installed && (version === undefined || now.version === version) ? [] : [{ name, now, candidate }];
  });
  const unheardOf = missing.filter(({ candidate }) => candidate.version === '' && have.manager.name === 'apt' && have.complete.complete);
  if (unheardOf.length > 0) return unheardOf.map(({ name }) => unmet(notOffered(name, version)));
  const provides = p.provides === undefined ? undefined : readProvides(p.provides);
  return missing.map(({ name, now, candidate }, at) =>
    change(`package ${name}`, now.installed ? now.version : 'absent', version ?? 'present', {
      // The first brings all of them, in one go.
      actions:
        at === 0
          ? [
              manager.install(
                missing.map(each => ({ name: each.name, version })),
                have.complete.stale,
              ),
            ]
          : [],
      ...foretell({
        name,
        version,
        architecture: have.manager.architecture,
        candidate,
        contents: have.contents[unlisted(p).indexOf(name)],
        stale: have.complete.stale,
        off: have.off?.units,
        provides,
      }),
    }),
  );
}

function removals(manager: Manager, names: readonly string[], have: Have<ReturnType<typeof facts>>): readonly Step[] {
  const present = names.flatMap((name, at) =>
    have.installed[at]?.installed === true ? [{ name, version: have.installed[at].version, takes: have.removals[at]?.takes ?? [] }] : [],
  );
  return present.map(({ name, version, takes }, at) =>
    change(`package ${name}`, version, 'absent', {
      actions: at === 0 ? [manager.remove(present.map(each => each.name))] : [],
      sets: [
        packageRemoval({ name }).becomes({ takes: [] }),
        ...[name, ...takes].map(each => packageInstalled({ name: each }).becomes({ installed: false, version: '' })),
      ],
      // What a package takes with it is in no table.
      touches: [...[name, ...takes].map(resource.package), resource.anything],
    }),
  );
}

function notOffered(name: string, version: string | undefined): string {
  const what = version === undefined ? `package "${name}"` : `version ${version} of package "${name}"`;
  return `the host's package index offers no ${what}; check the name, or add its source first, with package.repository`;
}
