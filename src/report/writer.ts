// Lines onto a stream that may go away: a reader that leaves (`| head`) must not end a run.
import type { Sink } from './reporter.ts';

/** Writes whole lines, and forgets them once the stream is broken. */
export interface Writer {
  line(text: string): void;
  /** Resolves when what was written has left, or never will. */
  flush(): Promise<void>;
}

/** A writer on a stream; listens to its errors so that nobody else has to. */
export function createWriter(stream: Sink): Writer {
  let isBroken = false;
  const breakOff = (): void => {
    isBroken = true;
  };
  stream.on?.('error', breakOff);
  const write = (text: string, written?: () => void): void => {
    if (isBroken) return written?.();
    try {
      stream.write(text, error => {
        if (error) breakOff();
        written?.();
      });
    } catch {
      breakOff();
      written?.();
    }
  };
  return {
    line: text => write(`${text}\n`),
    flush: () => new Promise(resolve => write('', resolve)),
  };
}
