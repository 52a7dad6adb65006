// A tree of Jinja to what is written between {{ and }} here.
import { isTextual, inOurWords } from './textual.ts';
import { keysOf } from './read.ts';
import { type Jinja, NoCounterpart, type Operator } from './tree.ts';

const HELPER: Readonly<Record<Operator, string>> = {
  '&&': 'and',
  '||': 'or',
  '==': 'eq',
  '!=': 'ne',
  '<': 'lt',
  '<=': 'lte',
  '>': 'gt',
  '>=': 'gte',
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'div',
  '%': 'mod',
  '~': 'concat',
  in: 'contains',
};

/** Conditions have a function for these under another name; here they are the same. */
const RENAMED: Readonly<Record<string, string>> = { size: 'length' };

/** `upper name`, `name`, `eq a "b"`. @throws NoCounterpart */
export function toTemplate(node: Jinja): string {
  const path = toPath(node);
  if (path !== undefined) return path;
  switch (node.kind) {
    case 'literal':
      return quoted(node.value);
    case 'list':
      return ['list', ...node.items.map(toArgument)].join(' ');
    case 'map':
      return ['dict', ...node.entries.map(([key, value]) => `${identifier(key)}=${toArgument(value)}`)].join(' ');
    case 'key':
      return toLookup(node);
    case 'call':
      return [RENAMED[node.helper] ?? node.helper, ...node.args.map(toArgument)].join(' ');
    case 'both':
      return toBoth(node);
    case 'not':
      return `not ${toArgument(node.of)}`;
    case 'minus':
      return `sub 0 ${toArgument(node.of)}`;
    case 'choice':
      return `ternary ${toArgument(node.condition)} ${toArgument(node.yes)} ${toArgument(node.no)}`;
    case 'method':
    case 'name':
      throw new NoCounterpart();
    default:
      return node satisfies never;
  }
}

/** `hostvars[name].address`: one look-up with all keys behind what it begins with. */
function toLookup(node: Extract<Jinja, { kind: 'key' }>): string {
  const { of, key } = node;
  const before = of.kind === 'key' && toPath(of) === undefined ? toLookup(of) : `lookup ${toArgument(of)}`;
  return `${before} ${toArgument(key)}`;
}

function toBoth({ sign, left, right }: Extract<Jinja, { kind: 'both' }>): string {
  if (sign === 'in') return `contains ${toArgument(right)} ${toArgument(left)}`;
  const helper = sign === '+' && (isTextual(left) || isTextual(right)) ? 'concat' : HELPER[sign];
  return `${helper} ${toArgument(left)} ${toArgument(inOurWords(left, right))}`;
}

function toArgument(node: Jinja): string {
  const text = toTemplate(node);
  return node.kind === 'literal' || toPath(node) !== undefined ? text : `(${text})`;
}

/** `hostvars.[n1].ports.[0]`; what was in brackets stays in them. */
function toPath(node: Jinja): string | undefined {
  const keys = keysOf(node);
  if (keys === undefined) return undefined;
  const bracketed = bracketedKeys(node);
  const [root = '', ...rest] = keys;
  const shift = keys.length - (bracketed.length + 1);
  return root + rest.map((key, index) => (isPlain(key) && !(bracketed[index - shift] === key) ? `.${key}` : `.[${key}]`)).join('');
}

function bracketedKeys(node: Jinja): readonly (string | undefined)[] {
  if (node.kind !== 'key' || node.key.kind !== 'literal') return [];
  return [...bracketedKeys(node.of), node.dotted ? undefined : String(node.key.value)];
}

function isPlain(key: string): boolean {
  return /^[A-Za-z_]\w*$/.test(key);
}

function identifier(key: string): string {
  if (!isPlain(key)) throw new NoCounterpart();
  return key;
}

function quoted(value: string | number | boolean | null): string {
  if (typeof value !== 'string') return String(value);
  if (!value.includes('"')) return `"${value}"`;
  if (value.includes("'")) throw new NoCounterpart();
  return `'${value}'`;
}
