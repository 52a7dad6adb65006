// known_hosts files, read as sshd(8) describes them: which keys a host may show, and where that is written.
import { createHmac } from 'node:crypto';
import { matchesList } from './name-pattern.ts';

/** One line of a known_hosts file that names a key. */
export interface KnownKey {
  readonly file: string;
  readonly line: number;
  /** `revoked`: this key must not be accepted. */
  readonly revoked: boolean;
  readonly type: string;
  /** Base64, as written. */
  readonly key: string;
}

/** A host as known_hosts writes it: the plain name for port 22, else `[name]:port`. */
export function knownHostsName(address: string, port: number): string {
  const name = address.toLowerCase();
  return port === 22 ? name : `[${name}]:${port}`;
}

/** The keys a file holds for a name, in its order. Lines of certificate authorities, and lines nobody can read, hold none. */
export function findKnownKeys(file: string, text: string, name: string): KnownKey[] {
  return text.split('\n').flatMap((line, index) => {
    const found = readLine(line, name);
    return found ? [{ file, line: index + 1, ...found }] : [];
  });
}

/** Whether a file names an authority that vouches for the keys of a name. */
export function namesAuthority(text: string, name: string): boolean {
  return text.split('\n').some(line => {
    const [mark, names, type] = line.trim().split(/\s+/);
    return mark === '@cert-authority' && names !== undefined && type !== undefined && matchesNames(names, name);
  });
}

function readLine(line: string, name: string): Pick<KnownKey, 'revoked' | 'type' | 'key'> | undefined {
  const words = line.trim().split(/\s+/);
  const mark = words[0]?.startsWith('@') ? words.shift() : undefined;
  const [names, type, key] = words;
  if (names === undefined || names.startsWith('#') || type === undefined || key === undefined) return undefined;
  if (mark !== undefined && mark !== '@revoked') return undefined;
  return matchesNames(names, name) ? { revoked: mark === '@revoked', type, key } : undefined;
}

function matchesNames(names: string, name: string): boolean {
  return names.startsWith('|') ? matchesHash(names, name) : matchesList(names.toLowerCase().split(','), name);
}

/** `|1|salt|hash`: HMAC-SHA1 of the name under the salt. */
function matchesHash(names: string, name: string): boolean {
  const [, version, salt = '', hash] = names.split('|');
  return version === '1' && createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64') === hash;
}
