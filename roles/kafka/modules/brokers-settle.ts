// The gate after brokers were started or one was restarted: each listens, and the cluster is whole.
import { listed, portListening, unknown } from '../../../src/index.ts';
import type { FactSet, Wait } from '../../../src/index.ts';
import { kafkaMeta } from '../facts/meta.ts';
import { kafkaRunning } from '../facts/running.ts';
import { afterwards } from './brokers-after.ts';
import { isListening, memberOf } from './brokers-view.ts';
import type { Broker, Brokers, BrokersParams } from './brokers-view.ts';
import { waitForPort, waitUntilWhole } from './await-whole.ts';

/** Each newcomer is waited for on its own host, which costs no JVM; the whole is asked about on one host only. */
export function settle(p: BrokersParams, cluster: Brokers, names: readonly string[]): readonly Wait[] {
  const [first] = names;
  if (first === undefined) return [];
  const { ask, unit, deadline } = p;
  const waiting = cluster.present.filter(member => names.includes(member.name) && !(member.state === 'running' && isListening(p, member)));
  const comers = waiting.length > 0 ? waiting.map(({ name }) => name) : [first];
  const speakers = [
    first,
    ...cluster.present.slice(0, 1).map(({ name }) => name),
    ...(cluster.speaker === undefined ? [] : [cluster.speaker]),
  ];
  const listening = comers.map((name): FactSet => {
    const { port } = memberOf(p, name);
    return portListening({ port }).on(name).with({ listening: true });
  });
  const formatted = waiting
    .filter(member => !isFormatted(p, member))
    .map(({ name }): FactSet => {
      const after = { nodeId: memberOf(p, name).id, formatted: p.dirs };
      return kafkaMeta({ dirs: p.dirs }).on(name).with(after, `${name} formats its log dirs`);
    });
  return [
    ...waiting.filter(({ name }) => name !== first).map(({ name }) => waitForPort(memberOf(p, name), unit, deadline)),
    waitUntilWhole({
      for: `${listed(comers)} to be registered, with all partitions in sync`,
      ask,
      members: p.members.filter(({ name }) => !cluster.away.includes(name)),
      away: p.members.filter(({ name }) => cluster.away.includes(name)),
      on: memberOf(p, first),
      unit,
      deadline,
      sets: [...listening, ...formatted, ...afterwards(p, cluster, waiting.length > 0 ? undefined : first, speakers)],
    }),
  ];
}

/** While a broker starts nobody listens, and it may take a while until it has made its log dirs its own. */
export function starting(p: BrokersParams, member: Broker): readonly FactSet[] {
  const { name } = member;
  const { port } = memberOf(p, name);
  // A script comes before the process that shows it.
  const runs: FactSet = {
    ...kafkaRunning({ unit: p.unit }).becomes(p.ask.version, `${name} runs the Kafka that is installed`),
    standsIn: true,
  };
  const silent = portListening({ port }).with({ listening: false }, `${name} serves nobody while it starts`);
  if (isFormatted(p, member)) return [runs, silent, kafkaMeta({ dirs: p.dirs }).with({})];
  const later = unknown(`whose the log dirs of ${name} are shows when it runs`) as never;
  return [runs, silent, kafkaMeta({ dirs: p.dirs }).with({ nodeId: later, formatted: later })];
}

function isFormatted({ dirs }: Pick<BrokersParams, 'dirs'>, { have }: Broker): boolean {
  return have.meta.formatted.length === dirs.length;
}
