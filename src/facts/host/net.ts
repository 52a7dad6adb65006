// `facts.net`: the host's name, addresses and way out.
import { rawShell } from '../../util/shell.ts';
import { defineFact } from '../contract.ts';
import { resource } from '../resource.ts';

/** One address of one interface. */
export interface HostAddress {
  readonly interface: string;
  readonly family: 'ipv4' | 'ipv6';
  readonly address: string;
  /** Bits of the network. */
  readonly prefix: number;
  /** `global`, `link` or `host`. */
  readonly scope: string;
}

/** The network as the host sees it. */
export interface HostNet {
  /** As the kernel has it. The full name needs a name server, so it is not here. */
  readonly hostname: string;
  /** In the order of the interfaces; empty where there is no `ip` tool. */
  readonly addresses: readonly HostAddress[];
  /** The way to everywhere else over IPv4; texts are empty when there is none. */
  readonly default: { readonly interface: string; readonly gateway: string; readonly address: string };
}

const NO_NET: HostNet = { hostname: '', addresses: [], default: { interface: '', gateway: '', address: '' } };

export const hostNet = defineFact({
  name: 'host.net',
  summary: 'the network: hostname, addresses (interface, family, address, prefix, scope), default (interface, gateway, address)',
  probe: () =>
    rawShell(`
cat /proc/sys/kernel/hostname 2>/dev/null || uname -n
echo --route
cat /proc/net/route 2>/dev/null
echo --address
command -v ip >/dev/null && ip -o addr show || :`),
  reads: () => [resource.sysctl('kernel.hostname'), resource.path('/etc/hostname')],
  parse: ({ stdout }): HostNet => {
    const [hostname = '', rest = ''] = split(stdout, '--route\n');
    const [routes = '', listed = ''] = split(rest, '--address\n');
    const addresses = listed.split('\n').flatMap(readAddress);
    const way = readDefault(routes);
    const address = addresses.find(each => each.interface === way.interface && each.family === 'ipv4')?.address ?? '';
    return { hostname: hostname.trim(), addresses, default: { ...way, address } };
  },
  absent: NO_NET,
  cost: 'cheap',
});

function split(text: string, at: string): readonly string[] {
  const index = text.indexOf(at);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + at.length)];
}

/** `2: eth0    inet 192.0.2.7/24 brd 192.0.2.255 scope global eth0`. */
function readAddress(line: string): readonly HostAddress[] {
  const [, name, family, address, prefix, scope = 'global'] =
    /^\d+:\s+(\S+?)(?:@\S+)?\s+(inet6?)\s+([0-9a-fA-F.:]+)(?:\s+peer\s+\S+?)?\/(\d+)(?:.*?\bscope (\w+))?/.exec(line) ?? [];
  if (name === undefined || address === undefined) return [];
  return [{ interface: name, family: family === 'inet' ? 'ipv4' : 'ipv6', address, prefix: Number(prefix), scope }];
}

/** The line of /proc/net/route to 0.0.0.0/0 with the lowest metric; addresses there are little-endian hex. */
function readDefault(routes: string): { readonly interface: string; readonly gateway: string } {
  const ways = routes
    .split('\n')
    .map(line => line.trim().split(/\s+/))
    .filter(([, destination, , , , , , mask]) => destination === '00000000' && mask === '00000000')
    .sort((a, b) => Number(a[6] ?? 0) - Number(b[6] ?? 0));
  const [name = '', , gateway = ''] = ways[0] ?? [];
  const bytes = (gateway.match(/../g) ?? []).map(byte => Number.parseInt(byte, 16)).reverse();
  return { interface: name, gateway: bytes.join('.') };
}
