// What the kinds of strings demand of the text itself; everything else about a kind is done when the Program is compiled.
import type { StringKind } from './schema.ts';

const ALWAYS = (): boolean => true;

/** Whether a text can be of a kind. */
export const KIND_ACCEPTS: Readonly<Record<StringKind, (text: string) => boolean>> = Object.freeze({
  template: ALWAYS,
  file: ALWAYS,
  artifact: ALWAYS,
  download: ALWAYS,
  condition: ALWAYS,
  path: text => text.startsWith('/') && !text.includes('\0'),
  mode: text => /^[0-7]{4}$/.test(text),
});

/** What a text of a kind must be, in words; kinds that accept everything have none. */
export const KIND_WORDS: Readonly<Record<StringKind, string>> = Object.freeze({
  template: 'the name of a template',
  file: 'the name of a file',
  artifact: 'a URL or a path',
  download: 'a URL or a path',
  condition: 'a condition',
  path: 'an absolute path',
  mode: 'four octal digits in quotes',
});

/** The four octal digits that were meant by `0644`, `644` or `0o644`; undefined when it could be anything. */
export function modeFrom(text: string): string | undefined {
  return /^0?o?([0-7]{1,4})$/.exec(text)?.[1]?.padStart(4, '0');
}
