// Helpers over IP addresses and networks, of both versions.
import { Address4, Address6 } from 'ip-address';
import { describe } from '../describe.ts';
import { defineHelper, type Helper, HelperRefusal, type Parameter } from './helper.ts';

type Address = Address4 | Address6;

const ADDRESS = { name: 'address', type: 'string' } as const satisfies Parameter;

/** @throws HelperRefusal for what is no address, with or without `/prefix` */
function addressOf(helper: string, text: string): Address {
  if (Address4.isValid(text)) return new Address4(text);
  if (Address6.isValid(text)) return new Address6(text);
  throw new HelperRefusal(`${helper}: address must be an IP address such as 10.0.0.1 or 10.0.0.1/24, got ${describe(text)}`);
}

function fromNumber(like: Address, number: bigint): Address {
  return like instanceof Address4 ? Address4.fromBigInt(number) : Address6.fromBigInt(number);
}

/** Without its prefix, in the usual short form. */
function bare(address: Address): string {
  return address instanceof Address4 ? address.addressMinusSuffix : address.correctForm();
}

function netmask(address: Address): Address {
  const bits = address instanceof Address4 ? 32 : 128;
  return fromNumber(address, ((1n << BigInt(address.subnetMask)) - 1n) << BigInt(bits - address.subnetMask));
}

function ipHelper(name: string, summary: string, example: readonly [string, string], apply: (address: Address) => string): Helper {
  return defineHelper({
    name,
    topic: 'addresses',
    gives: 'string',
    summary,
    params: [ADDRESS],
    examples: [{ template: `{{${name} "${example[0]}"}}`, gives: example[1] }],
    apply: text => apply(addressOf(name, text)),
  });
}

export const IP_HELPERS: readonly Helper[] = [
  ipHelper('ip_address', 'An address without its prefix.', ['10.0.0.5/24', '10.0.0.5'], bare),
  ipHelper(
    'ip_network',
    'The network of an address with a prefix.',
    ['10.0.0.5/24', '10.0.0.0/24'],
    address => `${bare(address.startAddress())}/${address.subnetMask}`,
  ),
  ipHelper('ip_netmask', 'The mask of a network.', ['10.0.0.0/24', '255.255.255.0'], address => bare(netmask(address))),
  ipHelper('ip_broadcast', 'The last address of a network.', ['10.0.0.0/24', '10.0.0.255'], address => bare(address.endAddress())),
  defineHelper({
    name: 'ip_prefix',
    topic: 'addresses',
    gives: 'integer',
    summary: 'How many bits of an address name its network.',
    params: [ADDRESS],
    examples: [{ template: '{{ip_prefix "10.0.0.5/24"}}', gives: 24 }],
    apply: text => addressOf('ip_prefix', text).subnetMask,
  }),
  defineHelper({
    name: 'ip_nth',
    topic: 'addresses',
    gives: 'string',
    summary: 'The address at a place in a network, the network itself being 0; below 0, from its end.',
    params: [
      { name: 'network', type: 'string' },
      { name: 'number', type: 'integer' },
    ],
    examples: [
      { template: '{{ip_nth "10.0.0.0/24" 10}}', gives: '10.0.0.10' },
      { template: '{{ip_nth "fd00::/64" 1}}', gives: 'fd00::1' },
      { template: '{{ip_nth "10.0.0.0/24" -2}}', gives: '10.0.0.254' },
    ],
    apply: (text, number) => {
      const address = addressOf('ip_nth', text);
      const [first, last] = [address.startAddress().bigInt(), address.endAddress().bigInt()];
      const wanted = number < 0 ? last + 1n + BigInt(number) : first + BigInt(number);
      if (wanted < first || wanted > last) throw new HelperRefusal(`ip_nth: the network has no address ${number}`);
      return bare(fromNumber(address, wanted));
    },
  }),
  defineHelper({
    name: 'ip_in',
    topic: 'addresses',
    gives: 'boolean',
    summary: 'Whether an address lies in a network.',
    params: [ADDRESS, { name: 'network', type: 'string' }],
    examples: [{ template: '{{ip_in "10.0.0.5" "10.0.0.0/24"}}', gives: true }],
    apply: (text, network) => {
      const [address, around] = [addressOf('ip_in', text), addressOf('ip_in', network)];
      return address instanceof Address4 === around instanceof Address4 && isWithin(address, around);
    },
  }),
  defineHelper({
    name: 'ip_version',
    topic: 'addresses',
    gives: 'integer',
    summary: '4 or 6 for an address, 0 for text that is none.',
    params: [{ name: 'text', type: 'string' }],
    examples: [
      { template: '{{ip_version "fd00::1"}}', gives: 6 },
      { template: '{{ip_version "n1.example"}}', gives: 0 },
    ],
    apply: text => (Address4.isValid(text) ? 4 : Address6.isValid(text) ? 6 : 0),
  }),
];

function isWithin(address: Address, network: Address): boolean {
  const number = address.bigInt();
  return number >= network.startAddress().bigInt() && number <= network.endAddress().bigInt();
}
