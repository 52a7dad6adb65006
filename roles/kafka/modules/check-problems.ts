// What is wrong with a cluster, in words that name the server; empty when it is whole and runs what it should.
import { listed } from '../../../src/index.ts';
import type { Member } from './members.ts';
import { nameSome, troubleOf } from './check-whole.ts';
import type { NamedPartition, Whole } from './check-whole.ts';

/** One broker as `verify` sees it. */
export type SeenBroker = Member &
  (
    | { readonly away: string }
    | {
        readonly active: string;
        /** What its process was started from; empty when that is not known. */
        readonly version: string;
        readonly listening: boolean;
      }
  );

/** One thing that is wrong, and the server it is wrong on. */
export interface Problem {
  readonly words: string;
  readonly on?: string;
}

/** What every broker should run. */
export interface Expected {
  readonly unit: string;
  readonly version: string;
}

/** Every problem at once. */
export function problemsOf(seen: readonly SeenBroker[], whole: Whole | undefined, expected: Expected): readonly Problem[] {
  const own = seen.flatMap((broker): readonly Problem[] => ownProblems(broker, expected).map(words => ({ words, on: broker.name })));
  if (whole === undefined)
    return [...own, { words: `no broker runs: ${seen.map(one => `${one.name} ${stateOf(one, expected)}`).join(', ')}` }];
  const says = [whole.quorum.says, whole.topics.says].find(words => words !== '');
  if (says !== undefined) return [...own, { words: `the cluster cannot be asked: ${says}` }];
  const { unregistered, leaderless, behind, hasController } = troubleOf(whole, seen);
  const strangers = whole.quorum.brokers.filter(id => !seen.some(one => one.id === id)).map(id => ({ name: String(id) }));
  return [
    ...own,
    ...seen
      .filter(one => unregistered.includes(one))
      .map(one => ({
        words: `${one.name} (broker ${one.id}) is not registered: ${expected.unit} ${stateOf(one, expected)} there`,
        on: one.name,
      })),
    ...(strangers.length === 0
      ? []
      : [{ words: `${nameSome('broker', strangers)} ${strangers.length > 1 ? 'are' : 'is'} registered, but not in the inventory` }]),
    ...(hasController ? [] : [{ words: 'no broker is the controller' }]),
    ...(leaderless.length === 0
      ? []
      : [{ words: `${nameSome('partition', leaderless)} ${leaderless.length > 1 ? 'have' : 'has'} no leader` }]),
    ...(behind.length === 0
      ? []
      : [
          {
            words: `${nameSome('partition', behind)} ${behind.length > 1 ? 'are' : 'is'} under-replicated: without ${missingServers(behind, seen)}`,
          },
        ]),
  ];
}

function ownProblems(broker: SeenBroker, { version }: Expected): readonly string[] {
  if ('away' in broker) return [`${broker.name} cannot be asked: ${broker.away}`];
  if (broker.version === '' || broker.version === version) return [];
  return [`${broker.name} runs version ${broker.version}, wanted ${version}`];
}

function stateOf(broker: SeenBroker, { unit }: Expected): string {
  if ('away' in broker) return 'cannot be asked';
  if (broker.active !== 'active') return `is ${broker.active}`;
  return broker.listening
    ? `is active and listens on ${broker.port} (journalctl -u ${unit})`
    : `is active, but does not listen on ${broker.port}`;
}

function missingServers(behind: readonly NamedPartition[], seen: readonly SeenBroker[]): string {
  const ids = [...new Set(behind.flatMap(({ missing }) => missing))].sort((a, b) => a - b);
  return listed(ids.map(id => seen.find(one => one.id === id)?.name ?? `broker ${id}`));
}
