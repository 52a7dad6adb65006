// Holds what was foretold against what the oracle saw on the hosts: each must explain the other.
import type { Program } from '../../../src/program/types.ts';
import { slotsOf } from '../../../src/program/walk.ts';
import type { TaskResult } from '../../../src/report/events.ts';
import { describe, differencesOf, type Difference } from './differences.ts';
import { isNoise, livingPaths, marksOf, slotsOn } from './explain.ts';
import type { StandingLab } from './lab-inventory.ts';
import { accountsFor, paramOf, type Mark } from './marks.ts';
import { brokenPromises } from './package-marks.ts';
import { lookAt, type Snapshot } from './oracle.ts';

/** Every host at one moment. */
export type Looks = ReadonlyMap<string, Snapshot>;

/** Every host at this moment, with the kernel parameters that its tasks name. */
export async function lookAtAll({ state, program }: Pick<StandingLab, 'state' | 'program'>): Promise<Looks> {
  const sysctls = (host: string): readonly string[] =>
    slotsOn(program, host)
      .filter(slot => slot.ref.module === 'sysctl')
      .map(slot => paramOf(slot, host, 'name'));
  return new Map(await Promise.all(state.hosts.map(async host => [host.name, await lookAt(state, host, sysctls(host.name))] as const)));
}

/** What differs on a host between two moments in words, without what changes by itself. */
export function realDifferences(before: Snapshot, after: Snapshot, isLiving: (path: string) => boolean = () => false): readonly string[] {
  return differencesOf(before, after)
    .filter(difference => !isNoise(difference) && !(difference.kind === 'path' && isLiving(difference.name)))
    .map(describe);
}

/** What a look must not have changed: the differences of every host that its services do not make themselves. */
export function leftBehind(programs: readonly Program[], before: Looks, after: Looks): readonly string[] {
  return [...before].flatMap(([host, was]) =>
    realDifferences(was, lookOf(after, host), livingPaths(programs, host)).map(text => `${host}: ${text}`),
  );
}

/**
 * What does not fit, in words: things that differ and that nothing foretold, and what was foretold and left nothing to be seen.
 * Empty when each explains the other.
 * @param programs the one that ran, and those that ran before it, whose services go on
 */
export function misfitsOf(
  programs: readonly [Program, ...Program[]],
  before: Looks,
  after: Looks,
  foretold: readonly TaskResult[],
): readonly string[] {
  const differences = [...before].flatMap(([host, was]) =>
    differencesOf(was, lookOf(after, host)).map(difference => ({ host, difference })),
  );
  const all = lastOfEach(foretold.flatMap(result => marksLeftBy(programs[0], result)));
  const isBrought = (placed: Placed): boolean => all.some(other => other.mark.brought === true && isSameThing(other, placed));
  const marks = all.filter(placed => placed.mark.brought !== true || !all.some(other => !other.mark.brought && isSameThing(other, placed)));
  const fits = ({ host, mark }: Placed, seen: { readonly host: string; readonly difference: Difference }): boolean =>
    (mark.anywhere === true || host === seen.host) && accountsFor(mark, seen.difference, lookOf(after, seen.host));
  const living = new Map([...before.keys()].map(host => [host, livingPaths(programs, host)]));
  const unexplained = differences.filter(seen => {
    const { kind, name } = seen.difference;
    if (isNoise(seen.difference) || (kind === 'path' && living.get(seen.host)?.(name) === true)) return false;
    return !marks.some(placed => fits(placed, seen));
  });
  // What a package brings and a later task takes away again has never been there, as far as can be seen.
  const isAsBefore = ({ host, mark }: Placed): boolean =>
    !differences.some(seen => seen.host === host && seen.difference.kind === mark.kind && mark.names.test(seen.difference.name));
  const traceless = marks.filter(
    placed =>
      differences.filter(seen => fits(placed, seen)).length < (placed.mark.least ?? 0) && !(isBrought(placed) && isAsBefore(placed)),
  );
  return [
    ...unexplained.map(({ host, difference }) => `${host}: nothing foretold that ${describe(difference)}`),
    ...traceless.map(({ by, mark }) => `${by}: foretold, and not to be seen: ${mark.least ?? 0} of ${mark.kind} ${mark.names.source}`),
  ];
}

/** What a run's foretold changes rest on, or promise, and is not so afterwards. */
export function missedAssumptions(after: Looks, foretold: readonly TaskResult[]): readonly string[] {
  return foretold.flatMap(({ host, assumes, task, changes }) => {
    const come = changes.filter(({ to }) => task.module === 'package' && to !== 'absent').map(({ attribute }) => attribute);
    return [
      ...assumes.filter(text => !cameTrue(lookOf(after, host), text)),
      ...come.flatMap(attribute => brokenPromises(attribute.replace(/^package /, ''), lookOf(after, host))),
    ].map(text => `${host}: ${text}`);
  });
}

interface Placed {
  readonly host: string;
  readonly mark: Mark;
  readonly by: string;
  readonly attribute: string;
}

function isSameThing(a: Placed, b: Placed): boolean {
  return a.host === b.host && a.mark.kind === b.mark.kind && a.mark.names.source === b.mark.names.source;
}

/** What is changed twice shows the second time only. */
function lastOfEach(marks: readonly Placed[]): readonly Placed[] {
  return [
    ...new Map(
      marks.map(placed => [[placed.host, placed.attribute, placed.mark.kind, placed.mark.names.source].join(' '), placed]),
    ).values(),
  ];
}

function marksLeftBy(program: Program, { task, host, changes }: TaskResult): readonly Placed[] {
  const slot = slotsOf(program).find(({ ref }) => ref.id === task.id);
  if (slot === undefined) throw new Error(`the Program has no task ${task.id} "${task.name}"`);
  return changes.flatMap(change =>
    marksOf(program, slot, host, change).map(mark => ({
      host,
      mark,
      by: `${host} | ${task.name} | ${change.attribute}`,
      attribute: change.attribute,
    })),
  );
}

/** Whether the host's own tools say so, too. What they cannot say is left to `--prove`. */
function cameTrue(look: Snapshot, assumption: string): boolean {
  const [, kind = '', name = ''] = /^package "[^"]+" brings (unit |user |group |package |)(\S+)$/.exec(assumption) ?? [];
  const has = (text: string, end: string): boolean => text.split('\n').some(line => line.startsWith(`${name}${end}`));
  switch (kind.trim()) {
    case 'unit':
      return has(look.enabled, ' ');
    case 'user':
    case 'group':
      return has(look.accounts, ':');
    case 'package':
      return has(look.packages, '\t') || has(look.packages, ':');
    default:
      return !name.startsWith('/') || look.owned.has(name) || look.paths.has(name);
  }
}

function lookOf(looks: Looks, host: string): Snapshot {
  const look = looks.get(host);
  if (look === undefined) throw new Error(`nobody looked at ${host}`);
  return look;
}
