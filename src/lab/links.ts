// Reads the machine's network: its links, addresses and routes, from `ip -json`.
import { run } from './command.ts';
import { inNetns } from './in-netns.ts';
import { subnetOf } from './subnet.ts';

/** A network the machine is in, or has a route to. */
export interface UsedSubnet {
  readonly device: string;
  readonly subnet: string;
}

/** The names of all interfaces. */
export async function readLinks(netns?: string): Promise<readonly string[]> {
  const links = JSON.parse(await run(inNetns(netns, ['ip', '-json', 'link']))) as readonly { readonly ifname: string }[];
  return links.map(link => link.ifname);
}

/** The networks of the machine's own addresses. */
export async function readAddresses(netns?: string): Promise<readonly UsedSubnet[]> {
  const links = JSON.parse(await run(inNetns(netns, ['ip', '-json', '-4', 'address']))) as readonly {
    readonly ifname: string;
    readonly addr_info: readonly { readonly local?: string; readonly prefixlen?: number }[];
  }[];
  return links.flatMap(link =>
    link.addr_info.flatMap(({ local, prefixlen }) =>
      local === undefined || prefixlen === undefined ? [] : [{ device: link.ifname, subnet: subnetOf(local, prefixlen) }],
    ),
  );
}

/** The networks the machine has routes to, without the default. */
export async function readRoutes(netns?: string): Promise<readonly UsedSubnet[]> {
  const routes = JSON.parse(await run(inNetns(netns, ['ip', '-json', '-4', 'route']))) as readonly {
    readonly dst: string;
    readonly dev?: string;
  }[];
  return routes
    .filter(route => route.dst !== 'default')
    .map(route => ({ device: route.dev ?? 'a route', subnet: route.dst.includes('/') ? route.dst : `${route.dst}/32` }));
}
