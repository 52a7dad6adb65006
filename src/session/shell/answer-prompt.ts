// The question for a password by which another user is become: answered when it is asked, and once. Nothing else is written before the shell
// behind it is there.
import type { Secret } from '../../util/secret.ts';
import type { AskingWords } from './become-lines.ts';
import type { Channel } from '../types.ts';
import { LATE, within } from '../wait.ts';

/** How it ended; `wrong`: it asked again; `unanswered`: it asked, and nobody gave a password; `isAnswered`: the password was given before. */
export type AskEnd =
  | { readonly kind: 'inside' | 'wrong' | 'unanswered' }
  | { readonly kind: 'silent'; readonly words: string }
  | { readonly kind: 'ended'; readonly isAnswered: boolean; readonly status: number | undefined; readonly words: string };

/** Milliseconds until it has to be through: a wrong password is answered late on purpose. */
const PATIENCE = 30_000;

/** Milliseconds until it has to be over once it was given up. */
const ENDING = 2_000;

/** Characters of an output that are kept: a lecture is shorter. */
const MOST_WORDS = 65_536;

/** What su asks with in English: its prompt cannot be chosen. It stands at the beginning of a line, and nothing follows until it is answered. */
const SU_ASKS = /(?:^|\n)Password: ?$/;

/** Waits for the question, or for the shell where none is asked. A channel that is not inside is given up. */
export async function answerPrompt(
  channel: Channel,
  method: 'sudo' | 'su',
  words: AskingWords,
  password: Secret | undefined,
  patience: number = PATIENCE,
): Promise<AskEnd> {
  const { stdin, stdout, stderr, closed } = channel;
  let end: (how: AskEnd) => void = () => undefined;
  const ended = new Promise<AskEnd>(resolve => (end = resolve));
  let isAnswered = false;
  const onQuestion = (): void => {
    if (isAnswered) end({ kind: 'wrong' });
    else if (password === undefined) end({ kind: 'unanswered' });
    else {
      isAnswered = true;
      stdin.write(`${password.reveal()}\n`);
    }
  };
  const isQuestion = (text: string): boolean => (method === 'sudo' ? text.includes(words.prompt) : SU_ASKS.test(text));
  const heard = { stdout: new Listener(words.begin, isQuestion), stderr: new Listener(words.begin, isQuestion) };
  const onPrinted = (chunk: Buffer): void => {
    // BusyBox asks on standard output.
    if (heard.stdout.asks(chunk)) onQuestion();
    // What it says is all there is until it is written to.
    else if (heard.stdout.text.includes(`${words.inside}\n`)) end({ kind: 'inside' });
  };
  const onSaid = (chunk: Buffer): void => {
    if (heard.stderr.asks(chunk)) onQuestion();
  };
  stdin.on('error', () => undefined);
  stdout.on('data', onPrinted);
  stderr.on('data', onSaid);
  const said = (): string => heard.stderr.text.replaceAll(words.prompt, '').replace(/^Password: ?/gm, '');
  const over = (status?: number): void => end({ kind: 'ended', isAnswered, status, words: said() });
  closed.then(
    ({ status }) => over(status),
    () => over(),
  );
  const how = await within(ended, patience);
  stdout.off('data', onPrinted);
  stderr.off('data', onSaid);
  if (how !== LATE && how.kind === 'inside') return how;
  // Nothing more comes: whoever asked ends by itself, and has said in the host's logs what was wrong.
  stdin.end();
  for (const output of [stdout, stderr]) output.resume();
  if ((await within(closed, ENDING)) === LATE) channel.destroy();
  return how === LATE ? { kind: 'silent', words: said() } : how;
}

/** One output: what was said on it since it began, and whether that ends in a question. */
class Listener {
  /** Since the beginning; all that was said as long as that is not heard. */
  text = '';
  readonly #begin: string;
  readonly #isQuestion: (text: string) => boolean;
  #hasBegun = false;
  /** How much of the text was said by the last question. */
  #asked = 0;

  constructor(begin: string, isQuestion: (text: string) => boolean) {
    this.#begin = `${begin}\n`;
    this.#isQuestion = isQuestion;
  }

  /** Whether a question is put by what is heard. */
  asks(chunk: Buffer): boolean {
    this.text += chunk.toString();
    if (!this.#hasBegun) {
      const at = this.text.indexOf(this.#begin);
      if (at === -1) {
        this.#forget();
        return false;
      }
      this.#hasBegun = true;
      this.text = this.text.slice(at + this.#begin.length);
    }
    const asks = this.#isQuestion(this.text.slice(this.#asked));
    if (asks) this.#asked = this.text.length;
    this.#forget();
    return asks;
  }

  #forget(): void {
    if (this.text.length <= MOST_WORDS) return;
    const gone = this.text.length - MOST_WORDS / 2;
    this.text = this.text.slice(gone);
    this.#asked = Math.max(0, this.#asked - gone);
  }
}
