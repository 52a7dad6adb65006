// sudo's question for a password: answered when it is asked, and once. Nothing else is written before the shell behind it is there.
import type { Secret } from '../util/secret.ts';
import type { SudoWords } from './shell-text.ts';
import type { Channel } from './types.ts';
import { LATE, within } from './wait.ts';

/** How it ended; `wrong`: it asked again; `isAnswered`: the password was given before. */
export type SudoEnd =
  | { readonly kind: 'inside' | 'wrong' | 'silent' }
  | { readonly kind: 'ended'; readonly isAnswered: boolean; readonly status: number | undefined; readonly words: string };

/** Milliseconds until sudo has to be through: a wrong password is answered late on purpose. */
const PATIENCE = 30_000;

/** Characters of what sudo says that are kept: a lecture is shorter. */
const MOST_WORDS = 65_536;

/** Waits for the question, or for the shell where none is asked. A channel that is not inside is given up. */
export async function answerSudo(
  channel: Channel,
  { prompt, inside }: SudoWords,
  password: Secret,
  patience: number = PATIENCE,
): Promise<SudoEnd> {
  const { stdin, stdout, stderr, closed } = channel;
  let printed = '';
  let said = '';
  let questions = 0;
  let forgotten = 0;
  let end: (how: SudoEnd) => void = () => undefined;
  const ended = new Promise<SudoEnd>(resolve => (end = resolve));
  const onPrinted = (chunk: Buffer): void => {
    printed = (printed + chunk.toString('latin1')).slice(-MOST_WORDS);
    // What it says is all there is until it is written to.
    if (printed.includes(`${inside}\n`)) end({ kind: 'inside' });
  };
  const onSaid = (chunk: Buffer): void => {
    said += chunk.toString();
    const asked = forgotten + countOf(prompt, said);
    if (asked > questions) {
      if (questions > 0) end({ kind: 'wrong' });
      else stdin.write(`${password.reveal()}\n`);
    }
    questions = asked;
    if (said.length <= MOST_WORDS) return;
    said = said.slice(-MOST_WORDS / 2);
    forgotten = asked - countOf(prompt, said);
  };
  const ignore = (): void => undefined;
  stdin.on('error', ignore);
  stdout.on('data', onPrinted);
  stderr.on('data', onSaid);
  const over = (status?: number): void => end({ kind: 'ended', isAnswered: questions > 0, status, words: said.replaceAll(prompt, '') });
  closed.then(
    ({ status }) => over(status),
    () => over(),
  );
  const how = await within(ended, patience);
  stdout.off('data', onPrinted);
  stderr.off('data', onSaid);
  if (how !== LATE && how.kind === 'inside') return how;
  channel.destroy();
  return how === LATE ? { kind: 'silent' } : how;
}

function countOf(word: string, text: string): number {
  return text.split(word).length - 1;
}
