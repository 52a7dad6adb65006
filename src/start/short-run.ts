// V8 is set up for programs that run for long. A run with nothing to do is over before that pays, and its hosts' answers wait for it meanwhile.
import { statSync } from 'node:fs';

/** Does something with V8 as Node has set it up. */
export type AsUsual = <T>(use: () => T) => T;

/** What V8 does otherwise for a short run, and how it is set up else. */
const CHOICES: readonly { readonly short: string; readonly usual: string }[] = [
  // It optimizes what runs often, on threads of its own.
  { short: '--no-opt', usual: '--opt' },
  // It begins with room for a megabyte of new things and doubles that time and again, collecting what is none yet, then all of the memory.
  { short: '--semi-space-growth-factor=16', usual: '--semi-space-growth-factor=2' },
];

/** Milliseconds after which a run is no longer short. */
const SHORT = 1_000;

/** Bytes of a file that is read for so long that no run with it is short. */
const LARGE = 256 * 1024;

/**
 * Has V8 take this for a short run, for as long as it can be one.
 * @param words of the command line
 * @returns what code has to be loaded and kept through: what was compiled before is only good for the flags that it was made with, in Node's own
 * code as in ours
 */
export function beShort(words: readonly string[]): AsUsual {
  if (words.some(isLarge)) return use => use();
  // Not loaded before: the version is said without.
  const { setFlagsFromString } = process.getBuiltinModule('node:v8');
  let isShort = false;
  const turn = (short: boolean): void => {
    for (const choice of CHOICES) setFlagsFromString(short ? choice.short : choice.usual);
    isShort = short;
  };
  turn(true);
  setTimeout(() => turn(false), SHORT).unref();
  process.prependOnceListener('exit', () => turn(false));
  return use => {
    if (!isShort) return use();
    turn(false);
    try {
      return use();
    } finally {
      turn(true);
    }
  };
}

/** Whether a word names a large file. */
function isLarge(word: string): boolean {
  try {
    return (statSync(word, { throwIfNoEntry: false })?.size ?? 0) > LARGE;
  } catch {
    return false;
  }
}
