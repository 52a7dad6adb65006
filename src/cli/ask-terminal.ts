// A question on the terminal, answered with a line.
import { EXIT, type ExitCode } from '../errors/errors.ts';

/** Ctrl-C instead of an answer. */
export class Interrupted extends Error {
  readonly exitCode: ExitCode = EXIT.interrupted;
}

/** Asks once; the answer may be empty. @throws Interrupted */
export async function askTerminal(question: string, { isShown }: { readonly isShown: boolean }): Promise<string> {
  const { stdin, stderr } = process;
  // Before the question: what is typed at once is not shown either.
  stdin.setRawMode(true);
  try {
    stderr.write(question);
    return await typed(stdin, text => (isShown ? stderr.write(text) : undefined));
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    stderr.write('\n');
  }
}

function typed(stdin: NodeJS.ReadStream, show: (text: string) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    let letters: string[] = [];
    const erase = (count: number): void => {
      show('\b \b'.repeat(Math.min(count, letters.length)));
      letters = letters.slice(0, Math.max(letters.length - count, 0));
    };
    const onData = (chunk: Buffer): void => {
      for (const letter of chunk.toString('utf8')) {
        if (letter === '\r' || letter === '\n') end(() => resolve(letters.join('')));
        else if (letter === CTRL_C || letter === CTRL_D) end(() => reject(new Interrupted('interrupted, nothing was touched')));
        else if (letter === DELETE || letter === '\b') erase(1);
        else if (letter === CTRL_U) erase(letters.length);
        else {
          letters.push(letter);
          show(letter);
        }
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
