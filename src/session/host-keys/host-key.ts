// The decision about the key a host shows: accepted, recorded, or refused with words that say what to do next.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { UnreachableError } from '../../errors/errors.ts';
import { quote } from '../../util/shell.ts';
import { appendKnownHosts } from './append-known-hosts.ts';
import { findKnownKeys, hashedName, keyType, knownHostsName, type KnownKey } from './known-hosts.ts';
import type { ConnectionSpec } from '../types.ts';

/** Signature algorithms for host keys, best first. */
const ALGORITHMS = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
] as const;

export type HostKeyAlgorithm = (typeof ALGORITHMS)[number];

/** What the known-hosts files make of a key; `by` is the line that says so. */
export type Judgement =
  | { readonly kind: 'known' | 'revoked' | 'changed'; readonly by: KnownKey }
  /** `authority`: a line that vouches for certificates of the host instead. */
  | { readonly kind: 'new'; readonly authority: KnownKey | undefined };

/** The name that the known-hosts files are asked for. */
export function nameOf({ hostKeyAlias, address, port }: Pick<ConnectionSpec, 'hostKeyAlias' | 'address' | 'port'>): string {
  return hostKeyAlias?.toLowerCase() ?? knownHostsName(address, port);
}

/** The keys that the known-hosts files hold for a host, files in order. @throws UnreachableError for a file that exists and cannot be read */
export function readKnownKeys(spec: ConnectionSpec): readonly KnownKey[] {
  return keysFor(spec, nameOf(spec));
}

/** Signature algorithms, those of known keys first: a host with several keys then shows the one that is known. */
export function orderHostKeyAlgorithms(spec: ConnectionSpec): HostKeyAlgorithm[] {
  const known = [...readKnownKeys(spec), ...keysOfAnyPort(spec)];
  const types = new Set(known.filter(({ mark }) => mark === 'plain').map(({ type }) => type));
  const isKnown = (algorithm: string): boolean => types.has(algorithm.startsWith('rsa-') ? 'ssh-rsa' : algorithm);
  return [...ALGORITHMS.filter(isKnown), ...ALGORITHMS.filter(algorithm => !isKnown(algorithm))];
}

/** Looks a key up. */
export function judgeHostKey(spec: ConnectionSpec, shown: Buffer): Judgement {
  const known = readKnownKeys(spec);
  const revoked = known.find(({ mark, key }) => mark === 'revoked' && key.equals(shown));
  if (revoked) return { kind: 'revoked', by: revoked };
  const plain = known.filter(({ mark }) => mark === 'plain');
  const same = plain.find(({ key }) => key.equals(shown));
  if (same) return { kind: 'known', by: same };
  const other = plain.find(({ type }) => type === keyType(shown)) ?? plain[0];
  if (other) return { kind: 'changed', by: other };
  const ofAnyPort = keysOfAnyPort(spec);
  const fits = ofAnyPort.find(({ mark, key }) => mark === 'plain' && key.equals(shown));
  if (fits && !ofAnyPort.some(({ mark, key }) => mark === 'revoked' && key.equals(shown))) return { kind: 'known', by: fits };
  return { kind: 'new', authority: known.find(({ mark }) => mark === 'authority') };
}

/** The refusal of a host key in words, or undefined when it is accepted. `accept-new` records a key where the host had none. */
export async function refuseHostKey(spec: ConnectionSpec, shown: Buffer): Promise<string | undefined> {
  const judgement = judgeHostKey(spec, shown);
  if (judgement.kind === 'new' && spec.hostKeyPolicy === 'accept-new') return recordHostKeys(spec, [shown]);
  return wordsAgainst(spec, shown, judgement);
}

/** Why a key is not taken as it is, in words; undefined when it is known. */
export function wordsAgainst(spec: ConnectionSpec, shown: Buffer, judgement: Judgement = judgeHostKey(spec, shown)): string | undefined {
  const what = describeKey(shown);
  const who = describeHost(spec);
  switch (judgement.kind) {
    case 'known':
      return undefined;
    case 'revoked':
      return `the host key of ${who} is revoked by ${placeOf(judgement.by)}: ${what}, do not log in to it`;
    case 'changed': {
      const { by } = judgement;
      const advice = `if the host was reinstalled remove that line (${removal(spec, by)}), then: ${trustCommand(spec)}; else somebody may be between`;
      return `the host key of ${who} has changed: got ${what}, ${placeOf(by)} has ${describeKey(by.key)}, ${advice}`;
    }
    case 'new': {
      const { authority } = judgement;
      const signed = authority && `${placeOf(authority)} names an authority for its certificates, which connection: openssh looks at; or `;
      const compare = `compare it with "ssh-keygen -lf /etc/ssh/${hostKeyFile(keyType(shown))}" on its console`;
      return `the host key of ${who} is not known: ${what}, ${signed ?? ''}${compare}, then: ${trustCommand(spec)}`;
    }
    default:
      return judgement satisfies never;
  }
}

/** Writes keys of a host to its first known-hosts file, those that are not there. @returns why that cannot be, in words */
export async function recordHostKeys(spec: ConnectionSpec, keys: readonly Buffer[]): Promise<string | undefined> {
  const [file] = spec.knownHosts;
  if (file === undefined) return `there is no known_hosts file to record the host key of ${describeHost(spec)} in, name one`;
  const name = nameOf(spec);
  const missing = (text: string): readonly string[] => {
    const there = findKnownKeys(file, text, name);
    const isThere = (key: Buffer): boolean => there.some(known => known.mark === 'plain' && known.key.equals(key));
    const written = (): string => (spec.hashKnownHosts === true ? hashedName(name) : name);
    return keys.filter(key => !isThere(key)).map(key => `${written()} ${keyType(key)} ${key.toString('base64')}`);
  };
  try {
    await appendKnownHosts(file, missing);
    return undefined;
  } catch (error) {
    return `cannot record a host key: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** `SHA256:…`, as ssh-keygen prints it. */
export function fingerprint(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

/** `web1 (10.0.0.1 port 22)`, or `web1 (10.0.0.1 port 22, through bastion)`. */
export function describeHost({ host, address, port, jump }: ConnectionSpec): string {
  return `${host} (${address} port ${port}${jump === undefined ? '' : `, through ${jump.host}`})`;
}

/** `FILE:LINE`. */
export function placeOf({ file, line }: KnownKey): string {
  return `${file}:${line}`;
}

/** The command that takes away what is known of a host in a file. */
export function removal(spec: ConnectionSpec, { file }: KnownKey): string {
  return `ssh-keygen -R ${quote(nameOf(spec))} -f ${quote(file)}`;
}

function trustCommand({ host, inventories = [] }: ConnectionSpec): string {
  return `tsplay hosts trust ${inventories.map(name => `-i ${quote(name)} `).join('')}${quote(host)}`;
}

function describeKey(key: Buffer): string {
  return `${keyType(key)} ${fingerprint(key)}`;
}

/** What is known of the address alone: OpenSSH takes the same key there for a port that nothing is known of. */
function keysOfAnyPort(spec: ConnectionSpec): readonly KnownKey[] {
  return spec.hostKeyAlias !== undefined || spec.port === 22 ? [] : keysFor(spec, knownHostsName(spec.address, 22));
}

function keysFor({ host, knownHosts }: ConnectionSpec, name: string): readonly KnownKey[] {
  return knownHosts.filter(file => existsSync(file)).flatMap(file => findKnownKeys(file, textOf(host, file), name));
}

/** A file that cannot be read may hold a revoked key. */
function textOf(host: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new UnreachableError(host, 'host-key', `${file}, where host keys are known from, cannot be read (${code}), make it readable`);
  }
}

function hostKeyFile(type: string): string {
  const name = type.startsWith('ecdsa-') ? 'ecdsa' : type.replace('ssh-', '');
  return `ssh_host_${name}_key.pub`;
}
