// The gate after brokers were started or one was restarted: each listens, and the cluster is whole.
import { listed, portListening } from '../../../src/index.ts';
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
      sets: [...listening, ...afterwards(p, cluster, waiting.length > 0 ? undefined : first, speakers)],
    }),
  ];
}

/** While a broker starts nobody listens; its log dirs belong to the cluster from then on. */
export function starting(p: BrokersParams, { name, have }: Broker): readonly FactSet[] {
  const { id, port } = memberOf(p, name);
  const runs = kafkaRunning({ unit: p.unit }).becomes(p.ask.version, `${name} runs the Kafka that is installed`);
  const silent = portListening({ port }).with({ listening: false }, `${name} serves nobody while it starts`);
  const { meta } = have;
  if (meta.formatted.length === p.dirs.length) return [runs, silent, kafkaMeta({ dirs: p.dirs }).with({})];
  return [runs, silent, kafkaMeta({ dirs: p.dirs }).with({ nodeId: id, formatted: p.dirs }, `${name} formats its log dirs`)];
}
