// The passphrases of encrypted keys, from whoever sits at the terminal: once a file, before anything connects.
import { InputError } from '../errors/errors.ts';
import { lockedKeys, type LockedKey } from '../session/ssh2/locked-keys.ts';
import type { ConnectionSpec } from '../session/types.ts';
import { secret, type Secret } from '../util/secret.ts';
import { askTerminal } from './ask-terminal.ts';

/** Passphrases by key file: of those hosts, and of any that were asked about before. */
export type Unlock = (specs: readonly ConnectionSpec[]) => Promise<ReadonlyMap<string, Secret>>;

const TRIES = 2;

/** Asks for what the agent does not have. Without a terminal such keys are left out, and the refusal of the login says so. */
export function passphraseAsker(): Unlock {
  const asked = new Map<string, Secret | undefined>();
  return async specs => {
    if (process.stdin.isTTY) {
      for (const key of await lockedKeys(specs)) if (!asked.has(key.file)) asked.set(key.file, await passphraseOf(key));
    }
    return new Map([...asked].flatMap(([file, passphrase]) => (passphrase === undefined ? [] : [[file, passphrase]])));
  };
}

/** @returns undefined when nothing was typed: the key is left out then. @throws InputError for one that is wrong twice */
async function passphraseOf({ file, text }: LockedKey): Promise<Secret | undefined> {
  const { openKey } = await import('../session/ssh2/open-key.ts');
  for (let left = TRIES; left > 0; left--) {
    const typed = await askTerminal(`passphrase of ${file} (empty: do without it): `, { isShown: false });
    if (typed === '') return undefined;
    const passphrase = secret(typed);
    if (openKey(text, passphrase).kind !== 'locked') return passphrase;
    if (left > 1) process.stderr.write(`that does not open ${file}, try once more\n`);
  }
  throw new InputError([{ what: `the passphrase of ${file} is wrong`, advice: `run it again, or load the key with "ssh-add ${file}"` }]);
}
