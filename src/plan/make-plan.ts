// From a dry run to a plan: who would be changed in what, and the facts that it rests on.
import { InputError } from '../errors/errors.ts';
import type { FactDefinition } from '../facts/contract.ts';
import type { Program } from '../program/types.ts';
import { programSecrets } from '../program/secrets.ts';
import type { LedgerEntry } from '../schedule/state/ledger.ts';
import type { Answer } from '../schedule/state/fact-store.ts';
import { encryptVault } from '../util/vault.ts';
import type { Json } from '../util/value.ts';
import { encode, SecretBox } from './encode.ts';
import { sealPlan, type Sealer } from './seal.ts';
import { sourcesOf } from './sources.ts';
import { PLAN_FORMAT, type Plan, type PlanFact, type PlanHost, type PlanRequest, type PlanTask, type PlanTurn } from './types.ts';

/** A host at the end of the dry run. */
export interface SeenHost {
  readonly name: string;
  readonly hostKey: string | undefined;
  readonly machineId: string;
  readonly answers: readonly Answer[];
}

/** Everything a plan is made of. */
export interface PlanMatter {
  readonly tsplay: string;
  readonly made: Date;
  readonly request: Omit<PlanRequest, 'extraVars'> & { readonly extraVars: readonly string[] };
  /** The bytes of the playbook. */
  readonly playbook: Uint8Array;
  readonly program: Program;
  readonly entries: readonly LedgerEntry[];
  readonly hosts: readonly SeenHost[];
  /** Secrets that came up while the tasks were looked at. */
  readonly secrets: readonly string[];
  readonly password: string | undefined;
}

/** Makes and seals a plan. @throws InputError when it would hold secrets, and there is no password to encrypt them with */
export function makePlan(matter: PlanMatter, sealer: Sealer): Plan {
  const box = new SecretBox([...programSecrets(matter.program), ...matter.secrets]);
  const tasks = tasksOf(inOrder(matter), box);
  const hosts = matter.hosts.map(host => planHost(host, box, sealer));
  const extraVars = matter.request.extraVars.map(text => encode(text, box));
  if (box.texts.length > 0 && matter.password === undefined) throw new InputError([secretsProblem(tasks, extraVars)]);
  const plan = {
    format: PLAN_FORMAT,
    tsplay: matter.tsplay,
    made: matter.made.toISOString(),
    request: { ...matter.request, extraVars },
    sources: sourcesOf(matter.program, matter.playbook, sealer),
    hosts,
    tasks,
    still: matter.entries.filter(isStill).length,
    ...(box.texts.length > 0 && { secrets: encryptVault(JSON.stringify(box.texts), matter.password ?? '') }),
  } as const;
  // What is kept is what will be read: through JSON and back, before it is sealed.
  return sealPlan(JSON.parse(JSON.stringify(plan)) as Omit<Plan, 'seal'>, sealer);
}

/** Hosts that were at work at the same time come in the order of the inventory: equal plans are equal texts. */
function inOrder({ entries, hosts }: PlanMatter): readonly LedgerEntry[] {
  const place = new Map(hosts.map((host, index) => [host.name, index]));
  const first = new Map([...new Set(entries.map(entry => entry.task.id))].map((id, index) => [id, index]));
  const rank = (entry: LedgerEntry): readonly number[] => [first.get(entry.task.id) ?? 0, entry.index ?? 0, place.get(entry.host) ?? 0];
  return entries.toSorted((a, b) => {
    const [left, right] = [rank(a), rank(b)];
    return (left[0] ?? 0) - (right[0] ?? 0) || (left[1] ?? 0) - (right[1] ?? 0) || (left[2] ?? 0) - (right[2] ?? 0);
  });
}

function isStill({ status, changes }: LedgerEntry): boolean {
  return changes.length === 0 && (status === 'ok' || status === 'skipped');
}

function tasksOf(entries: readonly LedgerEntry[], box: SecretBox): readonly PlanTask[] {
  const tasks = new Map<string, PlanTask & { readonly turns: PlanTurn[] }>();
  for (const entry of entries.filter(each => !isStill(each))) {
    const { id, name, module, role, at, handler } = entry.task;
    const task = tasks.get(id) ?? { id, name, module, ...(role !== undefined && { role }), ...(at && { at }), handler, turns: [] };
    tasks.set(id, task);
    task.turns.push(planTurn(entry, box));
  }
  return [...tasks.values()];
}

function planTurn(entry: LedgerEntry, box: SecretBox): PlanTurn {
  const text = (words: string): string => (box.betrays(words) ? '***' : words);
  return {
    host: entry.host,
    ...(entry.item !== undefined && { item: text(entry.item) }),
    ...(entry.index !== undefined && { index: entry.index }),
    // What is no change by the words of the task's author is made all the same.
    status: entry.status === 'ok' ? 'changed' : entry.status,
    ...(entry.params && { parameters: encode(entry.params, box) }),
    changes: entry.changes.map(({ attribute, from, to, diff }) => ({
      attribute: text(attribute),
      from: encode(from, box),
      to: encode(to, box),
      ...(diff !== undefined && { diff: text(diff) }),
    })),
    assumes: entry.assumes.map(text),
    unknown: entry.because.map(text),
    ...(entry.message !== undefined && { message: text(entry.message) }),
  };
}

function planHost({ name, hostKey, machineId, answers }: SeenHost, box: SecretBox, sealer: Sealer): PlanHost {
  return {
    name,
    ...(hostKey !== undefined && { hostKey }),
    machineId,
    facts: answers.map(answer => planFact(answer, box, sealer)),
  };
}

function planFact({ ref, reader, value }: Answer, box: SecretBox, sealer: Sealer): PlanFact {
  const steady = steadyPart(ref.definition, value);
  return {
    fact: ref.definition.name,
    args: encode(ref.args, box) as PlanFact['args'],
    ...(reader !== '' && { user: reader }),
    ...(ref.definition.isContent !== true && { value: encode(steady, box) }),
    digest: sealer.digest(steady),
  };
}

/** What of a value has to be the same when the plan is carried out. */
export function steadyPart(definition: Pick<FactDefinition<never, unknown>, 'steady'>, value: unknown): unknown {
  return definition.steady === undefined ? value : definition.steady(value);
}

function secretsProblem(tasks: readonly PlanTask[], extraVars: readonly Json[]): { readonly what: string; readonly advice: string } {
  const holds = (json: unknown): boolean => JSON.stringify(json).includes('"$secret":');
  const where = [
    ...tasks.filter(task => holds(task.turns)).map(task => `task ${task.id} "${task.name}"`),
    ...(holds(extraVars) ? ['-e'] : []),
  ];
  const named =
    where.length === 0 ? 'what it stands on' : where.slice(0, 3).join(', ') + (where.length > 3 ? ` and ${where.length - 3} more` : '');
  return {
    what: `the plan would hold secret values (${named})`,
    advice: 'give --vault-password-file FILE, and they are encrypted with that password',
  };
}
