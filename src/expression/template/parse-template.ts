// Text to a template's tree, with everything that is wrong in it and can be known before any value is.
import { parse, parser } from 'handlebars/dist/cjs/handlebars/compiler/base.js';
import { type Fault, fault } from '../fault.ts';
import { remember } from '../memory.ts';
import { offsetOfPlace, placeOfOffset, type TextPlace } from '../text-position.ts';
import { inspectTree } from './inspect-tree.ts';
import { findJinjaTags, habitAdvice } from './jinja-habits.ts';
import { readNames } from './read-names.ts';
import type { ProgramNode } from './tree.ts';

export interface ParsedTemplate {
  readonly tree: ProgramNode;
  /** When there are any, the tree must not be evaluated. */
  readonly faults: readonly Fault[];
}

const NOTHING: ProgramNode = { type: 'Program', body: [] };

class SyntaxFault extends Error {
  readonly token: string | null;
  readonly place: TextPlace;

  constructor(token: string | null, place: TextPlace) {
    super('syntax');
    this.token = token;
    this.place = place;
  }
}

const refuse: typeof parser.parseError = (_message, about) => {
  const { first_line: line, first_column: column } = parser.lexer.yylloc;
  throw new SyntaxFault(about.token, { line, column });
};

/** The parser is loaded by the first text that needs it. @throws SyntaxFault; an Error of Handlebars with a place */
function parseByGrammar(text: string): ProgramNode {
  parser.parseError = refuse;
  return parse(text) as ProgramNode;
}

/** Whether a text has anything to evaluate; other texts are what they are. */
export function isTemplate(text: string): boolean {
  return text.includes('{{') || text.includes('{%') || text.includes('{#');
}

/** Parses a template; what is wrong comes back as faults. */
export const parseTemplate: (text: string) => ParsedTemplate = remember(text => {
  const jinja = findJinjaTags(text);
  if (jinja.length > 0)
    return { tree: NOTHING, faults: jinja.map(({ offset, what, advice }) => fault(placeOfOffset(text, offset), what, advice)) };
  try {
    const tree = readNames(text) ?? parseByGrammar(text);
    return { tree, faults: inspectTree(tree, text) };
  } catch (error) {
    return { tree: NOTHING, faults: [syntaxFault(error, text)] };
  }
});

function syntaxFault(error: unknown, text: string): Fault {
  if (error instanceof SyntaxFault) return tokenFault(error, text);
  if (!(error instanceof Error) || !('lineNumber' in error) || !('column' in error)) throw error;
  const place = { line: Number(error.lineNumber), column: Number(error.column) };
  const mismatch = /^(\S+) doesn't match (\S+)/.exec(error.message);
  if (mismatch)
    return fault(place, `{{#${mismatch[1] ?? ''}}} is closed by {{/${mismatch[2] ?? ''}}}`, `close it with {{/${mismatch[1] ?? ''}}}`);
  return fault(
    place,
    `the path ${/^Invalid path: (\S+)/.exec(error.message)?.[1] ?? ''} cannot be followed`,
    'write ../ and this at the beginning of a path only',
  );
}

function tokenFault({ token, place }: SyntaxFault, text: string): Fault {
  const offset = offsetOfPlace(text, place);
  const opened = text.lastIndexOf('{{', offset);
  const closed = opened < 0 ? -1 : text.indexOf('}}', opened);
  if (token === 'EOF' && (opened < 0 || (closed >= 0 && closed < offset))) {
    const block = openBlock(text);
    if (block) return fault(placeOfOffset(text, block.offset), `{{#${block.name}}} is never closed`, `close it with {{/${block.name}}}`);
  }
  if (token === 'OPEN_ENDBLOCK') return fault(place, 'this closes a block that was not opened', 'remove it, or open the block with {{#…}}');
  if (token === 'INVERSE' || token === 'OPEN_INVERSE_CHAIN') return fault(place, '{{else}} stands outside a block');
  const nextOpened = text.indexOf('{{', opened + 2);
  if (closed < 0 || (nextOpened >= 0 && nextOpened < closed))
    return fault(placeOfOffset(text, Math.max(opened, 0)), 'a {{ is never closed', 'close it with }}');
  const inner = text
    .slice(opened, closed)
    .replace(/^\{\{\{?~?[#&]?/, '')
    .replace(/~$/, '');
  if (inner.trim() === '') return fault(place, 'there is nothing between {{ and }}', 'write the name of a variable');
  return fault(place, `{{${inner}}} is not a template expression`, habitAdvice(inner) ?? 'write {{ name }} or {{ helper argument … }}');
}

/** The innermost block that is open at the end. */
function openBlock(text: string): { readonly name: string; readonly offset: number } | undefined {
  const open: { name: string; offset: number }[] = [];
  for (const match of text.matchAll(/\{\{~?\s*([#^/])\s*([^\s}~]+)/g)) {
    if (match[1] === '/') open.pop();
    else open.push({ name: match[2] ?? '', offset: match.index });
  }
  return open.at(-1);
}
