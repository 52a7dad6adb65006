// A value of an INI inventory as Ansible reads it: a literal of Python where it is one, else its own text.
import type { Position } from '../../errors/problem.ts';
import type { YamlEntry, YamlNode } from '../yaml/node.ts';

const NUMBER =
  /[+-]?(?:0[xX](?:_?[\da-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|(?:(?:\d(?:_?\d)*)?\.\d(?:_?\d)*|\d(?:_?\d)*\.?)(?:[eE][+-]?\d(?:_?\d)*)?)(?![\w.])/y;
const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ['True', true],
  ['False', false],
  ['None', null],
]);
const TEXT =
  /(?:[uUbB]|[bB]?([rR])[bB]?)?(?:'''((?:\\.|(?!''').)*)'''|"""((?:\\.|(?!""").)*)"""|'((?:\\.|[^'\\])*)'|"((?:\\.|[^"\\])*)")/sy;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v', '\n': '' };

/** What stands at a place, and where it ends. */
interface Parsed {
  readonly node: YamlNode;
  readonly end: number;
}

/** The node of a value: `7` is a number, `True` is true, `[1, 'a']` a list; what is no literal is text. */
export function pythonLiteral(text: string, at: Position): YamlNode {
  const first = valueAt(text, 0, at);
  if (first === undefined) return scalar(text, text, at);
  // Commas without brackets are a tuple too: `1,2`.
  const items = [first.node];
  let end = blanks(text, first.end);
  while (text[end] === ',') {
    const next = valueAt(text, blanks(text, end + 1), at);
    end = blanks(text, next?.end ?? end + 1);
    if (next === undefined) break;
    items.push(next.node);
  }
  if (end < text.length && text[end] !== '#') return scalar(text, text, at);
  return text.slice(first.end, end).includes(',') ? { kind: 'list', items, at } : first.node;
}

function valueAt(text: string, start: number, at: Position): Parsed | undefined {
  const here = blanks(text, start);
  const place = { ...at, column: at.column + here };
  const word = /(?:True|False|None)\b/y;
  word.lastIndex = here;
  const [found] = word.exec(text) ?? [];
  if (found !== undefined) return { node: scalar(WORDS.get(found) ?? null, found, place), end: here + found.length };
  const mark = text[here] ?? '';
  if (mark === '[' || mark === '(') return listAt(text, here, at, mark === '[' ? ']' : ')');
  if (mark === '{') return mapAt(text, here, at);
  return numberAt(text, here, place) ?? textAt(text, here, place);
}

function numberAt(text: string, start: number, at: Position): Parsed | undefined {
  NUMBER.lastIndex = start;
  const [written] = NUMBER.exec(text) ?? [];
  // Python refuses a zero before other digits, so that 0644 stays what it was written as.
  if (written === undefined || /^[+-]?0[\d_]*[1-9][\d_]*$/.test(written)) return undefined;
  const plain = written.replaceAll('_', '').replace(/^[+-]/, '');
  const value = Number(/^\d+$/.test(plain) ? plain.replace(/^0+(?=\d)/, '') : plain) * (written.startsWith('-') ? -1 : 1);
  // What a number here cannot hold exactly is kept as text.
  if (!Number.isFinite(value) || (/^\d+$|^0[xob]/i.test(plain) && !Number.isSafeInteger(value))) return undefined;
  return { node: scalar(value, written, at), end: start + written.length };
}

/** Texts one after another are one. */
function textAt(text: string, start: number, at: Position): Parsed | undefined {
  let end = start;
  let value = '';
  for (TEXT.lastIndex = start; ; TEXT.lastIndex = blanks(text, end)) {
    const match = TEXT.exec(text);
    if (match === null) break;
    const [whole, raw, ...inner] = match as readonly (string | undefined)[];
    const written = inner.find(part => part !== undefined) ?? '';
    value += raw === undefined ? unescape(written) : written;
    end = match.index + (whole ?? '').length;
  }
  return end === start ? undefined : { node: { ...scalar(value, value, { ...at, column: at.column + 1 }), style: 'quoted' }, end };
}

function unescape(text: string): string {
  const escape = /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{1,3})|(.))/gs;
  return text.replaceAll(escape, (whole: string, two?: string, four?: string, eight?: string, octal?: string, mark?: string) => {
    const code = two ?? four ?? eight;
    if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
    if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8));
    return ESCAPES[mark ?? ''] ?? (/['"\\]/.test(mark ?? '') ? (mark ?? '') : whole);
  });
}

function listAt(text: string, start: number, at: Position, close: string): Parsed | undefined {
  const items: YamlNode[] = [];
  let end = blanks(text, start + 1);
  let commas = 0;
  while (text[end] !== close) {
    const item = valueAt(text, end, at);
    if (item === undefined) return undefined;
    items.push(item.node);
    end = blanks(text, item.end);
    if (text[end] === ',') {
      commas += 1;
      end = blanks(text, end + 1);
    } else if (text[end] !== close) return undefined;
  }
  const [only] = items;
  // Round brackets around one value without a comma only hold it together.
  if (close === ')' && commas === 0 && only !== undefined) return { node: only, end: end + 1 };
  return { node: { kind: 'list', items, at: { ...at, column: at.column + start } }, end: end + 1 };
}

function mapAt(text: string, start: number, at: Position): Parsed | undefined {
  const entries = new Map<string, YamlEntry>();
  let end = blanks(text, start + 1);
  while (text[end] !== '}') {
    const key = valueAt(text, end, at);
    const colon = key === undefined ? 0 : blanks(text, key.end);
    if (key?.node.kind !== 'scalar' || text[colon] !== ':') return undefined;
    const item = valueAt(text, colon + 1, at);
    if (item === undefined) return undefined;
    entries.set(key.node.text, { key: key.node.text, keyAt: key.node.at, value: item.node });
    end = blanks(text, item.end);
    if (text[end] === ',') end = blanks(text, end + 1);
    else if (text[end] !== '}') return undefined;
  }
  return { node: { kind: 'map', entries: [...entries.values()], at: { ...at, column: at.column + start } }, end: end + 1 };
}

function scalar(value: string | number | boolean | null, text: string, at: Position): YamlNode & { readonly kind: 'scalar' } {
  return { kind: 'scalar', value, text, style: 'plain', at };
}

function blanks(text: string, start: number): number {
  let end = start;
  while (/[ \t]/.test(text[end] ?? '')) end += 1;
  return end;
}
