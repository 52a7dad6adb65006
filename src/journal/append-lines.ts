// Lines at the end of a new file, each there before the next thing is done.
import { closeSync, constants, openSync, writeSync } from 'node:fs';

const { O_WRONLY, O_APPEND, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;

/** A file that only grows. */
export interface LineFile {
  /** How many bytes it has taken. */
  readonly size: () => number;
  /** @throws Error when it is not written whole; the next one begins a line of its own all the same */
  write(line: string): void;
  close(): void;
}

/** Makes the file, for its owner's eyes. It is not waited for that a disk has it: what a killed process has written is there. @throws Error */
export function appendLines(path: string): LineFile {
  const descriptor = openSync(path, O_WRONLY | O_APPEND | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  let isTorn = false;
  let size = 0;
  return {
    size: () => size,
    write(line) {
      const text = isTorn ? `\n${line}\n` : `${line}\n`;
      isTorn = true;
      const written = writeSync(descriptor, text);
      size += written;
      if (written < Buffer.byteLength(text)) throw new Error('the disk took a part of it only');
      isTorn = false;
    },
    close: () => closeSync(descriptor),
  };
}
