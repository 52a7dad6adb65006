// What people write who come from Jinja, and the line to write instead.

interface Habit {
  /** Matched against what stands between the braces. */
  readonly pattern: RegExp;
  readonly write: (...parts: string[]) => string;
}

const INFIX: Readonly<Record<string, string>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'div',
  '%': 'mod',
  '~': 'concat',
  '==': 'eq',
  '!=': 'ne',
  '<': 'lt',
  '<=': 'lte',
  '>': 'gt',
  '>=': 'gte',
  and: 'and',
  or: 'or',
};

const FILTERS: Readonly<Record<string, string>> = {
  to_json: 'json',
  tojson: 'json',
  to_nice_json: 'json',
  b64encode: 'b64encode',
  count: 'length',
  d: 'default',
  regex_replace: 'replace',
  hash: 'sha256',
  list: 'values',
};

/** The first that matches is the advice; names in brackets are turned into paths everywhere. */
const HABITS: readonly Habit[] = [
  { pattern: /^(.+?) is (not )?defined$/, write: (name, not) => (not ? `not (has ${path(name)})` : `has ${path(name)}`) },
  { pattern: /^(.+?) is (?:undefined)$/, write: name => `not (has ${path(name)})` },
  {
    pattern: /^(.+?) if (.+?) else (.+)$/,
    write: (yes, condition, no) => `ternary ${argument(condition)} ${argument(yes)} ${argument(no)}`,
  },
  {
    pattern: /^([^|\s]+)\s*\|\s*(\w+)\s*(?:\((.*)\))?$/,
    write: (name, filter, args) => [helperName(filter), argument(name), ...split(args)].join(' '),
  },
  { pattern: /^not\s+(\S+)$/, write: name => `not ${argument(name)}` },
  { pattern: /^(\S+) not in (\S+)$/, write: (item, list) => `not (contains ${argument(list)} ${argument(item)})` },
  { pattern: /^(\S+) in (\S+)$/, write: (item, list) => `contains ${argument(list)} ${argument(item)}` },
  {
    pattern: /^(\S+?)\s*(==|!=|<=|>=|<|>|\+|\*|%|~| - | \/ |\band\b|\bor\b)\s*(\S+)$/,
    write: (left, sign, right) => `${INFIX[sign.trim()] ?? sign} ${argument(left)} ${argument(right)}`,
  },
  { pattern: /^[\w.-]+(?:\[[^\]]+\]|\.\d+)[\w.[\]'"-]*$/, write: (...all) => path(all.at(-1) ?? '') },
];

/** Jinja's own tags, which Handlebars takes for text: `{% if x %}`. */
const TAG = /\{%[-+]?\s*(if|elif|else|endif|for|endfor|set|block|endblock|include|import|macro|endmacro|raw|endraw)\b([^%]*)%\}/;

const TAGS: Readonly<Record<string, string>> = {
  if: '{{#if name}}',
  elif: '{{else if name}}',
  else: '{{else}}',
  endif: '{{/if}}',
  for: '{{#each list as |item|}}',
  endfor: '{{/each}}',
};

/** The line to write instead of what stands between two braces; undefined when it is no habit of Jinja's. */
export function habitAdvice(inner: string): string | undefined {
  const text = inner.trim();
  const [, head, subject] = /^#?(if|unless|each|with|else if)\s+(.+)$/.exec(text) ?? [];
  const instead = rewrite(subject ?? text);
  if (instead === undefined) return undefined;
  if (head === undefined) return `write {{${instead}}}`;
  return `write {{${head.startsWith('else') ? '' : '#'}${head} ${instead.includes(' ') ? `(${instead})` : instead}}}`;
}

function rewrite(text: string): string | undefined {
  for (const { pattern, write } of HABITS) {
    const match = pattern.exec(text);
    if (match) return write(...match.slice(1), text);
  }
  return undefined;
}

/** The first Jinja tag in a template. */
export function findJinjaTag(text: string): { readonly offset: number; readonly what: string; readonly advice: string } | undefined {
  const match = TAG.exec(text);
  if (!match) return undefined;
  const instead = TAGS[match[1] ?? ''];
  return {
    offset: match.index,
    what: `{% ${match[1] ?? ''} %} is Jinja, templates are Handlebars`,
    advice: instead === undefined ? 'write it with {{#if}}, {{#each}} or {{#with}}' : `write ${instead}`,
  };
}

function helperName(filter: string): string {
  return FILTERS[filter] ?? filter;
}

/** `hostvars['n1'].ports[0]` as a path: `hostvars.[n1].ports.[0]`. */
function path(text: string): string {
  return text.replaceAll(/\[\s*['"]?([^\]'"]+)['"]?\s*\]/g, '.[$1]').replaceAll(/\.(-?\d+)(?=\.|$)/g, '.[$1]');
}

function argument(text: string): string {
  const bare = text.trim();
  if (/^'[^']*'$/.test(bare)) return `"${bare.slice(1, -1)}"`;
  return /^["'\d]/.test(bare) ? bare : path(bare);
}

/** The arguments of a filter; a comma inside a quote is no separator. */
function split(args: string | undefined): readonly string[] {
  return args === undefined ? [] : (args.match(/"[^"]*"|'[^']*'|[^,\s]+/g) ?? []).map(argument);
}
