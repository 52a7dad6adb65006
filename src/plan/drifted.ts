// What a plan rests on, held against what is there now: other machines, and facts that read otherwise.
import type { FactRef } from '../facts/contract.ts';
import { same } from '../util/canonical.ts';
import { isMap, type Json } from '../util/value.ts';
import { decode, encode, SecretBox } from './encode.ts';
import { steadyPart } from './make-plan.ts';
import type { Sealer } from './seal.ts';
import type { PlanFact, PlanHost } from './types.ts';

/** The ways one host differs, in words that name the thing. */
export function identityProblems(
  host: PlanHost,
  now: { readonly hostKey: string | undefined; readonly machineId: string },
): readonly string[] {
  return [
    ...(host.hostKey === now.hostKey
      ? []
      : [
          `${host.name} is another machine: it shows the key ${now.hostKey ?? '(none)'}, the plan was made for ${host.hostKey ?? '(none)'}`,
        ]),
    ...(host.machineId === now.machineId
      ? []
      : [`${host.name} is another machine: its id is ${now.machineId || '(none)'}, the plan was made for ${host.machineId || '(none)'}`]),
  ];
}

/** The fact's arguments as they were. */
export function argumentsOf(fact: PlanFact, secrets: readonly string[]): Readonly<Record<string, unknown>> {
  return decode(fact.args, secrets) as Readonly<Record<string, unknown>>;
}

/** How a fact differs from the one the plan rests on; undefined when it is the same. */
export function factProblem(host: string, planned: PlanFact, ref: FactRef<unknown>, value: unknown, sealer: Sealer): string | undefined {
  const steady = steadyPart(ref.definition, value);
  if (sealer.digest(steady) === planned.digest) return undefined;
  const now = encode(steady, new SecretBox([]));
  const how = planned.value === undefined || ref.definition.isContent === true ? 'is not what it was' : difference(planned.value, now);
  return `${host}: ${nameOf(ref)} ${how}`;
}

/** `file.digest of /etc/kafka.conf`: the fact, and what it is asked about. */
function nameOf(ref: FactRef<unknown>): string {
  const words = Object.values(ref.args).filter(value => typeof value === 'string' || typeof value === 'number');
  return words.length === 0 ? ref.definition.name : `${ref.definition.name} of ${words.join(' ')}`;
}

/** The parts that differ, or both as a whole. */
function difference(before: Json, now: Json): string {
  if (!isMap(before) || !isMap(now)) return `was ${shown(before)}, is ${shown(now)}`;
  const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])].filter(key => !same(before[key], now[key]));
  return keys.map(key => `has ${key} ${shown(now[key] as Json)}, had ${shown(before[key] as Json)}`).join('; ');
}

function shown(json: Json | undefined): string {
  const text =
    json === undefined
      ? '(nothing)'
      : typeof json === 'string'
        ? json || '(empty)'
        : JSON.stringify(json).replaceAll(/\{"\$secret":\d+\}/g, '***');
  return text.length > 100 ? `${text.slice(0, 97)}…` : text;
}
