// Fact: which brokers are registered, and which node is the controller. Both change by themselves, so it is never read ahead.
import { defineFact, sh } from '../../../src/index.ts';
import type { ProbeOutput, ShellText } from '../../../src/index.ts';
import type { Ask } from '../modules/members.ts';
import { asking, reasonOf } from './ask.ts';
import { CLUSTER } from './types.ts';
import type { Quorum } from './types.ts';

export const kafkaQuorum = defineFact({
  name: 'kafka.quorum',
  summary: 'who takes part in a Kafka cluster: the ids of the registered brokers, and that of the controller',
  probe: (ask: Ask) => (ask.mode === 'zookeeper' ? probeZooKeeper(ask) : probeControllers(ask)),
  reads: () => [CLUSTER],
  parse: (output, { mode }): Quorum => (mode === 'zookeeper' ? parseZooKeeper(output) : parseControllers(output)),
  absent: { says: '', brokers: [], controller: null },
  cost: 'slow',
});

// Server by server: a client given all of them gives its question up when the first it tries is the one that is down.
function probeZooKeeper(ask: Ask): ShellText {
  const [servers, ...path] = (ask.zookeeper ?? '').split('/');
  const connects = (servers ?? '').split(',').map(server => [server, ...path].join('/'));
  return sh`${asking(ask)}
for connect in ${connects}; do
  said=$(printf 'get /controller\\nls /brokers/ids\\nquit\\n' |
    tool 20 kafka-run-class.sh org.apache.zookeeper.ZooKeeperMain -timeout 5000 -server "$connect")
  printf '%s\\n' "$said" | awk '{ print } /^\\[[0-9, ]*\\]$/ { found = 1 } END { exit !found }' && break
done`;
}

function probeControllers(ask: Ask): ShellText {
  return sh`${asking(ask)}
surely kafka-metadata-quorum.sh describe --status || exit
brokers=$(surely kafka-broker-api-versions.sh) || { status=$?; printf '%s\\n' "$brokers"; exit "$status"; }
printf '%s\\n' "$brokers" | awk '/ \\(id: / && !/isFenced: true/ { print }'`;
}

function parseZooKeeper(output: ProbeOutput): Quorum {
  const ids = /^\[([\d, ]*)\]$/m.exec(output.stdout)?.[1];
  const controller = /^\{.*"brokerid":(\d+)/m.exec(output.stdout)?.[1];
  // The server answered: Kafka has never run below this path.
  const isEmpty = /^Node does not exist: .*\/brokers\/ids$/m.test(`${output.stdout}\n${output.stderr}`);
  if (ids === undefined && !isEmpty) return { says: reasonOf({ ...output, stdout: '' }), brokers: [], controller: null };
  return { says: '', brokers: numbers(ids ?? ''), controller: controller === undefined ? null : Number(controller) };
}

function parseControllers(output: ProbeOutput): Quorum {
  if (output.status !== 0) return { says: reasonOf(output), brokers: [], controller: null };
  const leader = /^LeaderId:\s*(\d+)$/m.exec(output.stdout)?.[1];
  const ids = [...output.stdout.matchAll(/ \(id: (\d+) /g)].map(([, id]) => id ?? '').join(',');
  return { says: '', brokers: numbers(ids), controller: leader === undefined ? null : Number(leader) };
}

function numbers(list: string): readonly number[] {
  return list
    .split(',')
    .map(id => id.trim())
    .filter(id => id !== '')
    .map(Number)
    .sort((a, b) => a - b);
}
