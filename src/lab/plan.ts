// Turns a spec into the plan of a lab, keeping what an earlier plan of the same lab has settled.
import { join } from 'node:path';
import { LabError } from './lab-error.ts';
import { bridgeName, netnsName } from './names.ts';
import { labDirectory } from './paths.ts';
import { gatewayOf, subnetOf } from './subnet.ts';
import type { LabHostState, LabNetwork, LabPlan, LabSpec } from './types.ts';

/**
 * Plans a lab. Hosts of the earlier plan that the spec does not name stay: a second playbook of the same inventory adds to the lab.
 * @throws LabError for names and addresses no host can have
 */
export function planLab(spec: LabSpec, root: string, netns: boolean, before?: LabPlan): LabPlan {
  const directory = labDirectory(spec.id);
  if (!/^[a-z_][a-z0-9_-]{0,31}$/.test(spec.user))
    throw new LabError(`the lab's user is ${JSON.stringify(spec.user)}, it must be a plain user name`);
  const named = new Set(spec.hosts.map(host => host.name));
  const kept = (before?.hosts ?? []).filter(host => !named.has(host.name));
  const hosts = [...kept];
  for (const host of spec.hosts) hosts.push(planHost(directory, host.name, host.address, host.prefix ?? 24, before, hosts));
  refuseTwins(hosts);
  return {
    version: 1,
    driver: 'nspawn',
    id: spec.id,
    ...(spec.label === undefined ? {} : { label: spec.label }),
    user: spec.user,
    directory,
    privateKey: join(directory, 'key'),
    knownHosts: join(directory, 'known_hosts'),
    ...(netns ? { netns: netnsName(spec.id) } : {}),
    root,
    networks: planNetworks(spec, hosts, before?.networks ?? []),
    hosts: hosts.sort((a, b) => a.index - b.index),
  };
}

function planHost(
  lab: string,
  name: string,
  address: string,
  prefix: number,
  before: LabPlan | undefined,
  placed: readonly LabHostState[],
): LabHostState {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name)) {
    throw new LabError(`the host name ${JSON.stringify(name)} cannot be used in a lab, use letters, digits, dots and dashes`);
  }
  if (!(Number.isInteger(prefix) && prefix >= 8 && prefix <= 30)) throw new LabError(`the prefix of ${name} is ${prefix}, use 8 to 30`);
  const old = before?.hosts.find(host => host.name === name);
  const taken = new Set([...(before?.hosts ?? []), ...placed].map(host => host.index));
  let index = old?.index ?? 1;
  while (!old && taken.has(index)) index += 1;
  const directory = join(lab, 'hosts', name);
  return { name, address, prefix, index, directory, upper: join(directory, 'upper'), console: join(directory, 'console.log') };
}

function refuseTwins(hosts: readonly LabHostState[]): void {
  for (const host of hosts) {
    const twin = hosts.find(other => other !== host && (other.name === host.name || other.address === host.address));
    if (twin) throw new LabError(`hosts ${host.name} and ${twin.name} of the lab share the address ${host.address}, give each its own`);
  }
}

/** One bridge per subnet; those of the earlier plan keep their number and their gateway, which running hosts route through. */
function planNetworks(spec: LabSpec, hosts: readonly LabHostState[], before: readonly LabNetwork[]): readonly LabNetwork[] {
  const addresses = [...hosts.map(host => host.address), ...(spec.reserved ?? [])];
  const networks: LabNetwork[] = [];
  for (const subnet of new Set(hosts.map(host => subnetOf(host.address, host.prefix)))) {
    const old = before.find(network => network.subnet === subnet);
    const numbers = new Set([...before, ...networks].map(network => network.bridge));
    let number = 0;
    while (numbers.has(bridgeName(spec.id, number))) number += 1;
    if (old && !addresses.includes(old.gateway)) networks.push(old);
    else networks.push({ subnet, bridge: old?.bridge ?? bridgeName(spec.id, number), gateway: gatewayOf(subnet, addresses) });
  }
  return networks;
}
