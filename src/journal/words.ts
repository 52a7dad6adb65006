// What a person calls a run.

/** The run that began last. */
export const LAST = 'last';

/** Whether a word can be the name of a run: `last`, or the first digits of an id. */
export function isRunWord(word: string): boolean {
  return word === LAST || /^[0-9a-f]{4,8}$/.test(word);
}
