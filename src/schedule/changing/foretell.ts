// A dry run of steps: what they would make of the facts is laid over what is known. Nothing runs.
import type { FactSet } from '../../facts/contract.ts';
import type { Change, Wait } from '../../modules/steps.ts';
import { readFacts } from '../reading/read-facts.ts';
import { unguarded } from '../state/unknown-guard.ts';
import type { Engine } from '../state/engine.ts';
import { foretoldTexts } from './foretold-text.ts';
import type { HostRun } from '../state/host-run.ts';

/** Lays a change or a wait of one host over the facts of the hosts its `sets` name. */
export async function foretell(engine: Engine, host: HostRun, user: string | undefined, deed: Change | Wait, by: string): Promise<void> {
  const promised = deed.kind === 'wait' ? deed.sets.map(set => assume(set, `${deed.for}, as ${by} waits for it`)) : deed.sets;
  const sets = [...promised, ...(await foretoldTexts(engine, host, user, deed))].map(withoutViews);
  const hosts = new Map<HostRun, FactSet[]>([[host, []]]);
  for (const set of sets) {
    const owner = set.ref.host === undefined ? host : engine.hosts.get(set.ref.host);
    if (owner) hosts.set(owner, [...(hosts.get(owner) ?? []), set]);
  }
  const standing = [...hosts].flatMap(([owner, of]) =>
    of.filter(set => set.patch !== undefined || set.unlessThere === true).map(set => ({ ref: set.ref, host: owner })),
  );
  await readFacts(engine, standing, user);
  for (const [owner, of] of hosts) {
    const own = owner === host;
    if (deed.kind === 'change' ? own || of.length > 0 : of.length > 0) owner.foretold.add(by);
    owner.facts.foretell(
      { sets: of, touches: own ? (deed.touches ?? []) : [], empties: own && deed.kind === 'change' ? (deed.empties ?? []) : [], by },
      user ?? '',
    );
  }
}

function assume(set: FactSet, assumed: string): FactSet {
  return set.assumed === undefined ? { ...set, assumed } : set;
}

/** What a module hands on of the facts it was given may be unknown in part, and it has only a view of it. */
function withoutViews(set: FactSet): FactSet {
  return { ...set, patch: unguarded(set.patch) as FactSet['patch'], value: unguarded(set.value) };
}
