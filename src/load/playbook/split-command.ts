// A command line as words, split before anything is rendered: what an expression gives is one argument and never a program.
import type { Position } from '../../errors/problem.ts';
import { placeOfOffset, placeWithin } from '../../expression/text-position.ts';
import { commandProblems } from '../messages/playbook.ts';
import type { Report } from '../report.ts';

export interface CommandWord {
  readonly text: string;
  readonly at: Position;
}

/** What only a shell understands, when it stands as a word of its own and unquoted. */
const SHELL_WORD = /^(\|\|?|&&?|;|\d?>>?.*|<.*|.*;|`.*|\$[A-Za-z_({].*)$/s;

/**
 * Splits a command line as sh would, without doing anything else that sh does: blanks part words, quotes and backslashes join
 * them, `{{ }}` is kept in one piece (a block with all that is inside it). Shell syntax is reported.
 */
export function splitCommand(text: string, at: Position, report: Report): readonly CommandWord[] {
  const place = (offset: number): Position => placeWithin(at, placeOfOffset(text, offset)) ?? at;
  const words: CommandWord[] = [];
  let offset = 0;
  while (offset < text.length) {
    if (/\s/.test(text.charAt(offset))) {
      offset++;
      continue;
    }
    const word = takeWord(text, offset);
    const start = place(offset);
    if (word.open !== undefined) {
      const where = place(word.open);
      const mark = text.charAt(word.open);
      report(mark === '{' ? commandProblems['open-expression'](where) : commandProblems['open-quote'](where, mark));
      return words;
    }
    if (word.bare && SHELL_WORD.test(word.text)) report(commandProblems.shell(start, word.text));
    words.push(Object.freeze({ text: word.text, at: start }));
    offset = word.end;
  }
  return words;
}

interface Taken {
  readonly text: string;
  readonly end: number;
  /** Whether nothing of it was quoted. */
  readonly bare: boolean;
  /** Where something begins that never ends. */
  readonly open?: number;
}

function takeWord(text: string, start: number): Taken {
  let taken: Taken = { text: '', end: start, bare: true };
  while (taken.open === undefined && taken.end < text.length && !/\s/.test(text.charAt(taken.end))) {
    const piece = takePiece(text, taken.end);
    taken = { ...piece, text: taken.text + piece.text, bare: taken.bare && piece.bare };
  }
  return taken;
}

/** What stands for itself. */
const PLAIN = /[^\s'"\\{]+/y;

function takePiece(text: string, start: number): Taken {
  PLAIN.lastIndex = start;
  const [plain] = PLAIN.exec(text) ?? [];
  if (plain !== undefined) return { text: plain, end: start + plain.length, bare: true };
  const mark = text.charAt(start);
  if (text.startsWith('{{', start)) return takeExpression(text, start);
  if (mark === "'") {
    const end = text.indexOf("'", start + 1);
    return end < 0 ? unclosed(start) : { text: text.slice(start + 1, end), end: end + 1, bare: false };
  }
  if (mark === '"') return takeDoubleQuoted(text, start);
  if (mark === '\\' && start + 1 < text.length) return { text: text.charAt(start + 1), end: start + 2, bare: false };
  return { text: mark, end: start + 1, bare: true };
}

function takeDoubleQuoted(text: string, start: number): Taken {
  let inside = '';
  for (let offset = start + 1; offset < text.length;) {
    const mark = text.charAt(offset);
    if (mark === '"') return { text: inside, end: offset + 1, bare: false };
    const escaped = /^\\[\\"$`]/.test(text.slice(offset, offset + 2));
    const piece: Taken = text.startsWith('{{', offset)
      ? takeExpression(text, offset)
      : { text: text.charAt(escaped ? offset + 1 : offset), end: offset + (escaped ? 2 : 1), bare: false };
    if (piece.open !== undefined) return piece;
    inside += piece.text;
    offset = piece.end;
  }
  return unclosed(start);
}

/** From `{{` to its end; from `{{#…}}` to the `{{/…}}` that closes it. */
function takeExpression(text: string, start: number): Taken {
  let depth = 0;
  let offset = start;
  do {
    const next = text.indexOf('{{', offset);
    if (next < 0) return unclosed(start);
    const close = text.startsWith('{{{', next) ? '}}}' : '}}';
    const end = text.indexOf(close, next);
    if (end < 0) return unclosed(next);
    const sign = /^\{\{~?([#/]?)/.exec(text.slice(next, next + 4))?.[1];
    if (sign === '#') depth++;
    if (sign === '/') depth--;
    offset = end + close.length;
  } while (depth > 0);
  return { text: text.slice(start, offset), end: offset, bare: false };
}

function unclosed(open: number): Taken {
  return { text: '', end: open, bare: false, open };
}
