// The nodes of the cluster, from the inventory alone: names, addresses, ports and roles come from this one place.
import type { HostView, RoleHost } from '../../src/index.ts';
import type { ElasticsearchVars } from './layout.ts';
import type { Member } from './modules/members.ts';
import { vars } from './vars.ts';

type NodeVars = Pick<ElasticsearchVars, 'elasticsearch_inventory_group' | 'elasticsearch_http_port' | 'elasticsearch_node_roles'>;

/** The nodes in inventory order. @throws Error with words for a person */
export function nodesOf(given: NodeVars, host: RoleHost): readonly Member[] {
  const { elasticsearch_inventory_group: group } = given;
  const views = host.group(group);
  if (!views.some(view => view.name === host.name))
    throw new Error(
      `${host.name} is not in the inventory group ${JSON.stringify(group)} whose hosts are the nodes, add it there or set elasticsearch_inventory_group`,
    );
  const nodes = views.map(view => ({
    name: view.name,
    node: textOf(view, 'elasticsearch_node_name', view.name),
    address: textOf(view, 'elasticsearch_address', view.address),
    port: portOf(valueOf(given, view, host, 'elasticsearch_http_port'), view),
    eligible: rolesOf(given, view, host).includes('master'),
  }));
  for (const node of nodes) {
    const other = nodes.find(one => one !== node && one.node === node.node);
    if (other !== undefined)
      throw new Error(`${node.name} and ${other.name} both have the elasticsearch_node_name ${node.node}, give each node its own`);
  }
  if (!nodes.some(({ eligible }) => eligible))
    throw new Error('no node may become master: elasticsearch_node_roles of at least one has to have master, of three better');
  return nodes;
}

type PerHost = 'elasticsearch_http_port' | 'elasticsearch_node_roles';

/** What comes from above the inventory (the play, -e) is everyone's; what this host has of its own is not. */
function valueOf(given: NodeVars, view: HostView, host: RoleHost, name: PerHost): unknown {
  const isOwn = JSON.stringify(host.variables[name] ?? vars[name].default) === JSON.stringify(given[name]);
  return isOwn ? (view.variables[name] ?? vars[name].default) : given[name];
}

function rolesOf(given: NodeVars, view: HostView, host: RoleHost): readonly unknown[] {
  const roles = valueOf(given, view, host, 'elasticsearch_node_roles');
  if (!Array.isArray(roles)) throw new Error(`elasticsearch_node_roles of ${view.name} is ${JSON.stringify(roles)}, write a list`);
  return roles;
}

function portOf(port: unknown, { name }: HostView): number {
  if (typeof port !== 'number' || !Number.isInteger(port) || port < 1 || port > 65535)
    throw new Error(`elasticsearch_http_port of ${name} is ${JSON.stringify(port)}, write a number from 1 to 65535`);
  return port;
}

function textOf(view: HostView, name: string, fallback: string): string {
  const text = view.variables[name] ?? fallback;
  if (typeof text !== 'string') throw new Error(`${name} of ${view.name} is no text, write a name or an address`);
  return text;
}
