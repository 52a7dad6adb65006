// What keeps a cluster from being whole: brokers that are not registered, partitions out of sync or without a leader, no controller.
import { listed } from '../../../src/index.ts';
import type { Partition, Quorum, Topics } from '../facts/types.ts';
import type { Member } from './members.ts';

/** What the cluster says of itself. */
export interface Whole {
  readonly quorum: Quorum;
  readonly topics: Topics;
}

/** A partition under its own name, `LvsKafka-5`, and the brokers it should have in sync and does not. */
export interface NamedPartition extends Partition {
  readonly name: string;
  readonly missing: readonly number[];
}

/** Everything that is wrong; all lists empty and a controller there: the cluster is whole. */
export interface Trouble {
  readonly unregistered: readonly Member[];
  readonly leaderless: readonly NamedPartition[];
  /** Partitions with a leader, but not all copies. */
  readonly behind: readonly NamedPartition[];
  readonly hasController: boolean;
}

export function troubleOf({ quorum, topics }: Whole, members: readonly Member[]): Trouble {
  const partitions = partitionsOf(topics);
  return {
    unregistered: members.filter(({ id }) => !quorum.brokers.includes(id)),
    leaderless: partitions.filter(({ leader }) => leader === null),
    behind: partitions.filter(({ leader, missing }) => leader !== null && missing.length > 0),
    hasController: quorum.controller !== null,
  };
}

export function isWhole({ unregistered, leaderless, behind, hasController }: Trouble): boolean {
  return unregistered.length === 0 && leaderless.length === 0 && behind.length === 0 && hasController;
}

/** All partitions, those of `topic` only when one is given, in the order of their names. */
export function partitionsOf({ topics }: Topics, topic?: string): readonly NamedPartition[] {
  return Object.entries(topics)
    .filter(([name]) => topic === undefined || name === topic)
    .flatMap(([name, { partitions }]) =>
      partitions.map(partition => ({
        ...partition,
        name: `${name}-${partition.id}`,
        missing: partition.replicas.filter(id => !partition.isr.includes(id)),
      })),
    );
}

/** What has to come about, to be read after "waiting for": `partition LvsKafka-5 to be in sync again (broker 2 is missing)`. */
export function hopeOf({ unregistered, leaderless, behind, hasController }: Trouble): string {
  const parts = [
    ...(unregistered.length > 0 ? [`${listed(unregistered.map(({ id, name }) => `broker ${id} (${name})`))} to register`] : []),
    ...(leaderless.length > 0 ? [`${nameSome('partition', leaderless)} to have a leader`] : []),
    ...(behind.length > 0 ? [`${nameSome('partition', behind)} to be in sync again (${missingFrom(behind)})`] : []),
    ...(hasController ? [] : ['a controller']),
  ];
  return listed(parts);
}

/** `partition LvsKafka-5`; `partitions a-1, a-2 and 14 more`. */
export function nameSome(noun: string, things: readonly { readonly name: string }[]): string {
  const names = things.map(({ name }) => name);
  const few = names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} more`] : names;
  return `${noun}${names.length > 1 ? 's' : ''} ${listed(few)}`;
}

function missingFrom(partitions: readonly NamedPartition[]): string {
  const ids = [...new Set(partitions.flatMap(({ missing }) => missing))].sort((a, b) => a - b);
  return `broker${ids.length > 1 ? 's' : ''} ${listed(ids.map(String))} ${ids.length > 1 ? 'are' : 'is'} missing`;
}
