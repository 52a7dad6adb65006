// The instances of the cluster, from the inventory alone: hosts, addresses and ports come from this one place.
import { isIP } from 'node:net';
import type { HostView, RoleHost } from '../../src/index.ts';
import { layoutOf, startFiles } from './layout.ts';
import type { RedisVars } from './layout.ts';
import type { Member } from './modules/members.ts';
import { vars } from './vars.ts';

/** All instances, those of each host together, and the names of those that are to leave. */
export interface Instances {
  readonly all: readonly Member[];
  readonly leaving: readonly string[];
}

/** Between the port for clients and that for the other instances. */
export const BUS = 10_000;

/** The instances in inventory order. @throws Error with words for a person */
export function instancesOf(given: RedisVars, host: RoleHost): Instances {
  const { redis_cluster_inventory_group: group } = given;
  const views = host.group(group);
  if (!views.some(view => view.name === host.name))
    throw new Error(
      `${host.name} is not in the inventory group ${JSON.stringify(group)} whose hosts are the cluster, add it there or set redis_cluster_inventory_group`,
    );
  const all = views.flatMap(view => portsOf(given, view, host, 'redis_cluster_ports').map(port => instanceOf(given, view, host, port)));
  const leaving = views.flatMap(view => {
    const ports = portsOf(given, view, host, 'redis_cluster_ports');
    const going = portsOf(given, view, host, 'redis_cluster_leaving_ports');
    const odd = going.find(port => !ports.includes(port));
    if (odd !== undefined)
      throw new Error(
        `redis_cluster_leaving_ports of ${view.name} has ${odd}, which redis_cluster_ports does not have, leave it there until it has left`,
      );
    return going.map(port => nameOf(view, port));
  });
  refuseClashes(all);
  if (given.redis_cluster_password === undefined && all.some(({ address }) => !isLoopback(address)))
    throw new Error(
      'redis_cluster_password is not set, and the instances listen to more than their own host: everybody could read and write; set it (in a vault)',
    );
  return { all, leaving };
}

/** The instances of one host. */
export function instancesOn({ all }: Instances, host: string): readonly Member[] {
  return all.filter(member => member.host === host);
}

function instanceOf(given: RedisVars, view: HostView, host: RoleHost, port: number): Member {
  const layout = layoutOf(given, port);
  return {
    name: nameOf(view, port),
    host: view.name,
    address: addressOf(given, view, host),
    port,
    unit: layout.unit,
    files: startFiles(layout),
    data: layout.data,
  };
}

function nameOf({ name }: HostView, port: number): string {
  return `${name}:${port}`;
}

function portsOf(
  given: RedisVars,
  view: HostView,
  host: RoleHost,
  name: 'redis_cluster_ports' | 'redis_cluster_leaving_ports',
): readonly number[] {
  // What comes from above the inventory (the play, -e) is everyone's; what this host has of its own is not.
  const isOwn = JSON.stringify(host.variables[name] ?? vars[name].default) === JSON.stringify(given[name]);
  const ports: unknown = isOwn ? (view.variables[name] ?? vars[name].default) : given[name];
  const isPort = (port: unknown): port is number => typeof port === 'number' && Number.isInteger(port) && port > 0 && port <= 55535;
  if (!Array.isArray(ports) || !ports.every(isPort))
    throw new Error(`${name} of ${view.name} is ${JSON.stringify(ports)}, write a list of numbers from 1 to 55535`);
  return ports;
}

function addressOf(given: RedisVars, view: HostView, host: RoleHost): string {
  const address =
    view.variables['redis_cluster_address'] ?? (view.name === host.name ? given.redis_cluster_address : undefined) ?? view.address;
  if (typeof address !== 'string' || isIP(address) === 0)
    throw new Error(
      `the address of ${view.name} is ${JSON.stringify(address)}, but Redis instances meet by IP address, set redis_cluster_address`,
    );
  return address;
}

function refuseClashes(all: readonly Member[]): void {
  for (const { name, address, port } of all) {
    const other = all.find(one => one.name !== name && one.address === address && (one.port === port || one.port === port + BUS));
    if (other !== undefined)
      throw new Error(
        other.port === port
          ? `${name} and ${other.name} both listen on ${address} port ${port}, give each its own`
          : `${other.name} listens on ${address} port ${other.port}, which is the bus port of ${name}, give it another one`,
      );
  }
}

export function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1';
}
