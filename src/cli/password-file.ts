// A password in the first line of a file that the command line names.
import { readFileSync, statSync } from 'node:fs';
import { InputError } from '../errors/errors.ts';

/**
 * @param what it is for: `vault password`
 * @returns undefined when no file was named
 * @throws InputError for a file that gives no password
 */
export function readPasswordFile(file: string | undefined, what: string): string | undefined {
  if (file === undefined) return undefined;
  const password = firstLine(file, what);
  if (password === '') throw new InputError([{ what: `${file} is empty`, advice: `write the ${what} into its first line` }]);
  return password;
}

function firstLine(file: string, what: string): string {
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
        what: `the ${what} file ${file} cannot be read`,
        got: error instanceof Error ? error.message : String(error),
        advice: 'name one that can',
      },
    ]);
  }
}
