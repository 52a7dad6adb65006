// What a task might touch whose turn is not known to come, or whose parameters are not all known: a dry run knows less from there on.
import { UnreachableError } from '../errors/errors.ts';
import { resource, type Resource } from '../facts/resource.ts';
import type { AnyModule, AnyParams, FactRequest, HostModule } from '../modules/contract.ts';
import type { TaskSpec } from '../program/types.ts';
import type { Engine } from './engine.ts';
import { answersTo, questionsOf, refsOf } from './have.ts';
import type { HostRun } from './host-run.ts';
import { evaluateParameters, withDefaults } from './parameters.ts';
import { readFacts } from './read-facts.ts';
import type { TaskSurroundings } from './scopes.ts';
import { guardUnknown } from './unknown-guard.ts';

/** The task on one host. */
export interface Doubtful {
  readonly engine: Engine;
  readonly host: HostRun;
  readonly spec: TaskSpec;
  readonly around: TaskSurroundings;
  readonly user: string | undefined;
}

/** With all parameters known: what its changes would touch. Empty: whether its turn comes or not, there is nothing to do. */
export async function mightTouch(
  { engine, host, user }: Doubtful,
  module: HostModule<AnyParams, FactRequest>,
  params: AnyParams,
): Promise<readonly Resource[]> {
  try {
    const request = module.facts(params);
    await readFacts(engine, questionsOf(request, host, engine.hosts), user);
    const steps = module.changes(params, answersTo(request, host, engine.hosts, user, new Set()));
    if (steps.length === 0) return [];
    if (steps.some(step => step.kind === 'unmet')) return usuallyTouched(module, params, host.name);
    const touched = steps.flatMap(step => {
      if (step.kind !== 'change' && step.kind !== 'wait') return [];
      const read = step.sets.flatMap(set => set.ref.definition.reads(set.ref.args as never));
      return [...read, ...(step.touches ?? []), ...(step.kind === 'change' ? (step.empties ?? []) : [])];
    });
    return [...usuallyTouched(module, params, host.name), ...touched];
  } catch (error) {
    if (error instanceof UnreachableError) throw error;
    return usuallyTouched(module, params, host.name);
  }
}

/** With some parameters unknown: what the others tell, such as the path of a file whose content is unknown; else anything. */
export async function mightTouchPartly({ engine, host, spec, around, user }: Doubtful, module: AnyModule): Promise<readonly Resource[]> {
  try {
    const values = await evaluateParameters(engine, host, spec, around, user);
    return usuallyTouched(module, guardUnknown(withDefaults(module, values)), host.name);
  } catch (error) {
    if (error instanceof UnreachableError) throw error;
    return [resource.anything];
  }
}

/** What the module says it disturbs, else what its facts read. */
export function usuallyTouched(module: AnyModule, params: AnyParams, host: string): readonly Resource[] {
  const refs = (): FactRequest => (module.kind === 'host' ? module.facts(params) : module.facts(params, host));
  return module.disturbs?.(params) ?? refsOf(refs()).flatMap(ref => ref.definition.reads(ref.args as never));
}
