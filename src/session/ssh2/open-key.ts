// The text of a private key to one that signs, in every format that is about: OpenSSH, PEM, PKCS 8, PuTTY 2.
import { createPrivateKey } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import ssh2, { type ParsedKey } from 'ssh2';
import type { Secret } from '../../util/secret.ts';

/** `locked`: it has no passphrase, or a wrong one. */
export type OpenedKey =
  { readonly kind: 'open'; readonly key: ParsedKey } | { readonly kind: 'locked' } | { readonly kind: 'foreign'; readonly advice: string };

const REWRITE = 'write it anew with "ssh-keygen -p -f FILE"';
const PUTTY = 'write it anew with "puttygen FILE -O private-openssh -o NEW"';

/** Deriving the key of a passphrase is slow on purpose: done once for all hosts. */
const opened = new WeakMap<Secret, { readonly text: string; readonly result: OpenedKey }>();

/** Opens a key; the advice about one that cannot be calls the file `FILE`. */
export function openKey(text: string, passphrase?: Secret): OpenedKey {
  const known = passphrase && opened.get(passphrase);
  if (known?.text === text) return known.result;
  // A run that has just begun leaves optimizing for later, which makes this ten times slower than it has to be.
  if (passphrase) setFlagsFromString('--opt');
  const result = open(text, passphrase?.reveal());
  if (passphrase) opened.set(passphrase, { text, result });
  return result;
}

function open(text: string, passphrase: string | undefined): OpenedKey {
  const readable = /^-----BEGIN (?:ENCRYPTED )?PRIVATE KEY-----/m.test(text) ? fromPkcs8(text, passphrase) : text;
  if (readable === undefined) return { kind: 'locked' };
  const parsed = ssh2.utils.parseKey(readable, passphrase);
  if (!(parsed instanceof Error) && parsed.isPrivateKey()) return { kind: 'open', key: parsed };
  if (parsed instanceof Error && /passphrase/i.test(parsed.message)) return { kind: 'locked' };
  return { kind: 'foreign', advice: text.startsWith('PuTTY') ? PUTTY : REWRITE };
}

/** PKCS 8 in the older words for the same key. @returns undefined where the passphrase is wrong; the text itself for other kinds of keys */
function fromPkcs8(text: string, passphrase: string | undefined): string | undefined {
  try {
    const key = createPrivateKey({ key: text, ...(passphrase !== undefined && { passphrase }) });
    if (key.asymmetricKeyType === 'rsa') return key.export({ type: 'pkcs1', format: 'pem' }).toString();
    if (key.asymmetricKeyType === 'ec') return key.export({ type: 'sec1', format: 'pem' }).toString();
    return text;
  } catch {
    return /^-----BEGIN ENCRYPTED/m.test(text) ? undefined : text;
  }
}
