// Handlebars' own parser, without its compiler and runtime: a third of the load time.
declare module 'handlebars/dist/cjs/handlebars/compiler/base.js' {
  interface TokenLocation {
    readonly first_line: number;
    readonly first_column: number;
  }

  export const parser: {
    parseError: (message: string, about: { readonly text: string; readonly token: string | null; readonly line: number }) => never;
    readonly lexer: { readonly yylloc: TokenLocation };
  };

  export function parse(text: string): unknown;
}
