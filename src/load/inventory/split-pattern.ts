// A host pattern as its terms: what is added, what must hold too, what is left out.

export interface PatternTerm {
  readonly role: 'include' | 'intersect' | 'exclude';
  /** Without its `&` or `!`. */
  readonly text: string;
}

/** Splits at `,` and `:` outside brackets; empty parts are left out. After `~` round and curly brackets count as brackets too. */
export function splitPattern(pattern: string): readonly PatternTerm[] {
  const parts: string[] = [];
  let part = '';
  let depth = 0;
  for (const mark of pattern) {
    const isRegex = /^\s*[!&]?\s*~/.test(part);
    if (mark === '[' || (isRegex && (mark === '(' || mark === '{'))) depth++;
    if (mark === ']' || (isRegex && (mark === ')' || mark === '}'))) depth = Math.max(0, depth - 1);
    if (depth === 0 && (mark === ',' || mark === ':')) {
      parts.push(part);
      part = '';
    } else part += mark;
  }
  return [...parts, part].map(text => text.trim()).flatMap(text => (text === '' ? [] : [termOf(text)]));
}

/** The names that a pattern goes by, without their subscripts; one without anything to add starts from all hosts. */
export function namesOf(pattern: string): readonly { readonly name: string; readonly isWild: boolean }[] {
  const terms = splitPattern(pattern);
  const named = terms.map(({ text }) => text.replace(/^([^~].*)\[[-\d:]*\]$/, '$1'));
  const names = terms.some(({ role }) => role === 'include') ? named : ['all', ...named];
  return names.map(name => ({ name: name === '*' ? 'all' : name, isWild: isWild(name) }));
}

/** Whether a term stands for names that it does not say. */
export function isWild(text: string): boolean {
  return text.startsWith('~') || /[*?[]/.test(text);
}

function termOf(text: string): PatternTerm {
  if (text.startsWith('!')) return { role: 'exclude', text: text.slice(1).trim() };
  if (text.startsWith('&')) return { role: 'intersect', text: text.slice(1).trim() };
  return { role: 'include', text };
}
