// Key pairs for tests that every reader takes.
import ssh2 from 'ssh2';

export interface TestKey {
  readonly private: string;
  /** `type base64`. */
  readonly line: string;
  /** The public key as it goes over the wire. */
  readonly blob: Buffer;
}

/** A new key pair of another type. */
export function newKeyOf(type: 'rsa' | 'ecdsa'): TestKey {
  const pair =
    type === 'rsa' ? ssh2.utils.generateKeyPairSync('rsa', { bits: 2048 }) : ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 });
  const line = pair.public.trim();
  return { private: pair.private, line, blob: Buffer.from(line.split(' ')[1] ?? '', 'base64') };
}

/** A new ed25519 key pair. ssh2 writes one of some hundred in a way that neither it nor OpenSSH can read: those are thrown away. */
export function newKey(): TestKey {
  for (;;) {
    const pair = ssh2.utils.generateKeyPairSync('ed25519');
    const line = pair.public.trim();
    const readable = [pair.private, line].every(text => !(ssh2.utils.parseKey(text) instanceof Error));
    if (readable) return { private: pair.private, line, blob: Buffer.from(line.split(' ')[1] ?? '', 'base64') };
  }
}

/** The beginning of a private key as OpenSSH writes it, which says its type. No key is in it. */
export function privateKeyOfType(type: string): string {
  const text = (word: string): Buffer => Buffer.concat([Buffer.from([0, 0, 0, word.length]), Buffer.from(word)]);
  const body = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    ...['none', 'none', ''].map(text),
    Buffer.from([0, 0, 0, 1]),
    text(text(type).toString()),
  ]);
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${body.toString('base64')}\n-----END OPENSSH PRIVATE KEY-----\n`;
}
