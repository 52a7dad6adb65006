// A module on a cluster: every member is asked in one frame each, the answers are judged once, the steps go out in waves.
import { UnreachableError } from '../errors/errors.ts';
import type { Absent, AnyParams, ClusterModule, FactRequest, Have, HaveAll } from '../modules/contract.ts';
import type { Step } from '../modules/steps.ts';
import type { TaskSlot } from '../program/types.ts';
import type { ChangeRecord } from '../report/events.ts';
import { Unknown } from '../util/unknown.ts';
import type { Value } from '../util/value.ts';
import { carryOut } from './carry-out.ts';
import { describeTask, isCheck, type Engine } from './engine.ts';
import { answersTo, questionsOf, refsOf } from './have.ts';
import type { HostRun } from './host-run.ts';
import type { Deed, Output } from './perform.ts';
import { ranView } from './ran.ts';
import { readFacts } from './read-facts.ts';
import { Rounds } from './rounds.ts';
import { TaskFailure } from './task-failure.ts';
import { DependsOnUnknown } from './unknown-guard.ts';

/** Everything one module's work on one cluster is about. */
export interface ClusterWork {
  readonly engine: Engine;
  readonly hosts: readonly HostRun[];
  readonly slot: TaskSlot;
  readonly module: ClusterModule<AnyParams, FactRequest>;
  readonly params: AnyParams;
  readonly user: string | undefined;
}

/** What came of it. */
export interface ClusterOutcome {
  readonly status: 'done' | 'failed' | 'unknown';
  readonly changes: ReadonlyMap<string, readonly ChangeRecord[]>;
  readonly assumes: readonly string[];
  readonly message?: string;
  /** The member that failed, when one can be named. */
  readonly failedOn?: string;
  readonly because: readonly string[];
  readonly result: Value;
}

/** Brings a cluster to what the parameters say, or foretells it. Members that cannot be reached are values to decide on. */
export async function reconcileCluster(work: ClusterWork): Promise<ClusterOutcome> {
  const { engine, module, params, hosts } = work;
  const members = module.members(
    params,
    hosts.map(host => host.name),
  );
  const changes = new Map<string, ChangeRecord[]>();
  const outputs: Output[] = [];
  const assumes = new Set<string>();
  const end = (status: ClusterOutcome['status'], more: Partial<ClusterOutcome> = {}): ClusterOutcome => ({
    status,
    changes,
    assumes: [...assumes],
    because: [],
    result: null,
    ...more,
  });
  let tried = false;
  try {
    const rounds = new Rounds(module, params);
    while (rounds.isAsked) {
      rounds.refuseWhenStopped(engine.stop);
      const steps = module.changes(params, await ask(work, members, assumes));
      if (steps.length === 0) break;
      rounds.take(steps);
      tried ||= steps.some(step => step.kind === 'change');
      for (const wave of wavesOf(steps)) await sendWave(work, wave, members, changes, outputs);
      if (steps.every(step => step.kind === 'trial')) break;
    }
    const ran = ranView(outputs, isCheck(engine) && tried ? describeTask(work.slot) : undefined);
    const have = await ask(work, members, assumes);
    const message = module.says?.(params, have, ran);
    return end('done', { ...(message !== undefined && { message }), result: module.result?.(params, have, ran) ?? null });
  } catch (error) {
    if (error instanceof DependsOnUnknown)
      return end(changes.size > 0 ? 'done' : 'unknown', {
        because: error.because,
        message: error.because.join('; '),
        result: new Unknown(error.because),
      });
    if (error instanceof TaskFailure)
      return end('failed', { message: error.message, ...(error.host !== undefined && { failedOn: error.host }) });
    if (error instanceof UnreachableError) return end('failed', { message: error.message, failedOn: error.host });
    throw error;
  }
}

async function ask(work: ClusterWork, members: readonly string[], assumes: Set<string>): Promise<HaveAll<FactRequest>> {
  const answers = await Promise.all(members.map(async name => [name, await askMember(work, name, assumes)] as const));
  return new Map(answers);
}

async function askMember(work: ClusterWork, name: string, assumes: Set<string>): Promise<Have<FactRequest> | Absent> {
  const { engine, module, params, user } = work;
  const host = engine.hosts.get(name);
  if (host === undefined) throw new TaskFailure(`${name} is a member, but the inventory has no such host`);
  if (host.standing === 'lost') return { unreachable: host.lostBecause };
  const request = module.facts(params, name);
  try {
    await readFacts(engine, questionsOf(request, host, engine.hosts), user);
  } catch (error) {
    if (error instanceof UnreachableError) return { unreachable: error.message };
    throw error instanceof TaskFailure ? new TaskFailure(error.message, name) : error;
  }
  return answersTo(request, host, engine.hosts, user, assumes);
}

/** Consecutive deeds of one kind go out together; the next kind waits for them. */
function wavesOf(steps: readonly Step[]): readonly (readonly Deed[])[] {
  const waves: Deed[][] = [];
  for (const step of steps) {
    if (step.kind === 'unmet' || step.kind === 'assign') continue;
    const wave = waves.at(-1);
    if (wave !== undefined && wave[0]?.kind === step.kind) wave.push(step);
    else waves.push([step]);
  }
  return waves;
}

async function sendWave(
  work: ClusterWork,
  wave: readonly Deed[],
  members: readonly string[],
  changes: Map<string, ChangeRecord[]>,
  outputs: Output[],
): Promise<void> {
  const byHost = new Map<HostRun, Deed[]>();
  for (const deed of wave) {
    const host = work.engine.hosts.get(deed.on ?? members[0] ?? '');
    if (host === undefined) throw new TaskFailure(`a step names ${deed.on ?? 'no member'}, which the inventory does not have`);
    if (deed.kind === 'change' && !work.hosts.includes(host)) {
      throw new TaskFailure(
        `${host.name} needs a change too (${deed.attribute}), but it is not among the hosts of this run; run without --limit`,
        host.name,
      );
    }
    byHost.set(host, [...(byHost.get(host) ?? []), deed]);
  }
  const outcomes = await Promise.allSettled(
    [...byHost].map(([host, deeds]) => {
      const changed = (record: ChangeRecord): void => void changes.set(host.name, [...(changes.get(host.name) ?? []), record]);
      return carryOut({ engine: work.engine, slot: work.slot, host, user: work.user, changed, outputs }, deeds, []);
    }),
  );
  forget(work, members);
  const failed = outcomes.find(outcome => outcome.status === 'rejected');
  if (failed) throw failed.reason;
}

/** One member's change shows on the others too: in a run every member is asked anew. */
function forget(work: ClusterWork, members: readonly string[]): void {
  if (isCheck(work.engine)) return;
  for (const name of members) {
    const host = work.engine.hosts.get(name);
    host?.facts.disturb([], new Set(refsOf(work.module.facts(work.params, name)).map(ref => ref.key)));
  }
}
