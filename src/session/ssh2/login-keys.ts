// The keys to log in with: those of the key files that exist and can be used, and words for those that cannot.
import type { ParsedKey } from 'ssh2';
import { readKeyFile } from './key-file.ts';
import { openKey } from './open-key.ts';
import type { ConnectionSpec } from '../types.ts';

/** A key file that exists. */
export interface LoginKey {
  readonly file: string;
  /** Ready to sign; absent where only an agent may be able to. */
  readonly key?: ParsedKey;
  /** As it goes over the wire, where that is known. */
  readonly publicKey?: Buffer;
  /** Why there is no `key`, as `FILE is encrypted, …`; counts if no agent has it either. */
  readonly problem?: string;
}

/** Reads the key files of a host in order; one that does not exist is passed over. */
export function readLoginKeys({ keyFiles, passphrases = {} }: Pick<ConnectionSpec, 'keyFiles' | 'passphrases'>): readonly LoginKey[] {
  return keyFiles.flatMap(file => readKey(file, passphrases[file]) ?? []);
}

function readKey(file: string, passphrase: NonNullable<ConnectionSpec['passphrases']>[string] | undefined): LoginKey | undefined {
  const found = readKeyFile(file);
  if (found.kind === 'absent') return undefined;
  if (found.kind === 'problem') return { file, problem: found.words };
  const { text, publicKey } = found;
  const known = { file, ...(publicKey && { publicKey }) };
  if (text === undefined) return { ...known, problem: `${file} is a public key, name the private one or load that into an agent` };
  const opened = openKey(text, passphrase);
  if (opened.kind === 'open') return { file, key: opened.key, publicKey: opened.key.getPublicSSH() };
  if (opened.kind === 'locked') return { ...known, problem: `${file} is encrypted, load it with "ssh-add ${file}"` };
  return { ...known, problem: `${file} is not a private key this can read, ${opened.advice.replace('FILE', file)}` };
}
