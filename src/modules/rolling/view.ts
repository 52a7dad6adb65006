// What the members answered, put in order for the primitive: their state, and whether what runs is what would be started now.
import { fileDigest } from '../../facts/file/digest.ts';
import { fileNode } from '../../facts/file/node.ts';
import { fileText } from '../../facts/file/text.ts';
import { unitMotion } from '../../facts/systemd/motion.ts';
import { startedWith, startRecord } from '../../facts/systemd/started-with.ts';
import type { StartedWith } from '../../facts/systemd/started-with.ts';
import { unitState } from '../../facts/systemd/unit.ts';
import { isAbsent } from '../contract.ts';
import type { Absent, ClusterView, FactRequest, Have, HaveAll } from '../contract.ts';
import type { AnyCluster, AnyMember, MemberState } from './contract.ts';
import { differenceOfStarts } from './difference.ts';
import { memberOf } from './params.ts';
import type { RollingParams } from './params.ts';

/** Where a roll that has something to put back leaves its mark, on the first member. */
export function markOf(unit: string): string {
  return `/var/lib/tsplay/rolls/${unit}`;
}

/** The facts the primitive itself reads of each member. */
export function rollFacts(p: RollingParams, name: string, isMarked: boolean) {
  const { unit, files } = memberOf(p, name);
  return {
    unit: unitState({ unit }),
    motion: unitMotion({ unit }),
    started: startedWith({ record: startRecord(unit) }),
    digests: files.map(path => fileDigest({ path })),
    targets: p.links.map(path => fileNode({ path })),
    mark: isMarked ? fileText({ path: markOf(p.unit) }) : undefined,
  };
}

export type RollFacts = ReturnType<typeof rollFacts>;

/** The questions to all members on a host as one. */
export function joinFacts(p: RollingParams, host: string, factsOf: (name: string) => FactRequest): FactRequest {
  return Object.fromEntries(
    membersOn(p, host).flatMap(name => Object.entries(factsOf(name)).map(([key, refs]) => [`${name} ${key}`, refs] as const)),
  );
}

/** What was answered for each member: looked at only where somebody looks. */
export function partAnswers(p: RollingParams, joined: HaveAll<FactRequest>): HaveAll<RollFacts> {
  return new Map(
    p.members.flatMap(({ name }): readonly (readonly [string, Have<RollFacts> | Absent])[] => {
      const answer = joined.get(memberOf(p, name).host);
      if (answer === undefined) return [];
      return [[name, isAbsent(answer) ? answer : partOf(answer, name)]];
    }),
  );
}

function partOf(joined: Have<FactRequest>, name: string): Have<RollFacts> {
  const part = {};
  for (const key of Object.keys(joined)) {
    if (!key.startsWith(`${name} `)) continue;
    Object.defineProperty(part, key.slice(name.length + 1), { enumerable: true, get: () => joined[key] as unknown });
  }
  return part as Have<RollFacts>;
}

function membersOn(p: RollingParams, host: string): readonly string[] {
  return p.members.map(({ name }) => name).filter(name => memberOf(p, name).host === host);
}

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
  return { present, away, whole, speaker, remembered: markIn(p, have) };
}

/** What a member's unit would be started with now. */
export function startNow(p: RollingParams, name: string, { digests, targets }: Pick<Have<RollFacts>, 'digests' | 'targets'>): StartedWith {
  const files = memberOf(p, name).files.map((path, index) => [path, digests[index] ?? ''] as const);
  return {
    files: Object.fromEntries(files.filter(([, digest]) => digest !== '')),
    links: Object.fromEntries(p.links.map((path, index) => [path, targets[index]?.target ?? ''])),
  };
}

/** Whether a roll was begun that has something to put back, by this run or by one that was killed. */
export function isBegun(p: RollingParams, have: HaveAll<RollFacts>): boolean {
  return markIn(p, have) !== undefined;
}

function markIn(p: RollingParams, have: HaveAll<RollFacts>): string | undefined {
  const first = have.get(p.members[0]?.name ?? '');
  return first === undefined || isAbsent(first) || first.mark === undefined || first.mark === '' ? undefined : first.mark.trim();
}

function viewMember(p: RollingParams, name: string, answer: Have<RollFacts>): AnyMember {
  const difference = differenceOfStarts(answer.started, startNow(p, name, answer));
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
