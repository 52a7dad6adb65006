// The brokers of the cluster and the ensemble they connect to, from the inventory alone: ids, addresses and ports come from this one place.
import type { HostView, RoleHost } from '../../src/index.ts';
import { vars as zookeeperVars } from '../zookeeper/vars.ts';
import type { KafkaVars } from './layout.ts';
import type { Member } from './modules/members.ts';
import { vars } from './vars.ts';

type BrokerVars = Pick<KafkaVars, 'kafka_inventory_group' | 'kafka_port'>;
type EnsembleVars = Pick<KafkaVars, 'kafka_zookeeper_group' | 'kafka_zookeeper_chroot'>;

/** The brokers in inventory order. @throws Error with words for a person when ids clash or the host is none of them */
export function brokersOf({ kafka_inventory_group: group, kafka_port }: BrokerVars, host: RoleHost): readonly Member[] {
  const views = host.group(group);
  if (!views.some(view => view.name === host.name)) {
    throw new Error(
      `${host.name} is not in the inventory group ${JSON.stringify(group)} whose hosts are the brokers, add it there or set kafka_inventory_group`,
    );
  }
  // A port from above the inventory (the play, -e) is everyone's; one that this host has of its own is not.
  const isOwn = (host.variables['kafka_port'] ?? vars.kafka_port.default) === kafka_port;
  const brokers = views.map((view, index) => ({
    name: view.name,
    id: idOf(view, index),
    address: addressOf(view, 'kafka_address'),
    port: isOwn ? portOf(view, 'kafka_port', vars.kafka_port.default) : kafka_port,
  }));
  for (const broker of brokers) {
    const other = brokers.find(one => one !== broker && one.id === broker.id);
    if (other !== undefined) throw new Error(`${other.name} and ${broker.name} both have kafka_id ${broker.id}, give each broker its own`);
  }
  return brokers;
}

/** `zookeeper.connect`: the servers that the inventory has, under the port they listen on. @throws Error with words for a person */
export function zookeeperConnect({ kafka_zookeeper_group: group, kafka_zookeeper_chroot }: EnsembleVars, host: RoleHost): string {
  const servers = host.group(group);
  if (servers.length === 0) {
    throw new Error(
      `the inventory has no host in group ${JSON.stringify(group)}, whose ZooKeeper Kafka is to use, add it or set kafka_zookeeper_group`,
    );
  }
  const ports = servers.map(view => portOf(view, 'zookeeper_client_port', zookeeperVars.zookeeper_client_port.default));
  return `${servers.map((view, index) => at(addressOf(view, 'zookeeper_address'), ports[index] ?? 0)).join(',')}${kafka_zookeeper_chroot}`;
}

/** `address:port`, an IPv6 address in brackets. */
export function at(address: string, port: number): string {
  return `${address.includes(':') ? `[${address}]` : address}:${port}`;
}

function idOf(view: HostView, place: number): number {
  const id = view.variables['kafka_id'] ?? place;
  if (typeof id !== 'number' || !Number.isInteger(id) || id < 0 || id > 1000) {
    throw new Error(`kafka_id of ${view.name} is ${JSON.stringify(id)}, write a number from 0 to 1000`);
  }
  return id;
}

function addressOf(view: HostView, name: string): string {
  const address = view.variables[name] ?? view.address;
  if (typeof address !== 'string') throw new Error(`${name} of ${view.name} is no text, write an address or a name`);
  return address;
}

function portOf(view: HostView, name: string, fallback: number): number {
  const port = view.variables[name] ?? fallback;
  if (typeof port !== 'number' || !Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Error(`${name} of ${view.name} is ${JSON.stringify(port)}, write a number from 1 to 65535`);
  }
  return port;
}
