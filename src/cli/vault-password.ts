// The vault password, from the file that the command line names.
import { readFileSync, statSync } from 'node:fs';
import { InputError } from '../errors/errors.ts';

/** @returns undefined when no file was named @throws InputError for a file that gives no password */
export function readVaultPassword(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  const password = readPassword(file);
  if (password === '') throw new InputError([{ what: `${file} is empty`, advice: 'write the vault password into its first line' }]);
  return password;
}

function readPassword(file: string): string {
  try {
    if ((statSync(file).mode & 0o111) !== 0)
      throw new InputError([
        {
          what: `${file} is a program, and password programs are not run`,
          advice: 'name a file that holds the password: chmod -x, if it does',
        },
      ]);
    return readFileSync(file, 'utf8').split(/\r?\n/)[0] ?? '';
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError([
      {
        what: `the vault password file ${file} cannot be read`,
        got: error instanceof Error ? error.message : String(error),
        advice: 'name one that can',
      },
    ]);
  }
}
