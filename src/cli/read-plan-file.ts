// The text of a plan file.
import { readFileSync } from 'node:fs';
import { InputError } from '../errors/errors.ts';

/** @throws InputError when it cannot be read */
export function readPlanFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new InputError([
      {
        what: `the plan ${file} cannot be read`,
        got: error instanceof Error ? error.message : String(error),
        advice: 'name a file that tsplay plan -o has saved',
      },
    ]);
  }
}
