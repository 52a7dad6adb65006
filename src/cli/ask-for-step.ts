// `--step`: a person is asked before each task whether it is done, left out, or all that follow are done without asking.
import { InputError } from '../errors/errors.ts';
import type { TaskRef } from '../report/events.ts';
import { Gate } from '../util/gate.ts';
import { askTerminal, Interrupted } from './ask-terminal.ts';

/** Says whether a task is done. */
export type AskStep = (task: TaskRef) => Promise<boolean>;

/** Asks at the terminal. @param hold has the output wait while a person answers, and gives what lets it go on */
export function stepAtTerminal(hold: () => (() => void) | undefined): AskStep {
  let isOver = false;
  // Hosts that go by themselves ask one after the other.
  const gate = new Gate(1);
  const ask = async (task: TaskRef): Promise<boolean> => {
    if (isOver) return true;
    const release = hold();
    try {
      const answer = (await askTerminal(questionFor(task), { isShown: true })).trim().toLowerCase();
      isOver = answer.startsWith('c');
      return isOver || answer.startsWith('y');
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      // The terminal hands Ctrl-C over as a letter while it asks: here it is what it is anywhere else.
      process.kill(process.pid, 'SIGINT');
      return false;
    } finally {
      release?.();
    }
  };
  return task => gate.pass(() => ask(task));
}

/** @throws InputError where nobody can be asked */
export function needTerminal(): void {
  if (!process.stdin.isTTY)
    throw new InputError([
      { what: '--step asks before each task, and there is no terminal to ask on', advice: 'leave it out, or look first with --check' },
    ]);
}

function questionFor({ name, role, handler }: TaskRef): string {
  const what = handler ? 'the handler' : 'the task';
  return `do ${what} "${role === undefined ? '' : `${role} : `}${name}"? (n)o, (y)es, (c)ontinue without asking: `;
}
