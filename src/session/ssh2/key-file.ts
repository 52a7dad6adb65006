// A private key file as it lies there: whether a passphrase locks it, and which public key belongs to it. Nothing is decrypted here.
import { readFileSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';

/** What is found under the name of a key file. */
export type KeyFile =
  | { readonly kind: 'absent' }
  /** Why it is not used, as `FILE is …`. */
  | { readonly kind: 'problem'; readonly words: string }
  | {
      readonly kind: 'found';
      /** Absent where only the public key is there: an agent may hold the other. */
      readonly text?: string;
      readonly isLocked: boolean;
      /** As it goes over the wire, where it can be read without a passphrase. */
      readonly publicKey?: Buffer;
    };

const READABLE_BY_OTHERS = 0o077;

/** Looks at a key file and the `.pub` beside it. */
export function readKeyFile(file: string): KeyFile {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') return { kind: 'problem', words: `${file} cannot be read (${code})` };
    const publicKey = publicKeyBeside(file);
    return publicKey === undefined ? { kind: 'absent' } : { kind: 'found', isLocked: false, publicKey };
  }
  const itself = publicKeyIn(text);
  if (itself) return { kind: 'found', isLocked: false, publicKey: itself };
  // OpenSSH does not use such a key either.
  const { mode, uid } = statSync(file);
  if (uid === userInfo().uid && (mode & READABLE_BY_OTHERS) !== 0)
    return { kind: 'problem', words: `${file} is open to others (mode ${(mode & 0o777).toString(8)}), run "chmod 600 ${file}"` };
  const inside = openSshParts(text);
  const publicKey = inside?.publicKey ?? puttyPublicKey(text) ?? publicKeyBeside(file);
  return { kind: 'found', text, isLocked: inside?.isLocked ?? LOCKED.test(text), ...(publicKey && { publicKey }) };
}

/** PEM, PKCS 8 and PuTTY say so in words. */
const LOCKED = /^Proc-Type: 4,ENCRYPTED|^-----BEGIN ENCRYPTED PRIVATE KEY-----|^Encryption: (?!none)/m;

/** The format of OpenSSH keeps the public key in the clear: magic, cipher, two strings about its key, a count, the public key. */
function openSshParts(text: string): { readonly isLocked: boolean; readonly publicKey: Buffer } | undefined {
  const body = /-----BEGIN OPENSSH PRIVATE KEY-----([^-]+)-----END/.exec(text)?.[1];
  if (body === undefined) return undefined;
  const bytes = Buffer.from(body, 'base64');
  let at = 'openssh-key-v1\0'.length;
  const next = (): Buffer => {
    const length = at + 4 <= bytes.length ? bytes.readUInt32BE(at) : 0;
    const part = bytes.subarray(at + 4, at + 4 + length);
    at += 4 + length;
    return part;
  };
  const cipher = next().toString();
  next();
  next();
  at += 4;
  return { isLocked: cipher !== 'none', publicKey: next() };
}

function puttyPublicKey(text: string): Buffer | undefined {
  const lines = /^Public-Lines: \d+\r?\n([\s\S]+?)^Private-Lines:/m.exec(text)?.[1];
  return lines === undefined ? undefined : Buffer.from(lines, 'base64');
}

function publicKeyBeside(file: string): Buffer | undefined {
  try {
    return publicKeyIn(readFileSync(`${file}.pub`, 'utf8'));
  } catch {
    return undefined;
  }
}

/** `TYPE BASE64 COMMENT` */
function publicKeyIn(text: string): Buffer | undefined {
  const base64 = /^(?:ssh|ecdsa|sk)-\S+ (AAAA\S+)/.exec(text)?.[1];
  return base64 === undefined ? undefined : Buffer.from(base64, 'base64');
}
