// What people write in templates who come from Jinja, and the line to write instead.
import { insteadInTemplate } from '../jinja/instead.ts';

/** What the loop knows of itself, in Jinja's tags. */
const LOOP: Readonly<Record<string, string>> = {
  'loop.first': '@first',
  'loop.last': '@last',
  'loop.index0': '@index',
  'loop.index': '(add @index 1)',
};

/** Jinja's own tags and comments, which Handlebars takes for text. A comment's braces may be a shell's. */
const TAG = /\{%[-+]?\s*([a-z]+)\b([\s\S]*?)[-+]?%\}|(?<![{$])\{#-?(?=\s)([\s\S]*?)(?<=\s)-?#\}/g;

const WORDS: readonly string[] =
  'if elif else endif for endfor set endset block endblock extends include import from macro endmacro call raw endraw filter endfilter with endwith do break continue'.split(
    ' ',
  );

/** The line to write instead of what stands between two braces; undefined when it is no habit of Jinja's. */
export function habitAdvice(inner: string): string | undefined {
  const text = inner.trim().replace(/^-|-$/g, '');
  const [, head = '', subject = text] = /^#?(if|unless|each|with|else if)\s+(.+)$/.exec(text) ?? [];
  const instead = insteadInTemplate(subject);
  if (instead === undefined) return undefined;
  const line = head === '' ? instead : `${head.startsWith('else') ? '' : '#'}${head} ${asSubject(instead)}`;
  return line === text ? undefined : `write {{${line}}}`;
}

function asSubject(instead: string): string {
  return instead.includes(' ') && !instead.startsWith('(') ? `(${instead})` : instead;
}

export interface JinjaTag {
  readonly offset: number;
  readonly what: string;
  readonly advice: string;
}

/** Every tag and comment of Jinja's in a template, each with the line to write instead. */
export function findJinjaTags(text: string): readonly JinjaTag[] {
  return Array.from(text.matchAll(TAG)).flatMap(({ 0: whole, 1: word, 2: rest = '', 3: comment, index }) => {
    if (comment !== undefined)
      return [{ offset: index, what: '{# #} is Jinja, templates are Handlebars', advice: `write {{!${comment}}}` }];
    if (word === undefined || !WORDS.includes(word) || whole.includes('{{')) return [];
    return [{ offset: index, what: `{% ${word} %} is Jinja, templates are Handlebars`, advice: `write ${tagInstead(word, rest.trim())}` }];
  });
}

function tagInstead(word: string, rest: string): string {
  switch (word) {
    case 'if':
      return `{{#if ${subjectOf(rest)}}}`;
    case 'elif':
      return `{{else if ${subjectOf(rest)}}}`;
    case 'else':
      return '{{else}}';
    case 'endif':
      return '{{/if}}';
    case 'for':
      return forInstead(rest);
    case 'endfor':
      return '{{/each}}';
    case 'set': {
      const [, name = 'name', value = 'value'] = /^(\w+)\s*=\s*([\s\S]+)$/.exec(rest) ?? [];
      return `{{#with ${subjectOf(value)} as |${name}|}} … {{/with}} around what uses it, or give it in vars`;
    }
    case 'include': {
      const [, file = 'file.hbs'] = /^['"]([^'"]+)['"]/.exec(rest) ?? [];
      return `{{template "${file.replace(/\.j2$/, '.hbs')}"}}`;
    }
    default:
      return 'it with {{#if}}, {{#each}} or {{#with}}';
  }
}

/** `for x in list`, `for k, v in map.items()`, `for x in list if condition`. */
function forInstead(rest: string): string {
  const [, first = 'item', second, source = 'list'] = /^(\w+)\s*(?:,\s*(\w+)\s*)?in\s+([\s\S]+?)(?:\s+if\s+[\s\S]+)?$/.exec(rest) ?? [];
  const over = second === undefined ? source : source.replace(/\.items\(\)$|\s*\|\s*dictsort$/, '');
  return `{{#each ${subjectOf(over)} as |${second === undefined ? first : `${second} ${first}`}|}}`;
}

function subjectOf(text: string): string {
  const instead = insteadInTemplate(text) ?? 'name';
  return asSubject(
    Object.entries(LOOP).reduce((line, [from, to]) => line.replaceAll(new RegExp(`\\b${from.replace('.', '\\.')}\\b`, 'g'), to), instead),
  );
}
