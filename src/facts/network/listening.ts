// Shell text that tells whether a TCP port is listened on, from /proc/net alone: hosts need neither ss nor netstat.
import { isIPv4, isIPv6 } from 'node:net';
import { sh } from '../../util/shell.ts';
import type { ShellText } from '../../util/shell.ts';

const ANY_IPV4 = '00000000';
const ANY_IPV6 = '0'.repeat(32);

/** Where something listens on the host itself. */
export interface ListeningAt {
  readonly port: number;
  /** An address that must be served, by itself or by a socket open to all; absent means any. */
  readonly address?: string | undefined;
}

/** Succeeds while something listens there. Ports are compared as text: to awk 1E01 and 0010 are the same number. @throws Error for an address that is not one */
export function listens({ port, address }: ListeningAt): ShellText {
  return sh`awk -v port=${hex(port, 4)} -v hosts=${address === undefined ? '' : hostsServing(address).join(' ')} '
BEGIN { n = split(hosts, list, " "); for (i = 1; i <= n; i++) wanted[list[i]] = 1 }
$4 == "0A" { split($2, at, ":"); if (at[2] "" == port "" && (n == 0 || at[1] in wanted)) { found = 1; exit } }
END { exit !found }' /proc/net/tcp $([ -r /proc/net/tcp6 ] && echo /proc/net/tcp6)`;
}

/** The local addresses, as /proc/net spells them, whose sockets serve an address. Words are in the order of a little-endian machine. */
function hostsServing(address: string): readonly string[] {
  if (isIPv4(address)) {
    const word = ipv4Word(address);
    return [word, ANY_IPV4, ANY_IPV6, `0000000000000000FFFF0000${word}`];
  }
  if (isIPv6(address)) return [ipv6Words(address), ANY_IPV6];
  throw new Error(`an IP address is needed, got ${JSON.stringify(address)}; write one such as 192.0.2.1`);
}

function ipv4Word(address: string): string {
  const bytes = address.split('.').map(Number);
  return bytes
    .reverse()
    .map(byte => hex(byte, 2))
    .join('');
}

function ipv6Words(address: string): string {
  const [head = '', tail] = address.split('::');
  const left = groups(head);
  const right = groups(tail ?? '');
  const middle = new Array<string>(tail === undefined ? 0 : 8 - left.length - right.length).fill('0000');
  const bytes = [...left, ...middle, ...right].join('').match(/../g) ?? [];
  return [0, 4, 8, 12]
    .map(at =>
      bytes
        .slice(at, at + 4)
        .reverse()
        .join(''),
    )
    .join('');
}

function groups(part: string): readonly string[] {
  return part
    .split(':')
    .filter(group => group !== '')
    .flatMap(group => (group.includes('.') ? ipv4Groups(group) : [group.toUpperCase().padStart(4, '0')]));
}

function ipv4Groups(address: string): readonly string[] {
  const bytes = address.split('.').map(byte => hex(Number(byte), 2));
  return [bytes.slice(0, 2).join(''), bytes.slice(2).join('')];
}

function hex(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, '0');
}
