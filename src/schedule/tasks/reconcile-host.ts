// A module on one host: read, ask, mend (or foretell), ask again.
import type { FactSet } from '../../facts/contract.ts';
import type { AnyParams, FactRequest, HostModule } from '../../modules/contract.ts';
import type { Enlist, Step } from '../../modules/steps.ts';
import type { TaskSlot } from '../../program/types.ts';
import type { ChangeRecord } from '../../report/events.ts';
import { Unknown } from '../../util/unknown.ts';
import { unknownsIn, type Value } from '../../util/value.ts';
import { carryOut, type Errand } from '../changing/carry-out.ts';
import { describeTask, type Engine } from '../state/engine.ts';
import { answersTo, questionsOf, refsOf, requestOf } from '../reading/have.ts';
import type { HostRun } from '../state/host-run.ts';
import type { Outcome } from '../state/outcome.ts';
import type { Deed } from '../changing/perform.ts';
import { ranView, type Printed } from '../changing/ran.ts';
import { readFacts, type Question } from '../reading/read-facts.ts';
import { isGuarded, waymarks } from '../changing/root-ways.ts';
import { Rounds } from '../changing/rounds.ts';
import { Overtaken, takeTurn, wasBusy } from '../changing/take-turn.ts';
import { TaskFailure } from '../state/task-failure.ts';
import { DependsOnUnknown, unguarded } from '../state/unknown-guard.ts';

type AnyHostModule = HostModule<AnyParams, FactRequest>;

/** Everything one module's work on one host is about. */
export interface HostWork {
  readonly engine: Engine;
  /** Where it is done. */
  readonly host: HostRun;
  /** The host it is for. */
  readonly owner: string;
  readonly slot: TaskSlot;
  readonly module: AnyHostModule;
  readonly params: AnyParams;
  /** Whom to become. */
  readonly user: string | undefined;
  /** Somebody will look at the result. */
  readonly wanted: boolean;
  /** Handlers that a change notifies, by id. */
  readonly notifies: readonly string[];
  /** Which item of a loop, from 0. */
  readonly index?: number | undefined;
  /** Takes in hosts that it brings. */
  readonly enlist: (steps: readonly Enlist[]) => void;
}

/**
 * Brings one host to what the parameters say, or foretells it.
 * @throws UnreachableError; what fails is an outcome
 */
export async function reconcileHost(work: HostWork): Promise<Outcome> {
  const { engine, host, module, params, user } = work;
  const changes: ChangeRecord[] = [];
  const outputs: Printed[] = [];
  const assumes = new Set<string>();
  const variables: Record<string, Value> = {};
  /** What its own changes leave open: how something will be, not whether. */
  const promised = new Set<string>();
  const request = requestOf(module, params);
  const errand: Errand = {
    engine,
    slot: work.slot,
    host,
    owner: work.owner,
    user,
    changed: record => changes.push(record),
    assume: text => assumes.add(text),
    outputs,
    notifies: work.notifies,
    index: work.index,
  };
  const end = (status: Outcome['status'], more: Partial<Outcome> = {}): Outcome => ({
    status,
    changes,
    assumes: [...assumes],
    because: [],
    result: null,
    variables,
    ...more,
  });
  try {
    const rounds = new Rounds(module, params);
    while (rounds.isAsked) {
      rounds.refuseWhenStopped(engine.stop);
      const seen = host.takeovers;
      await readFacts(engine, questionsOf(request, host, engine.hosts), user, () => waysFor(work));
      const steps = stepsOf(() => module.changes(params, answersTo(request, host, engine.hosts, user, assumes)), promised);
      if (steps.length === 0) break;
      // What was read while another run changed the host is no reason to refuse.
      const isHasty = steps.some(step => step.kind === 'unmet') && refsOf(request).length > 0 && wasBusy(engine, host, user);
      if (isHasty && !(await takeTurn(engine, host, user))) throw new Overtaken(host);
      rounds.take(steps);
      for (const step of steps) if (step.kind === 'assign') Object.assign(variables, step.variables);
      const deeds = steps.filter((step): step is Deed => step.kind === 'change' || step.kind === 'wait' || step.kind === 'trial');
      for (const deed of deeds) if (deed.kind !== 'trial') for (const reason of unknownsOf(deed.sets)) promised.add(reason);
      const own = refsOf(request).filter(ref => ref.host === undefined || ref.host === host.name);
      await carryOut({ ...errand, seen }, deeds, rounds.isAskedAgain ? own : []);
      work.enlist(steps.filter(step => step.kind === 'enlist'));
      if (steps.every(step => step.kind === 'assign' || step.kind === 'enlist' || step.kind === 'trial')) break;
    }
    return end(changes.length > 0 ? 'changed' : 'ok', await conclude(work, request, outputs, assumes));
  } catch (error) {
    if (error instanceof DependsOnUnknown)
      return end(changes.length > 0 ? 'changed' : 'unknown', {
        because: error.because,
        message: error.because.join('; '),
        result: new Unknown(error.because),
      });
    if (error instanceof Overtaken && changes.length === 0) return reconcileHost(work);
    if (error instanceof TaskFailure) {
      const { message, mayPass, attempted } = error;
      const result = resultOf(() => module.result?.(params, answersTo(request, host, engine.hosts, user, new Set()), ranView(outputs, '')));
      return end('failed', { message, ...(mayPass && { mayPass, ...(attempted && { attempted }) }), result });
    }
    throw error;
  }
}

/** What has to be known before root changes what the module may change. */
async function waysFor({ engine, host, slot, module, params, user }: HostWork): Promise<readonly Question[]> {
  const refs = waymarks(module, params, host);
  return refs.length > 0 && (await isGuarded(engine, slot, host, user)) ? refs.map(ref => ({ ref, host })) : [];
}

/** What a module answers. Asked again, it may look at what its own changes leave open: then it has nothing to add. */
function stepsOf(ask: () => readonly Step[], promised: ReadonlySet<string>): readonly Step[] {
  try {
    return ask();
  } catch (error) {
    if (error instanceof DependsOnUnknown && error.because.length > 0 && error.because.every(reason => promised.has(reason))) return [];
    throw error;
  }
}

function unknownsOf(sets: readonly FactSet[]): readonly string[] {
  return sets.flatMap(set => unknownsIn(unguarded(set.patch ?? set.value)));
}

/** What a module that has failed can say of its result all the same. */
function resultOf(ask: () => Value | undefined): Value {
  try {
    return ask() ?? null;
  } catch {
    return null;
  }
}

/** The result and the words of a module, from facts as they are after its changes. */
async function conclude(
  work: HostWork,
  request: FactRequest,
  outputs: readonly Printed[],
  assumes: Set<string>,
): Promise<Partial<Outcome>> {
  const { engine, host, module, params, user } = work;
  const says = module.says;
  if (says === undefined && !(work.wanted && module.result)) return {};
  await readFacts(engine, questionsOf(request, host, engine.hosts), user);
  const have = answersTo(request, host, engine.hosts, user, assumes);
  const ran = ranView(outputs, describeTask(work.slot));
  const message = unlessUnknown(() => says?.(params, have, ran));
  const result = work.wanted && module.result ? unlessUnknown(() => module.result?.(params, have, ran) ?? null) : null;
  return { ...(typeof message === 'string' && { message }), result: result ?? null };
}

function unlessUnknown<T>(look: () => T): T | Unknown {
  try {
    return look();
  } catch (error) {
    if (error instanceof DependsOnUnknown) return new Unknown(error.because);
    throw error;
  }
}
