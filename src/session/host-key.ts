// The decision about the key a host shows: accepted, recorded, or refused with words that say what to do next.
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { findKnownKeys, knownHostsName, type KnownKey } from './known-hosts.ts';
import type { ConnectionSpec } from './types.ts';

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

/** The keys that the known-hosts files hold for a host, files in order. @throws Error for a file that exists and cannot be read */
export function readKnownKeys(spec: ConnectionSpec): readonly KnownKey[] {
  const name = knownHostsName(spec.address, spec.port);
  return spec.knownHosts.filter(file => existsSync(file)).flatMap(file => findKnownKeys(file, readFileSync(file, 'utf8'), name));
}

/** Signature algorithms, those of known keys first: a host with several keys then shows the one that is known. */
export function orderHostKeyAlgorithms(known: readonly KnownKey[]): HostKeyAlgorithm[] {
  const types = new Set(known.filter(({ revoked }) => !revoked).map(({ type }) => type));
  const isKnown = (algorithm: string): boolean => types.has(algorithm.startsWith('rsa-') ? 'ssh-rsa' : algorithm);
  return [...ALGORITHMS.filter(isKnown), ...ALGORITHMS.filter(algorithm => !isKnown(algorithm))];
}

/** The refusal of a host key in words, or undefined when it is accepted. `accept-new` records a key where the host had none. */
export function refuseHostKey(spec: ConnectionSpec, shown: Buffer): string | undefined {
  const known = readKnownKeys(spec);
  const key = shown.toString('base64');
  const type = keyType(shown);
  const what = `${type} ${fingerprint(shown)}`;
  const revoked = known.find(entry => entry.revoked && entry.key === key);
  const who = describeHost(spec);
  if (revoked) return `the host key of ${who} is revoked by ${place(revoked)}: ${what}, do not log in to it`;
  const valid = known.filter(entry => !entry.revoked);
  if (valid.some(entry => entry.key === key)) return undefined;
  const other = valid.find(entry => entry.type === type) ?? valid[0];
  if (other) {
    const expected = `${other.type} ${fingerprint(Buffer.from(other.key, 'base64'))}`;
    const advice = `if the host was reinstalled remove that line, else somebody may be between`;
    return `the host key of ${who} has changed: got ${what}, ${place(other)} has ${expected}, ${advice}`;
  }
  const line = `${knownHostsName(spec.address, spec.port)} ${type} ${key}`;
  const [file] = spec.knownHosts;
  if (spec.hostKeyPolicy === 'accept-new')
    return file === undefined ? `no known_hosts file to record the host key of ${who} in` : record(file, line);
  const compare = `compare it with "ssh-keygen -lf /etc/ssh/${hostKeyFile(type)}" on its console`;
  const add = file === undefined ? 'name a known_hosts file' : `then add this line to ${file} (or set ssh_host_key: accept-new): ${line}`;
  return `the host key of ${who} is not known: ${what}, ${compare}, ${add}`;
}

/** `SHA256:…`, as ssh-keygen prints it. */
export function fingerprint(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

/** `web1 (10.0.0.1 port 22)`, or `web1 (10.0.0.1 port 22, through bastion)`. */
export function describeHost({ host, address, port, jump }: ConnectionSpec): string {
  return `${host} (${address} port ${port}${jump === undefined ? '' : `, through ${jump.host}`})`;
}

/** One write of one line at the end, so that two runs at once cannot mix theirs. */
function record(file: string, line: string): string | undefined {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
    appendFileSync(file, `${before === '' || before.endsWith('\n') ? '' : '\n'}${line}\n`, { mode: 0o600 });
    return undefined;
  } catch (error) {
    return `cannot record a host key: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function place({ file, line }: KnownKey): string {
  return `${file}:${line}`;
}

/** An SSH key begins with its type as a length-prefixed string. */
function keyType(key: Buffer): string {
  return key.toString('latin1', 4, 4 + key.readUInt32BE(0));
}

function hostKeyFile(type: string): string {
  const name = type.startsWith('ecdsa-') ? 'ecdsa' : type.replace('ssh-', '');
  return `ssh_host_${name}_key.pub`;
}
