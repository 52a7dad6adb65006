// Key pairs for tests that every reader takes.
import ssh2 from 'ssh2';

export interface TestKey {
  readonly private: string;
  /** `type base64`. */
  readonly line: string;
  /** The public key as it goes over the wire. */
  readonly blob: Buffer;
}

/** A new key pair. ssh2 writes one of some hundred in a way that neither it nor OpenSSH can read: those are thrown away. */
export function newKey(type: 'ed25519' | 'rsa' = 'ed25519'): TestKey {
  for (;;) {
    const pair = type === 'rsa' ? ssh2.utils.generateKeyPairSync('rsa', { bits: 2048 }) : ssh2.utils.generateKeyPairSync('ed25519');
    const line = pair.public.trim();
    const readable = [pair.private, line].every(text => !(ssh2.utils.parseKey(text) instanceof Error));
    if (readable) return { private: pair.private, line, blob: Buffer.from(line.split(' ')[1] ?? '', 'base64') };
  }
}
