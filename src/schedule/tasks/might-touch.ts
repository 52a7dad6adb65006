// What a task might touch whose turn is not known to come, or whose parameters are not all known: a dry run knows less from there on.
import { UnreachableError } from '../../errors/errors.ts';
import { resource, type Resource } from '../../facts/resource.ts';
import type { AnyModule, AnyParams, FactRequest, HostModule } from '../../modules/contract.ts';
import type { Step } from '../../modules/steps.ts';
import type { TaskSpec } from '../../program/types.ts';
import type { Engine } from '../state/engine.ts';
import { answersTo, questionsOf, refsOf } from '../reading/have.ts';
import type { HostRun } from '../state/host-run.ts';
import { evaluateParameters, withDefaults } from '../values/parameters.ts';
import { readFacts } from '../reading/read-facts.ts';
import type { TaskSurroundings } from '../values/scopes.ts';
import { guardUnknown } from '../state/unknown-guard.ts';

/** The task on one host. */
export interface Doubtful {
  readonly engine: Engine;
  readonly host: HostRun;
  readonly spec: TaskSpec;
  readonly around: TaskSurroundings;
  readonly user: string | undefined;
}

/** What may come of it. */
export interface Prospect {
  /** Whether its turn comes or not, there is nothing to do. */
  readonly isIdle: boolean;
  readonly touches: readonly Resource[];
  /** Names of variables that it may assign. */
  readonly assigns: readonly string[];
}

/** With all parameters known: what its changes would touch. */
export async function mightTouch(
  { engine, host, user }: Doubtful,
  module: HostModule<AnyParams, FactRequest>,
  params: AnyParams,
): Promise<Prospect> {
  const usual: Prospect = { isIdle: false, touches: usuallyTouched(module, params, host.name), assigns: [] };
  try {
    const request = module.facts(params);
    await readFacts(engine, questionsOf(request, host, engine.hosts), user);
    const steps = module.changes(params, answersTo(request, host, engine.hosts, user, new Set()));
    if (steps.length === 0) return { isIdle: true, touches: [], assigns: [] };
    const assigns = assignedBy(steps);
    if (steps.some(step => step.kind === 'unmet')) return { ...usual, assigns };
    const touched = steps.flatMap(step => {
      if (step.kind !== 'change' && step.kind !== 'wait') return [];
      const read = step.sets.flatMap(set => set.ref.reads());
      return [...read, ...(step.touches ?? []), ...(step.kind === 'change' ? (step.empties ?? []) : [])];
    });
    return { isIdle: false, touches: [...usual.touches, ...touched], assigns };
  } catch (error) {
    if (error instanceof UnreachableError) throw error;
    return usual;
  }
}

/** With some parameters unknown: what the others tell, such as the path of a file whose content is unknown; else anything. */
export async function mightTouchPartly({ engine, host, spec, around, user }: Doubtful, module: AnyModule): Promise<Prospect> {
  try {
    const values = withDefaults(module, await evaluateParameters(engine, host, spec, module, around, user));
    return { isIdle: false, touches: usuallyTouched(module, guardUnknown(values), host.name), assigns: partlyAssigned(module, values) };
  } catch (error) {
    if (error instanceof UnreachableError) throw error;
    return { isIdle: false, touches: [resource.anything], assigns: [] };
  }
}

/** What is assigned by a module that needs to know nothing of its host for that. */
function partlyAssigned(module: AnyModule, params: AnyParams): readonly string[] {
  if (module.kind !== 'host' || refsOf(module.facts(guardUnknown(params))).length > 0) return [];
  try {
    return assignedBy(module.changes(params, {}));
  } catch {
    return [];
  }
}

function assignedBy(steps: readonly Step[]): readonly string[] {
  return steps.flatMap(step => (step.kind === 'assign' ? Object.keys(step.variables) : []));
}

/** What the module says it disturbs, else what its facts read. */
export function usuallyTouched(module: AnyModule, params: AnyParams, host: string): readonly Resource[] {
  const refs = (): FactRequest => (module.kind === 'host' ? module.facts(params) : module.facts(params, host));
  return module.disturbs?.(params) ?? refsOf(refs()).flatMap(ref => ref.reads());
}
