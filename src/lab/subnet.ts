// Arithmetic on IPv4 addresses and networks.
import { isIPv4 } from 'node:net';
import { LabError } from './lab-error.ts';

/** An address as a number. @throws LabError for anything but IPv4 */
export function toNumber(address: string): number {
  if (!isIPv4(address)) throw new LabError(`${JSON.stringify(address)} is not an IPv4 address, the lab needs one for every host`);
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** A number as an address. */
export function toAddress(value: number): string {
  return [24, 16, 8, 0].map(shift => Math.floor(value / 2 ** shift) % 256).join('.');
}

/** The network an address lies in: `192.168.11.0/24`. */
export function subnetOf(address: string, prefix: number): string {
  const size = 2 ** (32 - prefix);
  return `${toAddress(Math.floor(toNumber(address) / size) * size)}/${prefix}`;
}

/** First and last address of a network. */
export function rangeOf(subnet: string): { readonly first: number; readonly last: number } {
  const [address = '', prefix = '32'] = subnet.split('/');
  const first = toNumber(address);
  return { first, last: first + 2 ** (32 - Number(prefix)) - 1 };
}

/** Whether two networks share an address. */
export function overlaps(one: string, other: string): boolean {
  const a = rangeOf(one);
  const b = rangeOf(other);
  return a.first <= b.last && b.first <= a.last;
}

/** The address the lab's bridge takes: the first of the network, or the highest that nobody has. */
export function gatewayOf(subnet: string, taken: readonly string[]): string {
  const { first, last } = rangeOf(subnet);
  const used = new Set(taken.map(toNumber));
  if (!used.has(first + 1)) return toAddress(first + 1);
  for (let value = last - 1; value > first; value -= 1) if (!used.has(value)) return toAddress(value);
  throw new LabError(`no address of ${subnet} is left for the lab's gateway, use a larger prefix`);
}
