// The types that the parts of kafka.brokers share: its parameters, and what it asks of each broker and of the whole.
import { kafkaMeta } from '../facts/meta.ts';
import { kafkaQuorum } from '../facts/quorum.ts';
import { kafkaTopics } from '../facts/topics.ts';
import { portListening } from '../../../src/index.ts';
import type { RollCluster, RollMember } from '../../../src/index.ts';
import type { Ask, Member } from './members.ts';

/** What the parts of the module need of its parameters. */
export interface BrokersParams {
  readonly members: readonly Member[];
  readonly unit: string;
  readonly deadline: number;
  readonly ask: Ask;
  readonly dirs: readonly string[];
  readonly force: boolean;
}

/** What is asked of each broker: cheap, in every run. Brokers may listen on different ports; each is asked about all of them. */
export function brokerFacts({ members, dirs }: Pick<BrokersParams, 'members' | 'dirs'>) {
  return { ports: portsOf(members).map(port => portListening({ port })), meta: kafkaMeta({ dirs }) };
}

/** What one broker is asked for all, when a restart is due. */
export function wholeFacts({ ask }: Pick<BrokersParams, 'ask'>) {
  return { quorum: kafkaQuorum(ask), topics: kafkaTopics(ask) };
}

export type BrokerFacts = ReturnType<typeof brokerFacts>;
export type WholeFacts = ReturnType<typeof wholeFacts>;
/** The cluster as the primitive hands it on. */
export type Brokers = RollCluster<BrokerFacts, WholeFacts>;
/** One broker of it. */
export type Broker = RollMember<BrokerFacts>;

/** The ports that brokers listen on, each once, ascending. */
export function portsOf(members: readonly Member[]): readonly number[] {
  return [...new Set(members.map(({ port }) => port))].sort((a, b) => a - b);
}

/** A broker as the parameters describe it. */
export function memberOf({ members }: Pick<BrokersParams, 'members'>, name: string): Member {
  const member = members.find(one => one.name === name);
  if (member === undefined) throw new Error(`${name} is no member`);
  return member;
}

/** Whether a broker listens on its own port. */
export function isListening({ members }: Pick<BrokersParams, 'members'>, { name, have }: Broker): boolean {
  return have.ports[portsOf(members).indexOf(memberOf({ members }, name).port)]?.listening === true;
}
