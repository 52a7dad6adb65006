// The network of a lab: a bridge per subnet, and a rule that lets its hosts out.
import { ask, run } from './command.ts';
import { enableForwarding } from './forwarding.ts';
import { inNetns } from './in-netns.ts';
import { LabError } from './lab-error.ts';
import { readAddresses, readLinks, readRoutes } from './links.ts';
import { bridgeName, netnsName, portName, tableName } from './names.ts';
import { createNetns, hasNetns, removeNetns } from './netns.ts';
import { readPlans } from './plan-file.ts';
import { overlaps, subnetOf } from './subnet.ts';
import type { LabPlan } from './types.ts';

/**
 * Refuses a lab whose addresses are in use already.
 * @throws LabError naming who uses them: another lab, or an interface of this machine
 */
export async function refuseClashes(plan: LabPlan): Promise<void> {
  for (const one of plan.networks) {
    const twin = plan.networks.find(other => other !== one && overlaps(one.subnet, other.subnet));
    if (twin) throw new LabError(`networks ${one.subnet} and ${twin.subnet} of the lab overlap, give its hosts one prefix`);
  }
  if (plan.netns !== undefined) return;
  const bridges = new Set(plan.networks.map(network => network.bridge));
  const used = [...(await readAddresses()), ...(await readRoutes())].filter(other => !bridges.has(other.device));
  const labs = (await readPlans()).filter(other => other.id !== plan.id && other.netns === undefined);
  for (const { subnet } of plan.networks) {
    const lab = labs.find(other => other.networks.some(network => overlaps(network.subnet, subnet)));
    const advice = 'use other addresses, or put this lab into a network namespace of its own';
    if (lab) throw new LabError(`${subnet} is in use by lab ${lab.label ?? lab.id}, take that one down, ${advice}`);
    const other = used.find(candidate => overlaps(candidate.subnet, subnet));
    if (other) throw new LabError(`${subnet} is in use by ${other.device} of this machine (${other.subnet}), ${advice}`);
  }
}

/** Creates what is missing of a lab's network and puts running hosts back on their bridge. Call it under the network lock. */
export async function createNetworks(plan: LabPlan): Promise<void> {
  const uplink = plan.netns === undefined ? undefined : await createNetns(plan.id);
  await enableForwarding();
  const links = new Set(await readLinks(plan.netns));
  const addresses = await readAddresses(plan.netns);
  const ip = (...words: string[]) => run(inNetns(plan.netns, ['ip', ...words]));
  const stale = [...links].filter(link => isBridge(plan.id, link) && !plan.networks.some(network => network.bridge === link));
  for (const link of stale) await ip('link', 'delete', 'dev', link);
  for (const { bridge, gateway, subnet } of plan.networks) {
    if (!links.has(bridge)) await ip('link', 'add', bridge, 'type', 'bridge', 'stp_state', '0', 'forward_delay', '0');
    if (addresses.some(address => address.device === bridge && address.subnet !== subnet)) await ip('address', 'flush', 'dev', bridge);
    await ip('address', 'replace', `${gateway}/${subnet.split('/')[1] ?? '24'}`, 'dev', bridge);
    await ip('link', 'set', bridge, 'addrgenmode', 'none', 'up');
  }
  for (const host of plan.hosts) {
    const port = portName(plan.id, host.index);
    const network = plan.networks.find(candidate => candidate.subnet === subnetOf(host.address, host.prefix));
    if (network && links.has(port)) await ip('link', 'set', port, 'master', network.bridge, 'up');
  }
  const subnets = plan.networks.map(network => network.subnet);
  await run(inNetns(plan.netns, ['nft', '-f', '-']), { input: masquerade(plan.id, subnets) });
  if (uplink !== undefined) await run(['nft', '-f', '-'], { input: masquerade(plan.id, [uplink]) });
}

/** Removes everything of a lab's network, found by the names its id gives. Call it under the network lock. */
export async function removeNetworks(id: string): Promise<void> {
  const own = (name: string) => isBridge(id, name) || new RegExp(`^${portName(id, 0).slice(0, -1)}\\d+$`).test(name);
  for (const netns of (await hasNetns(id)) ? [netnsName(id), undefined] : [undefined]) {
    for (const link of (await readLinks(netns)).filter(own)) {
      // The kernel may be removing a dead host's interface by itself at this moment.
      await ask(inNetns(netns, ['ip', 'link', 'delete', 'dev', link]));
    }
    await run(inNetns(netns, ['nft', '-f', '-']), { input: `table ip ${tableName(id)}\ndelete table ip ${tableName(id)}\n` });
  }
  await removeNetns(id);
}

function isBridge(id: string, name: string): boolean {
  return new RegExp(`^${bridgeName(id, 0).slice(0, -1)}\\d+$`).test(name);
}

/** The rules of a lab, as one transaction that replaces older ones. */
function masquerade(id: string, subnets: readonly string[]): string {
  const own = `{ ${subnets.join(', ')} }`;
  const table = `table ip ${tableName(id)}`;
  const chain = `chain postrouting { type nat hook postrouting priority srcnat; ip saddr ${own} ip daddr != ${own} masquerade\n}`;
  return `${table}\ndelete ${table}\n${table} {\n${chain}\n}\n`;
}
