// A tree of Jinja to what a condition is written in here: CEL.
import { inOurWords } from './textual.ts';
import { keysOf } from './read.ts';
import { type Jinja, NoCounterpart, type Operator } from './tree.ts';

/** How tightly signs bind. */
const TIGHT: Readonly<Record<Operator, number>> = {
  '||': 1,
  '&&': 2,
  '==': 3,
  '!=': 3,
  '<': 3,
  '<=': 3,
  '>': 3,
  '>=': 3,
  in: 3,
  '+': 4,
  '-': 4,
  '~': 9,
  '*': 5,
  '/': 5,
  '%': 5,
};
const CHOICE = 0;
const UNARY = 6;
const WHOLE = 9;

/** Functions that conditions have under another name. */
const RENAMED: Readonly<Record<string, string>> = { length: 'size' };

/** A condition. @throws NoCounterpart */
export function toCondition(node: Jinja): string {
  return write(node).text;
}

interface Written {
  readonly text: string;
  readonly tight: number;
}

function write(node: Jinja): Written {
  const keys = keysOf(node);
  if (keys !== undefined) {
    const [root = '', ...rest] = keys;
    return { text: root + rest.map(toKey).join(''), tight: WHOLE };
  }
  switch (node.kind) {
    case 'literal':
      return { text: JSON.stringify(node.value), tight: WHOLE };
    case 'list':
      return { text: `[${node.items.map(toCondition).join(', ')}]`, tight: WHOLE };
    case 'map':
      return { text: `{${node.entries.map(([key, value]) => `${JSON.stringify(key)}: ${toCondition(value)}`).join(', ')}}`, tight: WHOLE };
    case 'key':
      return {
        text: `${within(node.of, WHOLE)}${node.key.kind === 'literal' ? toKey(String(node.key.value)) : `[${toCondition(node.key)}]`}`,
        tight: WHOLE,
      };
    case 'call':
      return node.helper === 'ternary'
        ? writeTernary(node.args)
        : { text: `${RENAMED[node.helper] ?? node.helper}(${node.args.map(toCondition).join(', ')})`, tight: WHOLE };
    case 'method':
      return { text: `${within(node.of, WHOLE)}.${node.name}(${node.args.map(toCondition).join(', ')})`, tight: WHOLE };
    case 'both':
      return writeBoth(node);
    case 'not':
      return { text: `!${within(node.of, UNARY)}`, tight: UNARY };
    case 'minus':
      return { text: `-${within(node.of, UNARY)}`, tight: UNARY };
    case 'choice':
      return writeTernary([node.condition, node.yes, node.no]);
    case 'name':
      throw new NoCounterpart();
    default:
      return node satisfies never;
  }
}

function writeTernary(args: readonly Jinja[]): Written {
  const [condition, yes, no] = args;
  if (condition === undefined || yes === undefined || no === undefined) throw new NoCounterpart();
  return { text: `${within(condition, 1)} ? ${within(yes, 1)} : ${within(no, CHOICE)}`, tight: CHOICE };
}

function writeBoth({ sign, left, right }: Extract<Jinja, { kind: 'both' }>): Written {
  if (sign === '~') return { text: `concat(${toCondition(left)}, ${toCondition(right)})`, tight: WHOLE };
  const tight = TIGHT[sign];
  return { text: `${within(left, tight)} ${sign} ${within(inOurWords(left, right), tight + 1)}`, tight };
}

function within(node: Jinja, tight: number): string {
  const written = write(node);
  return written.tight < tight ? `(${written.text})` : written.text;
}

function toKey(key: string): string {
  if (/^[A-Za-z_]\w*$/.test(key)) return `.${key}`;
  return /^-?\d+$/.test(key) ? `[${key}]` : `[${JSON.stringify(key)}]`;
}
