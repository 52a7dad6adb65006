// A line of an INI inventory as its words: blanks part, quotes hold together, and `#` outside of them begins a comment.

/** A word without its quotes, and where it begins in the line. */
export interface Word {
  readonly text: string;
  /** From 0. */
  readonly start: number;
}

/** The words; undefined when a quote is never closed. */
export function splitLine(line: string): readonly Word[] | undefined {
  const words: Word[] = [];
  let word: { text: string; readonly start: number } | undefined;
  let quote = '';
  for (let index = 0; index < line.length; index += 1) {
    const mark = line[index] ?? '';
    const next = line[index + 1] ?? '';
    if (quote === '' && mark === '#') break;
    if (quote === '' && /\s/.test(mark)) {
      if (word !== undefined) words.push(word);
      word = undefined;
      continue;
    }
    word ??= { text: '', start: index };
    if (quote === '' && (mark === '"' || mark === "'")) quote = mark;
    else if (mark === quote) quote = '';
    else if (mark === '\\' && quote !== "'" && next !== '' && (quote === '' || /["\\]/.test(next))) {
      word.text += next;
      index += 1;
    } else word.text += mark;
  }
  if (quote !== '') return undefined;
  return word === undefined ? words : [...words, word];
}
