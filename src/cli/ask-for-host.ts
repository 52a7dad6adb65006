// What a host asks at login, put to whoever sits at the terminal: one question at a time, while the report keeps still.
import type { Ask } from '../session/question.ts';
import { Gate } from '../util/gate.ts';
import { askTerminal, Interrupted } from './ask-terminal.ts';

/** @param hold keeps everything else off the terminal; what it gives ends that */
export function askerAtTerminal(hold: () => (() => void) | undefined): Ask {
  const gate = new Gate(1);
  return ({ host, text, isShown }) =>
    gate.pass(async () => {
      const release = hold();
      try {
        return await askTerminal(`${host} asks: ${text}`, { isShown });
      } catch (error) {
        if (!(error instanceof Interrupted)) throw error;
        // Typed into a terminal that hands on every letter, Ctrl-C is no signal by itself.
        process.kill(process.pid, 'SIGINT');
        return undefined;
      } finally {
        release?.();
      }
    });
}
