// What there is to read about one thing, whatever it is read on: the terminal, or a page of docs/reference.

/** Kinds of things in the order of the index, and what a list of them is headed with. */
export const KINDS = Object.freeze({
  module: 'Modules',
  role: 'Roles',
  keyword: 'Keywords of plays and tasks',
  helper: 'Helpers of templates and conditions',
  fact: 'Facts of a host',
});

export type Kind = keyof typeof KINDS;

export interface Page {
  readonly kind: Kind;
  readonly name: string;
  /** One sentence, or the beginning of one. */
  readonly summary: string;
  readonly sections: readonly Section[];
}

export type Section =
  | { readonly kind: 'rows'; readonly heading: string; readonly rows: readonly Row[] }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'example'; readonly title: string; readonly code: string; readonly language: 'yaml' | 'text' };

/** A name, and what is said of it. */
export type Row = readonly [name: string, text: string];
