// Fact: the Kafka that a unit is set up to start, by what lies on disk: its folder, the version of its jars, the protocol it is held back to.
import { defineFact, resource, sh } from '../../../src/index.ts';
import type { ProbeOutput } from '../../../src/index.ts';

/** What the next start of the unit would run. */
export interface InstalledKafka {
  /** Empty when there is no unit, or one that starts no Kafka. */
  readonly home: string;
  /** By the name of the broker's jar; empty when there is none. */
  readonly version: string;
  /** `inter.broker.protocol.version` of its server.properties; empty when it is not said. */
  readonly protocol: string;
  /** By `process.roles` of its server.properties. */
  readonly mode: 'zookeeper' | 'kraft';
}

export const NOT_INSTALLED: InstalledKafka = { home: '', version: '', protocol: '', mode: 'zookeeper' };

export const kafkaInstalled = defineFact({
  name: 'kafka.installed',
  summary: 'the Kafka a unit is set up to start: its folder, the version of its jars, its protocol and mode',
  probe: ({ unit }: { readonly unit: string }) => sh`
start=$(sed -n 's/^ExecStart=//p' ${unitPath(unit)} 2>/dev/null | tail -n 1)
program=$\{start%% *} properties=$\{start##* }
case $program in */bin/kafka-server-start.sh) home=$\{program%/bin/kafka-server-start.sh} ;; *) exit 0 ;; esac
echo "home=$home"
ls "$home/libs" 2>/dev/null | sed -n 's/^kafka_[0-9.]*-\\([0-9.]*[0-9]\\)\\.jar$/version=\\1/p'
sed -n '/^inter\\.broker\\.protocol\\.version=/p; /^process\\.roles=/p' "$properties" 2>/dev/null
exit 0`,
  reads: ({ unit }) => [resource.path(unitPath(unit))],
  parse: (output): InstalledKafka => parseInstalled(output),
  absent: NOT_INSTALLED,
  cost: 'cheap',
});

/** Where the unit's file is. */
export function unitPath(unit: string): string {
  return `/etc/systemd/system/${unit}`;
}

function parseInstalled({ stdout }: ProbeOutput): InstalledKafka {
  const value = (name: string): string => new RegExp(`^${name}=(.*)$`, 'm').exec(stdout)?.[1]?.trim() ?? '';
  return {
    home: value('home'),
    version: value('version'),
    protocol: value('inter\\.broker\\.protocol\\.version'),
    mode: value('process\\.roles') === '' ? 'zookeeper' : 'kraft',
  };
}
