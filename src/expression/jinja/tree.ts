// What people write in Jinja, read: names and calls in the words of the helpers here, whatever Jinja calls them.

export type Operator = '&&' | '||' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%' | '~' | 'in';

export type Jinja =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'list'; readonly items: readonly Jinja[] }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [string, Jinja])[] }
  /** `dotted` is `a.b`, else `a['b']`. */
  | { readonly kind: 'key'; readonly of: Jinja; readonly key: Jinja; readonly dotted: boolean }
  /** A helper, its subject first. */
  | {
      readonly kind: 'call';
      readonly helper: string;
      readonly args: readonly Jinja[];
      readonly named: readonly (readonly [string, Jinja])[];
    }
  /** A method that conditions have and templates do not: `list.exists(x, …)`. */
  | { readonly kind: 'method'; readonly of: Jinja; readonly name: string; readonly args: readonly Jinja[] }
  | { readonly kind: 'both'; readonly sign: Operator; readonly left: Jinja; readonly right: Jinja }
  | { readonly kind: 'not'; readonly of: Jinja }
  | { readonly kind: 'minus'; readonly of: Jinja }
  | { readonly kind: 'choice'; readonly condition: Jinja; readonly yes: Jinja; readonly no: Jinja };

/** Thrown for what has no counterpart here, or is no Jinja: then there is no line to write instead. */
export class NoCounterpart extends Error {}

export function literal(value: string | number | boolean | null): Jinja {
  return { kind: 'literal', value };
}

export function call(helper: string, ...args: readonly Jinja[]): Jinja {
  return { kind: 'call', helper, args, named: [] };
}

export function textOf(node: Jinja | undefined): string | undefined {
  return node?.kind === 'literal' && typeof node.value === 'string' ? node.value : undefined;
}
