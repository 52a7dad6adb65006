// The keys to log in with: those of the key files that exist and can be used, and words for those that cannot.
import { readFileSync } from 'node:fs';
import ssh2, { type ParsedKey } from 'ssh2';

/** A private key ready to sign. */
export interface LoginKey {
  readonly file: string;
  readonly key: ParsedKey;
}

export interface LoginKeys {
  readonly usable: readonly LoginKey[];
  /** What is wrong with the others, as `FILE is encrypted, …`. */
  readonly problems: readonly string[];
}

/** Reads key files in order; one that does not exist is passed over. */
export function readLoginKeys(files: readonly string[]): LoginKeys {
  const usable: LoginKey[] = [];
  const problems: string[] = [];
  for (const file of files) {
    const found = readKey(file);
    if (typeof found === 'string') problems.push(found);
    else if (found) usable.push({ file, key: found });
  }
  return { usable, problems };
}

function readKey(file: string): ParsedKey | string | undefined {
  let text: Buffer;
  try {
    text = readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    return `${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`;
  }
  const parsed = ssh2.utils.parseKey(text);
  if (!(parsed instanceof Error)) return parsed.isPrivateKey() ? parsed : `${file} is a public key, name the private one`;
  if (/encrypted|passphrase/i.test(parsed.message)) return `${file} is encrypted, load it with "ssh-add ${file}"`;
  return `${file} is not a private key this can read`;
}
