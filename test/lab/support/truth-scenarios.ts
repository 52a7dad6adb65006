// The matrix of the truth: every shipped playbook with every inventory that it runs on as a lab, and what it has to find there.
import type { LabRunOptions } from './lab-inventory.ts';

/** A playbook on an inventory. */
export interface Scenario {
  readonly playbook: string;
  readonly inventory: string;
  readonly options: LabRunOptions;
  /** What has to run on fresh hosts first: an upgrade needs what it upgrades. */
  readonly first?: LabRunOptions & { readonly playbook: string };
  /** Archives that the inventory does not speak of. */
  readonly archives: readonly string[];
}

const ZOOKEEPER = 'apache-zookeeper-3.9.3-bin.tar.gz';
const KAFKA = 'kafka_2.13-3.9.1.tgz';

function newer(role: string, version: string, archive: string): string {
  const url = `{{ lab.artifacts }}/${archive}`;
  return JSON.stringify({ [`${role}_version`]: version, [`${role}_url`]: url, [`${role}_checksum`]: `${url}.sha512` });
}

/** A young ensemble of 3.4 has no snapshot yet. */
const TRUST = JSON.stringify({ zookeeper_config: { 'snapshot.trust.empty': true } });
const NEWER_SERVERS = newer('zookeeper', '3.9.3', ZOOKEEPER);

const plain = (playbook: string, inventory: string): Scenario => ({ playbook, inventory, options: {}, archives: [] });

/** The whole matrix. The inventory for production has a test of its own, which gives it a network that leads nowhere. */
export const SCENARIOS: readonly Scenario[] = [
  plain('playbooks/zookeeper.yml', 'lab'),
  plain('playbooks/zookeeper.yml', 'lab39'),
  plain('playbooks/zookeeper.yml', 'hadoop'),
  {
    playbook: 'playbooks/zookeeper-upgrade.yml',
    inventory: 'lab',
    options: { extraVars: [TRUST, NEWER_SERVERS] },
    first: { playbook: 'playbooks/zookeeper.yml' },
    archives: [ZOOKEEPER],
  },
  plain('playbooks/kafka.yml', 'lab'),
  plain('playbooks/kafka.yml', 'lvskafka'),
  plain('playbooks/kafka-kraft.yml', 'lab-kraft'),
  plain('playbooks/elasticsearch.yml', 'lab'),
  {
    playbook: 'playbooks/kafka-upgrade.yml',
    inventory: 'lab',
    options: { extraVars: [NEWER_SERVERS, newer('kafka', '3.9.1', KAFKA)] },
    first: { playbook: 'playbooks/kafka.yml', extraVars: [NEWER_SERVERS] },
    archives: [ZOOKEEPER, KAFKA],
  },
  plain('playbooks/redis-cluster.yml', 'lab'),
  plain('playbooks/redis-cluster.yml', 'redis-single'),
];

/** How a scenario is called. */
export function nameOf({ playbook, inventory }: Scenario): string {
  return `${playbook} -i ${inventory}`;
}
