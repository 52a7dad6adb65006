// A question on the terminal whose answer is not shown.
import { EXIT, InputError, type ExitCode } from '../errors/errors.ts';

/** Ctrl-C instead of an answer. */
class Interrupted extends Error {
  readonly exitCode: ExitCode = EXIT.interrupted;
}

/**
 * Asks once.
 * @param what is asked for, in words: `become password`
 * @param flag names a file instead
 * @throws InputError where there is no terminal, or nothing was typed
 */
export async function askHidden(what: string, flag: string): Promise<string> {
  const { stdin, stderr } = process;
  if (!stdin.isTTY)
    throw new InputError([{ what: `there is no terminal to ask for the ${what} on`, advice: `name a file that holds it with ${flag}` }]);
  // Before the question: what is typed at once is not shown either.
  stdin.setRawMode(true);
  try {
    stderr.write(`${what}: `);
    const answer = await typed(stdin);
    if (answer === '') throw new InputError([{ what: `no ${what} was typed`, advice: 'run it again' }]);
    return answer;
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    stderr.write('\n');
  }
}

function typed(stdin: NodeJS.ReadStream): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const onData = (chunk: Buffer): void => {
      for (const letter of chunk.toString('utf8')) {
        if (letter === '\r' || letter === '\n') end(() => resolve(text));
        else if (letter === CTRL_C || letter === CTRL_D) end(() => reject(new Interrupted('interrupted, nothing was touched')));
        else if (letter === DELETE || letter === '\b') text = Array.from(text).slice(0, -1).join('');
        else if (letter === CTRL_U) text = '';
        else text += letter;
      }
    };
    const end = (settle: () => void): void => {
      stdin.off('data', onData);
      settle();
    };
    stdin.on('data', onData).resume();
  });
}

const CTRL_C = '\x03';
const CTRL_D = '\x04';
const CTRL_U = '\x15';
const DELETE = '\x7f';
