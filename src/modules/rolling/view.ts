// What the members answered, put in order for the primitive: their state, and whether what runs is what would be started now.
import { fileDigest } from '../../facts/file/digest.ts';
import { fileNode } from '../../facts/file/node.ts';
import { fileText } from '../../facts/file/text.ts';
import { unitMotion } from '../../facts/systemd/motion.ts';
import { startedWith, startRecord } from '../../facts/systemd/started-with.ts';
import type { StartedWith } from '../../facts/systemd/started-with.ts';
import { unitState } from '../../facts/systemd/unit.ts';
import { isAbsent } from '../contract.ts';
import type { ClusterView, FactRequest, Have, HaveAll } from '../contract.ts';
import type { AnyCluster, AnyMember, MemberState } from './contract.ts';
import { differenceOfStarts } from './difference.ts';
import type { RollingParams } from './params.ts';

/** Where a roll that has something to put back leaves its mark, on the first member. */
export function markOf(unit: string): string {
  return `/var/lib/tsplay/rolls/${unit}`;
}

/** The facts the primitive itself reads of each member. */
export function rollFacts(p: RollingParams, isMarked: boolean) {
  return {
    unit: unitState({ unit: p.unit }),
    motion: unitMotion({ unit: p.unit }),
    started: startedWith({ record: startRecord(p.unit) }),
    digests: p.files.map(path => fileDigest({ path })),
    targets: p.links.map(path => fileNode({ path })),
    mark: isMarked ? fileText({ path: markOf(p.unit) }) : undefined,
  };
}

export type RollFacts = ReturnType<typeof rollFacts>;

/** The cluster as the role's functions see it. */
export function viewCluster(
  p: RollingParams,
  have: HaveAll<RollFacts>,
  { whole, speaker }: Pick<ClusterView<FactRequest>, 'whole' | 'speaker'>,
): AnyCluster {
  const present = p.members.flatMap(({ name }): readonly AnyMember[] => {
    const answer = have.get(name);
    return answer === undefined || isAbsent(answer) ? [] : [viewMember(p, name, answer)];
  });
  const away = p.members.map(member => member.name).filter(name => !present.some(member => member.name === name));
  return { present, away, whole, speaker };
}

/** What a member's unit would be started with now. */
export function startNow(p: RollingParams, { digests, targets }: Pick<Have<RollFacts>, 'digests' | 'targets'>): StartedWith {
  const files = p.files.map((path, index) => [path, digests[index] ?? ''] as const);
  return {
    files: Object.fromEntries(files.filter(([, digest]) => digest !== '')),
    links: Object.fromEntries(p.links.map((path, index) => [path, targets[index]?.target ?? ''])),
  };
}

/** Whether a roll was begun that has something to put back, by this run or by one that was killed. */
export function isBegun(p: RollingParams, have: HaveAll<RollFacts>): boolean {
  const first = have.get(p.members[0]?.name ?? '');
  return first !== undefined && !isAbsent(first) && first.mark !== undefined && first.mark !== '';
}

function viewMember(p: RollingParams, name: string, answer: Have<RollFacts>): AnyMember {
  const difference = differenceOfStarts(answer.started, startNow(p, answer));
  return {
    name,
    state: stateOf(answer),
    unit: answer.unit,
    have: answer,
    due: difference.from === difference.to ? undefined : difference,
  };
}

function stateOf({ unit, motion, started }: Have<RollFacts>): MemberState {
  if (motion === 'starting' || motion === 'stopping') return 'moving';
  if (motion === 'retrying' || unit.active === 'failed') return 'failed';
  if (unit.active === 'active') return 'running';
  return Object.keys({ ...started.files, ...started.links }).length > 0 ? 'stopped' : 'new';
}
