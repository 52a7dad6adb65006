// Module: looks at what every broker is set up to run and what runs, refuses what Kafka does not do, and says which protocol to hold to.
// It changes nothing.
import { defineClusterModule, fileText, isAbsent, lineOf, listed, unmet } from '../../../src/index.ts';
import type { Absent } from '../../../src/index.ts';
import { kafkaInstalled, unitPath } from '../facts/installed.ts';
import type { InstalledKafka } from '../facts/installed.ts';
import { kafkaRunning } from '../facts/running.ts';
import { MEMBERS, UNIT } from './members.ts';
import type { Member } from './members.ts';
import { protocolFor, refusalOf } from './upgrade-rules.ts';
import type { SeenBroker } from './upgrade-rules.ts';

interface UpgradeHave {
  readonly unit: string;
  readonly properties: string;
  readonly installed: InstalledKafka;
  readonly running: string;
}

type AllHave = ReadonlyMap<string, UpgradeHave | Absent>;

export const kafkaUpgrade = defineClusterModule({
  name: 'kafka.upgrade',
  summary: 'Refuse a version that brokers cannot go to in one step, and find the protocol they hold to meanwhile',
  params: {
    type: 'object',
    properties: {
      members: MEMBERS,
      unit: UNIT,
      home: { type: 'string', kind: 'path', description: 'where the wanted version is unpacked' },
      version: { type: 'string', description: 'the wanted version' },
      mode: { type: 'string', enum: ['zookeeper', 'kraft'], description: 'what keeps the metadata' },
      protocol: { type: 'string', description: 'a protocol that a person has chosen' },
      stage: {
        type: 'string',
        enum: ['none', 'binaries', 'lift'],
        default: 'none',
        description: 'none: no upgrade; binaries: new programs that hold to the old protocol; lift: the new protocol',
      },
    },
    required: ['members', 'home', 'version', 'mode'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'The first step of an upgrade',
      yaml: `- name: the brokers can take this version
  kafka.upgrade:
    members: [{ name: server1, id: 0, address: 192.168.11.128, port: 19092 }]
    home: /opt/kafka/kafka_2.13-3.9.1
    version: 3.9.1
    mode: zookeeper
    stage: binaries
  register: kafka_upgrade_state
`,
    },
  ],
  members: p => p.members.map(member => member.name),
  facts: p => ({
    unit: fileText({ path: unitPath(p.unit) }),
    properties: fileText({ path: `${p.home}/config/server.properties` }),
    installed: kafkaInstalled({ unit: p.unit }),
    running: kafkaRunning({ unit: p.unit }),
  }),
  changes: (p, have) => {
    const away = p.stage === 'none' ? [] : absentOf(p.members, have);
    if (away.length > 0)
      return [
        unmet(
          `${listed(away)} cannot be asked, and an upgrade has to know every broker; bring ${away.length > 1 ? 'them' : 'it'} back first`,
        ),
      ];
    const refusal = refusalOf(seenOf(p, have), { ...p, protocol: p.protocol });
    return refusal === undefined ? [] : [unmet(refusal.words, refusal.on)];
  },
  result: (p, have) => ({ protocol: protocolFor(seenOf(p, have), { ...p, protocol: p.protocol }) }),
  says: (p, have) => {
    const protocol = protocolFor(seenOf(p, have), { ...p, protocol: p.protocol });
    if (protocol === '' || protocol === lineOf(p.version)) return undefined;
    return `brokers hold to protocol ${protocol}${p.stage === 'none' && p.protocol === undefined ? '; playbooks/kafka-upgrade.yml ends that' : ''}`;
  },
});

function absentOf(members: readonly Member[], have: AllHave): readonly string[] {
  return members
    .map(({ name }) => name)
    .filter(name => {
      const answer = have.get(name);
      return answer === undefined || isAbsent(answer);
    });
}

function seenOf({ members, home }: { readonly members: readonly Member[]; readonly home: string }, have: AllHave): readonly SeenBroker[] {
  return members.flatMap(({ name }) => {
    const answer = have.get(name);
    if (answer === undefined || isAbsent(answer)) return [];
    const installed = setUp(answer, home);
    return installed.version === '' ? [] : [{ ...installed, name, running: answer.running }];
  });
}

/**
 * What the unit starts. Where the role wrote it for the wanted folder, the unit and server.properties say all: both can be foretold, which
 * what lies in a folder that only the unit names cannot.
 */
function setUp(answer: UpgradeHave, home: string): InstalledKafka {
  const version = /^Description=Apache Kafka (\d+\.\d+\.\d+)$/m.exec(answer.unit)?.[1];
  if (version === undefined || !answer.unit.includes(`\nExecStart=${home}/bin/kafka-server-start.sh ${home}/config/server.properties\n`))
    return answer.unit === '' ? { home: '', version: '', protocol: '', mode: 'zookeeper' } : answer.installed;
  const protocol = /^inter\.broker\.protocol\.version=(.*)$/m.exec(answer.properties)?.[1]?.trim() ?? '';
  return { home, version, protocol, mode: /^process\.roles=/m.test(answer.properties) ? 'kraft' : 'zookeeper' };
}
