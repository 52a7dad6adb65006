// The keys a host shows: one of every type that it has, each by a connection that ends when it has shown it. Nobody logs in.
import type { Duplex } from 'node:stream';
import ssh2, { type ServerHostKeyAlgorithm } from 'ssh2';
import { explainConnectFailure, timedOut } from './ssh2-errors.ts';
import type { ConnectionSpec } from '../types.ts';
import { LATE, within } from '../wait.ts';

/** The signatures by which a type of key is asked for; that of an old host will do to see its key. */
const TYPES: readonly (readonly ServerHostKeyAlgorithm[])[] = [
  ['ssh-ed25519'],
  ['ecdsa-sha2-nistp256'],
  ['ecdsa-sha2-nistp384'],
  ['ecdsa-sha2-nistp521'],
  ['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'],
];

/**
 * Asks for one type after the other: servers turn away who comes often at once.
 * @param dial a connection to where the host's sshd listens
 * @throws UnreachableError
 */
export async function scanHostKeys(spec: ConnectionSpec, dial: () => Promise<Duplex>): Promise<readonly Buffer[]> {
  const keys: Buffer[] = [];
  for (const algorithms of TYPES) {
    const key = await shownKey(spec, algorithms, await dial());
    if (key) keys.push(key);
  }
  return keys;
}

/** @returns undefined where the host has no key of that type */
async function shownKey(spec: ConnectionSpec, algorithms: readonly ServerHostKeyAlgorithm[], socket: Duplex): Promise<Buffer | undefined> {
  const client = new ssh2.Client();
  const explain = (error: Error): Error => explainConnectFailure(spec, error, { tried: [], problems: [] });
  const shown = new Promise<Buffer | undefined>((resolve, reject) => {
    client.on('error', error => (/no matching host key/i.test(error.message) ? resolve(undefined) : reject(explain(error))));
    client.once('close', () => reject(explain(new Error('the server closed the connection'))));
    client.connect({
      sock: socket,
      username: spec.user,
      readyTimeout: 0,
      algorithms: { serverHostKey: [...algorithms], kex: OLD_TOO },
      hostVerifier: (key: Buffer) => {
        resolve(key);
        return false;
      },
    });
  });
  try {
    const key = await within(shown, spec.timeout);
    if (key === LATE) throw timedOut(spec);
    return key;
  } finally {
    client.destroy();
    socket.destroy();
  }
}

const OLD_TOO = {
  append: ['diffie-hellman-group14-sha1', 'diffie-hellman-group-exchange-sha1', 'diffie-hellman-group1-sha1'],
  prepend: [],
  remove: [],
} satisfies ssh2.AlgorithmList<ssh2.KexAlgorithm>;
