// `--prove`: what a change promised is held against what is read afterwards.
import type { FactSet } from '../../facts/contract.ts';
import { setsOf, type Deed } from './perform.ts';
import type { Engine } from '../state/engine.ts';
import type { HostRun } from '../state/host-run.ts';
import { readFacts } from '../reading/read-facts.ts';
import { TaskFailure } from '../state/task-failure.ts';
import { same } from '../../util/canonical.ts';
import { isMap, unknownsIn } from '../../util/value.ts';

/** @throws TaskFailure naming the first promise that was not kept */
export async function prove(engine: Engine, host: HostRun, user: string | undefined, deeds: readonly Deed[]): Promise<void> {
  const sets = lastOfEach(setsOf(deeds));
  const owned = sets.map(set => ({ set, host: set.ref.host === undefined ? host : (engine.hosts.get(set.ref.host) ?? host) }));
  await readFacts(
    engine,
    owned.map(({ set, host: owner }) => ({ ref: set.ref, host: owner })),
    user,
  );
  for (const { set, host: owner } of owned.filter(one => one.set.standsIn !== true)) {
    const found = owner.facts.peek(set.ref, user ?? '')?.value;
    const broken = brokenPromise(set, found);
    if (broken === undefined) continue;
    const text = `${set.ref.definition.name} ${JSON.stringify(set.ref.args)}: ${broken}`;
    if (set.assumed === undefined) throw new TaskFailure(`the change promised otherwise: ${text}`, owner.name);
    engine.emit({ kind: 'note', level: 'warning', text: `${owner.name}: assumed ${set.assumed}, but ${text}` });
  }
}

function lastOfEach(sets: readonly FactSet[]): readonly FactSet[] {
  return [...new Map(sets.map(set => [set.ref.key, set])).values()];
}

function brokenPromise(set: FactSet, found: unknown): string | undefined {
  const promised = set.patch ?? set.value;
  if (set.unlessThere === true && !same(found, set.ref.definition.absent)) return undefined;
  if (isMap(promised) && isMap(found)) {
    const wrong = Object.keys(promised).find(key => unknownsIn(promised[key]).length === 0 && !same(promised[key], found[key]));
    return wrong === undefined ? undefined : `${wrong} is ${JSON.stringify(found[wrong])}, promised ${JSON.stringify(promised[wrong])}`;
  }
  if (unknownsIn(promised).length > 0 || same(promised, found)) return undefined;
  return `is ${shorten(found)}, promised ${shorten(promised)}`;
}

function shorten(value: unknown): string {
  const text = value === undefined ? 'undefined' : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
