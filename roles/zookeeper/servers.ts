// The servers of the ensemble, from the inventory alone: ids, addresses and names come from this one place.
import type { HostView, RoleHost } from '../../src/index.ts';
import type { Member } from './modules/members.ts';

/** The servers in inventory order. @throws Error with words for a person when ids clash or the host is none of them */
export function serversOf(group: string, host: RoleHost): readonly Member[] {
  const views = host.group(group);
  if (!views.some(view => view.name === host.name)) {
    throw new Error(
      `${host.name} is not in the inventory group ${JSON.stringify(group)} whose hosts are the ensemble, add it there or set zookeeper_inventory_group`,
    );
  }
  const servers = views.map((view, index) => ({ name: view.name, id: idOf(view, index + 1), address: addressOf(view) }));
  for (const server of servers) {
    const other = servers.find(one => one !== server && one.id === server.id);
    if (other !== undefined)
      throw new Error(`${other.name} and ${server.name} both have zookeeper_id ${server.id}, give each server its own`);
  }
  return servers;
}

function idOf(view: HostView, place: number): number {
  const id = view.variables['zookeeper_id'] ?? place;
  if (typeof id !== 'number' || !Number.isInteger(id) || id < 1 || id > 255) {
    throw new Error(`zookeeper_id of ${view.name} is ${JSON.stringify(id)}, write a number from 1 to 255`);
  }
  return id;
}

function addressOf(view: HostView): string {
  const address = view.variables['zookeeper_address'] ?? view.address;
  if (typeof address !== 'string') throw new Error(`zookeeper_address of ${view.name} is no text, write an address or a name`);
  return address;
}
