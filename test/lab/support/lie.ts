// A lie, planted: a unit that was written is promised to start with the host, and nobody has enabled it.
import type { AnyModule, AnyParams, FactRequest, HostModule } from '../../../src/modules/contract.ts';
import type { Change, Step } from '../../../src/modules/steps.ts';

/** Swaps `systemd.unit` for one whose `sets` say what is not so. */
export function plantLie(modules: ReadonlyMap<string, AnyModule>): ReadonlyMap<string, AnyModule> {
  const honest = modules.get('systemd.unit');
  if (honest?.kind !== 'host') throw new Error('the Program has no task of systemd.unit to lie with');
  const lying: HostModule<AnyParams, FactRequest> = { ...honest, changes: (params, have) => honest.changes(params, have).map(lie) };
  return new Map([...modules, ['systemd.unit', lying]]);
}

function lie(step: Step): Step {
  return step.kind === 'change' ? { ...step, sets: step.sets.map(embellished) } : step;
}

function embellished(set: Change['sets'][number]): Change['sets'][number] {
  if (set.ref.definition.name !== 'systemd.unit' || set.patch === undefined) return set;
  return { ...set, patch: { ...(set.patch as object), enabled: 'enabled' } };
}
