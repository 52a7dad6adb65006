// Templates that are text and names of variables, as most are, to the tree that Handlebars makes of them: a grammar takes twenty times as long.
import type { TextPlace } from '../text-position.ts';
import type { ProgramNode, StatementNode } from './tree.ts';

/** Other characters mean something to Handlebars, or to how it counts lines. */
const STRANGE = /[\\\0\r\u2028\u2029]/;

/** `{{ name }}` and `{{ name.name }}`. A third brace is another kind of mustache. */
const NAMES = /\{\{(\s*)([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)\s*\}\}(?!\})/y;

/** Words that are no names. */
const WORD = /\b(?:else|false|null|this|true|undefined)\b/;

/** The tree of a template that holds nothing else; undefined where Handlebars has to look. */
export function readNames(text: string): ProgramNode | undefined {
  if (STRANGE.test(text)) return undefined;
  const body: StatementNode[] = [];
  let here: TextPlace = { line: 1, column: 0 };
  const pass = (passed: string): StatementNode['loc'] => {
    const start = here;
    const last = passed.lastIndexOf('\n');
    here =
      last === -1
        ? { line: start.line, column: start.column + passed.length }
        : { line: start.line + passed.split('\n').length - 1, column: passed.length - last - 1 };
    return { start, end: here };
  };
  for (let at = 0; at < text.length;) {
    const open = text.indexOf('{{', at);
    const value = text.slice(at, open === -1 ? undefined : open);
    if (value !== '') body.push({ type: 'ContentStatement', value, loc: pass(value) });
    if (open === -1) break;
    NAMES.lastIndex = open;
    const [mustache, space = '', original = ''] = NAMES.exec(text) ?? [];
    if (mustache === undefined || WORD.test(original)) return undefined;
    const { start } = pass(`{{${space}`);
    const loc = pass(original);
    const path = { type: 'PathExpression', data: false, depth: 0, parts: original.split('.'), original, loc } as const;
    const { end } = pass(mustache.slice(2 + space.length + original.length));
    body.push({ type: 'MustacheStatement', path, params: [], escaped: true, loc: { start, end } });
    at = open + mustache.length;
  }
  return { type: 'Program', body };
}
