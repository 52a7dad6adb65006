// Text of Jinja to its tree. What conditions here are written in is understood as well, as people mix the two.
import { called, filtered, method, ourPath, tested } from './words.ts';
import { type Jinja, literal, NoCounterpart, type Operator, textOf } from './tree.ts';

const TOKEN =
  /\s*(?:(\d+\.\d+|\d+)|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|([A-Za-z_]\w*)|(&&|\|\||==|!=|<=|>=|\/\/|[-+*/%~<>=!?:|.,()[\]{}]))/y;

const LITERALS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['none', null],
  ['None', null],
  ['null', null],
]);

type Token = { readonly kind: 'number' | 'text' | 'word' | 'sign'; readonly text: string };

/** By how tightly they bind, loosest first; words and signs to what they mean. */
const LEVELS: readonly Readonly<Record<string, Operator>>[] = [
  { or: '||', '||': '||' },
  { and: '&&', '&&': '&&' },
  { '==': '==', '=': '==', '!=': '!=', '<': '<', '<=': '<=', '>': '>', '>=': '>=', in: 'in' },
  { '+': '+', '-': '-', '~': '~' },
  { '*': '*', '/': '/', '//': '/', '%': '%' },
];

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  const end = text.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const match = TOKEN.exec(text);
    if (match === null) throw new NoCounterpart();
    const [, number, quoted, word, sign] = match;
    if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (quoted !== undefined) tokens.push({ kind: 'text', text: unquoted(quoted) });
    else tokens.push(word === undefined ? { kind: 'sign', text: sign ?? '' } : { kind: 'word', text: word });
  }
  return tokens;
}

function unquoted(text: string): string {
  return text.slice(1, -1).replaceAll(/\\(["'\\])/g, '$1');
}

class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): Jinja {
    const node = this.#choice();
    if (this.#at < this.#tokens.length) throw new NoCounterpart();
    return node;
  }

  #peek(): string {
    const token = this.#tokens[this.#at];
    return token === undefined || token.kind === 'text' ? '' : token.text;
  }

  #take(...texts: readonly string[]): boolean {
    if (!texts.includes(this.#peek())) return false;
    this.#at++;
    return true;
  }

  #demand(text: string): void {
    if (!this.#take(text)) throw new NoCounterpart();
  }

  #choice(): Jinja {
    const first = this.#operators(0);
    if (this.#take('if')) {
      const condition = this.#operators(0);
      return { kind: 'choice', condition, yes: first, no: this.#take('else') ? this.#choice() : literal('') };
    }
    if (!this.#take('?')) return first;
    const yes = this.#choice();
    this.#demand(':');
    return { kind: 'choice', condition: first, yes, no: this.#choice() };
  }

  #operators(level: number): Jinja {
    const signs = LEVELS[level];
    if (signs === undefined) return this.#unary();
    let left = level === 2 && this.#take('not') ? ({ kind: 'not', of: this.#operators(level) } as const) : this.#operators(level + 1);
    for (;;) {
      const negated = level === 2 && this.#peek() === 'not' && this.#tokens[this.#at + 1]?.text === 'in';
      if (negated) this.#at++;
      const sign = Object.hasOwn(signs, this.#peek()) ? signs[this.#peek()] : undefined;
      if (sign === undefined) return left;
      this.#at++;
      const both: Jinja = { kind: 'both', sign, left, right: this.#operators(level + 1) };
      left = negated ? { kind: 'not', of: both } : both;
    }
  }

  #unary(): Jinja {
    if (this.#take('!', 'not')) return { kind: 'not', of: this.#unary() };
    if (this.#take('-')) {
      const of = this.#unary();
      return of.kind === 'literal' && typeof of.value === 'number' ? literal(-of.value) : { kind: 'minus', of };
    }
    return this.#behind(this.#primary());
  }

  /** Keys, calls, filters and tests behind something. */
  #behind(start: Jinja): Jinja {
    let node = start;
    for (;;) {
      if (this.#take('.')) node = this.#dotted(node);
      else if (this.#take('[')) node = this.#subscript(node);
      else if (this.#take('|')) node = this.#filter(node);
      else if (this.#take('is')) node = this.#test(node);
      else return node;
    }
  }

  #dotted(of: Jinja): Jinja {
    const token = this.#next();
    if (token.kind === 'number' && !token.text.includes('.')) return { kind: 'key', of, key: literal(Number(token.text)), dotted: true };
    if (token.kind !== 'word') throw new NoCounterpart();
    return this.#take('(') ? method(of, token.text, this.#arguments().args) : { kind: 'key', of, key: literal(token.text), dotted: true };
  }

  #subscript(of: Jinja): Jinja {
    if (this.#peek() === ':') return this.#slice(of, literal(0));
    const key = this.#choice();
    if (this.#peek() === ':') return this.#slice(of, key);
    this.#demand(']');
    return { kind: 'key', of, key, dotted: false };
  }

  #slice(of: Jinja, from: Jinja): Jinja {
    this.#demand(':');
    const to = this.#peek() === ']' ? [] : [this.#choice()];
    this.#demand(']');
    return { kind: 'call', helper: 'slice', args: [of, from, ...to], named: [] };
  }

  #filter(subject: Jinja): Jinja {
    let name = this.#word();
    while (this.#take('.')) name += `.${this.#word()}`;
    const { args, named } = this.#take('(') ? this.#arguments() : { args: [], named: [] };
    return filtered(subject, name, args, named);
  }

  #test(subject: Jinja): Jinja {
    const negated = this.#take('not');
    const name = this.#word();
    const args = this.#take('(') ? this.#arguments().args : this.#bareArgument(name);
    const node = tested(subject, name, args);
    if (!negated) return node;
    if (node.kind === 'not') return node.of;
    return node.kind === 'both' && node.sign === '==' ? { ...node, sign: '!=' } : { kind: 'not', of: node };
  }

  /** `x is in list`, `x is search "a"`. */
  #bareArgument(name: string): readonly Jinja[] {
    if (name === 'in') return [this.#operators(3)];
    return this.#tokens[this.#at]?.kind === 'text' ? [this.#primary()] : [];
  }

  #primary(): Jinja {
    const token = this.#next();
    if (token.kind === 'number') return literal(Number(token.text));
    if (token.kind === 'text') return literal(token.text);
    if (token.kind === 'word') return this.#named(token.text);
    if (token.text === '(') {
      const inside = this.#choice();
      this.#demand(')');
      return inside;
    }
    if (token.text === '[') return { kind: 'list', items: this.#arguments(']').args };
    if (token.text === '{') return { kind: 'map', entries: this.#entries() };
    throw new NoCounterpart();
  }

  #named(word: string): Jinja {
    const value = LITERALS.get(word);
    if (value !== undefined) return literal(value);
    if (['and', 'or', 'in', 'is', 'if', 'else', 'not'].includes(word)) throw new NoCounterpart();
    if (!this.#take('(')) return { kind: 'name', name: word };
    const { args, named } = this.#arguments();
    return called(word, args, named);
  }

  #arguments(closing = ')'): { readonly args: readonly Jinja[]; readonly named: readonly (readonly [string, Jinja])[] } {
    const args: Jinja[] = [];
    const named: (readonly [string, Jinja])[] = [];
    while (!this.#take(closing)) {
      const [word, sign] = this.#tokens.slice(this.#at, this.#at + 2);
      if (word?.kind === 'word' && sign?.kind === 'sign' && sign.text === '=') {
        this.#at += 2;
        named.push([word.text, this.#choice()]);
      } else args.push(this.#choice());
      if (!this.#take(',') && this.#peek() !== closing) throw new NoCounterpart();
    }
    return { args, named };
  }

  #entries(): readonly (readonly [string, Jinja])[] {
    const entries: (readonly [string, Jinja])[] = [];
    while (!this.#take('}')) {
      const key = textOf(this.#primary());
      if (key === undefined) throw new NoCounterpart();
      this.#demand(':');
      entries.push([key, this.#choice()]);
      if (!this.#take(',') && this.#peek() !== '}') throw new NoCounterpart();
    }
    return entries;
  }

  #word(): string {
    const token = this.#next();
    if (token.kind !== 'word') throw new NoCounterpart();
    return token.text;
  }

  #next(): Token {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw new NoCounterpart();
    return token;
  }
}

/** The tree of an expression; undefined for what is no Jinja, or has no counterpart here. */
export function readJinja(text: string): Jinja | undefined {
  try {
    return new Reader(tokensOf(text)).whole();
  } catch (error) {
    if (error instanceof NoCounterpart) return undefined;
    throw error;
  }
}

/** A chain of keys that are written out: `hostvars['n1'].ports[0]`, in the names there are here. */
export function keysOf(node: Jinja): readonly string[] | undefined {
  const keys = chain(node);
  return keys === undefined ? undefined : (ourPath(keys) ?? keys);
}

function chain(node: Jinja): readonly string[] | undefined {
  if (node.kind === 'name') return [node.name];
  if (node.kind !== 'key' || node.key.kind !== 'literal') return undefined;
  const before = chain(node.of);
  return before === undefined ? undefined : [...before, String(node.key.value)];
}
