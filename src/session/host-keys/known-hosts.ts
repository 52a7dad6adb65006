// known_hosts files, read as sshd(8) describes them: which keys a host may show, and where that is written.
import { createHmac, randomBytes } from 'node:crypto';
import { matchesList } from '../config/name-pattern.ts';

/** One line of a known_hosts file that names a key. */
export interface KnownKey {
  readonly file: string;
  readonly line: number;
  /** `revoked`: this key must not be accepted. `authority`: it is no key of a host, but signs the certificates of hosts. */
  readonly mark: 'plain' | 'revoked' | 'authority';
  readonly type: string;
  readonly key: Buffer;
}

const MARKS: Readonly<Record<string, KnownKey['mark']>> = { '@revoked': 'revoked', '@cert-authority': 'authority' };

/** A host as known_hosts writes it: the plain name for port 22, else `[name]:port`. */
export function knownHostsName(address: string, port: number): string {
  const name = address.toLowerCase();
  return port === 22 ? name : `[${name}]:${port}`;
}

/** A name that only shows whether it is the one that is asked for. */
export function hashedName(name: string, salt: Buffer = randomBytes(20)): string {
  return `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`;
}

/** The keys a file holds for a name, in its order. Lines that nobody can read hold none. */
export function findKnownKeys(file: string, text: string, name: string): KnownKey[] {
  return text.split('\n').flatMap((line, index) => {
    const found = readLine(line, name);
    return found ? [{ file, line: index + 1, ...found }] : [];
  });
}

/** The type of a public key as it goes over the wire: its first string. */
export function keyType(key: Buffer): string {
  return stringsIn(key)?.[0] ?? '';
}

function readLine(line: string, name: string): Pick<KnownKey, 'mark' | 'type' | 'key'> | undefined {
  const words = line.trim().split(/[ \t]+/);
  const mark = words[0]?.startsWith('@') ? MARKS[words.shift() ?? ''] : 'plain';
  const [names, type, base64] = words;
  if (mark === undefined || names === undefined || names.startsWith('#') || type === undefined || base64 === undefined) return undefined;
  if (!matchesNames(names, name)) return undefined;
  const key = Buffer.from(base64, 'base64');
  return keyType(key) === type ? { mark, type, key } : undefined;
}

function matchesNames(names: string, name: string): boolean {
  return names.startsWith('|') ? matchesHash(names, name) : matchesList(names.toLowerCase().split(','), name);
}

/** `|1|salt|hash`: HMAC-SHA1 of the name under the salt. */
function matchesHash(names: string, name: string): boolean {
  const [, version, salt = ''] = names.split('|');
  return version === '1' && hashedName(name, Buffer.from(salt, 'base64')) === names;
}

/** A key is strings with their lengths before them, to its end: one that is cut off, as on a line half written, is none. */
function stringsIn(key: Buffer): readonly string[] | undefined {
  const strings: string[] = [];
  let at = 0;
  while (at < key.length) {
    const length = at + 4 <= key.length ? key.readUInt32BE(at) : key.length;
    if (at + 4 + length > key.length) return undefined;
    strings.push(key.toString('latin1', at + 4, at + 4 + length));
    at += 4 + length;
  }
  return strings.length > 1 ? strings : undefined;
}
