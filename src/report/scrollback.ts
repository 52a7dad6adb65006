// The place above a live tree: text put here stays on the terminal, and the frame beneath it is drawn again.
import type { Sink } from './reporter.ts';

/** What log-update writes before a frame: it erases the last one, line by line upwards. */
const ERASING = /^(?:\u001b\[2K|\u001b\[1A)+\u001b\[G/;
/** Hides or shows the cursor. */
const CURSOR = /^\u001b\[\?25[hl]$/;

/** A terminal in two parts: lines that stay above, one frame beneath. */
export interface Scrollback {
  /** For text that stays. */
  readonly above: Sink;
  /** For listr2: the part of a terminal's stream that it uses. */
  readonly stream: NodeJS.WriteStream;
  /** Takes the frame off the terminal, and keeps back what is written until what it gives is called. */
  hold(): () => void;
}

/** Splits a terminal. */
export function splitTerminal(terminal: Sink): Scrollback {
  let frame = '';
  let held: { text: string; readonly written: (() => void)[] } | undefined;
  const above: Sink = {
    write(text, written) {
      if (held) {
        held.text += text;
        if (written) held.written.push(written);
        return;
      }
      terminal.write(`${eraseLines(frame)}${text}${frame}`, written);
    },
    on: (event, listener) => terminal.on?.(event, listener),
  };
  const stream = {
    isTTY: true,
    columns: terminal.columns ?? 80,
    rows: terminal.rows ?? 24,
    write(chunk: string): boolean {
      const erased = ERASING.exec(chunk)?.[0] ?? '';
      if (!CURSOR.test(chunk)) frame = chunk.slice(erased.length);
      if (!held) terminal.write(chunk);
      return true;
    },
  };
  // listr2 asks for a whole stream and uses these four parts of it.
  return {
    above,
    stream: stream as unknown as NodeJS.WriteStream,
    hold() {
      const mine = { text: '', written: [] };
      held = mine;
      terminal.write(eraseLines(frame));
      return () => {
        const { text, written }: NonNullable<typeof held> = mine;
        held = undefined;
        terminal.write(`${text}${frame}`, () => written.forEach(done => done()));
      };
    },
  };
}

/** Takes a frame off the terminal; the cursor stands at its end. */
function eraseLines(frame: string): string {
  if (frame === '') return '';
  return `${'\u001b[2K\u001b[1A'.repeat(frame.split('\n').length - 1)}\u001b[2K\u001b[G`;
}
