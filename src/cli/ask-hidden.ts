// A question on the terminal whose answer is not shown, and must not be empty.
import { InputError } from '../errors/errors.ts';
import { askTerminal } from './ask-terminal.ts';

/**
 * Asks once.
 * @param what is asked for, in words: `become password`
 * @param flag names a file instead
 * @throws InputError where there is no terminal, or nothing was typed
 */
export async function askHidden(what: string, flag: string): Promise<string> {
  if (!process.stdin.isTTY)
    throw new InputError([{ what: `there is no terminal to ask for the ${what} on`, advice: `name a file that holds it with ${flag}` }]);
  const answer = await askTerminal(`${what}: `, { isShown: false });
  if (answer === '') throw new InputError([{ what: `no ${what} was typed`, advice: 'run it again' }]);
  return answer;
}
