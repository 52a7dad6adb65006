// What a plan was compiled from, as digests: whether the same words still mean the same, and which of them do not.
import { createHash } from 'node:crypto';
import type { Program } from '../program/types.ts';
import type { Sealer } from './seal.ts';
import type { Plan, PlanSources } from './types.ts';

/** Digests of the sources of a Program. */
export function sourcesOf(program: Program, playbook: Uint8Array, sealer: Sealer): PlanSources {
  const { hosts, groups } = program;
  return {
    playbook: sealer.digest(createHash('sha256').update(playbook).digest('hex')),
    inventory: sealer.digest({ hosts, groups }),
    program: sealer.digest(program),
  };
}

/** What has changed since the plan was made, in words; empty when nothing has. */
export function changedSources(plan: Plan, now: PlanSources): readonly string[] {
  const { sources, request } = plan;
  const changed = [
    ...(sources.playbook === now.playbook ? [] : [`${request.playbook} is not what it was`]),
    ...(sources.inventory === now.inventory
      ? []
      : [`the inventory${request.inventory === undefined ? '' : ` ${[request.inventory].flat().join(' and ')}`} is not what it was`]),
  ];
  if (changed.length > 0 || sources.program === now.program) return changed;
  return ['a role, template, file or variable that the playbook uses is not what it was'];
}
