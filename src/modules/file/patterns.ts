// Regular expressions that authors write, in JavaScript's syntax.

/** What is wrong with one of them, in words; undefined when all can be used. */
export function patternProblem(...texts: readonly (string | undefined)[]): string | undefined {
  const broken = texts.find(text => text !== undefined && !isPattern(text));
  return broken === undefined
    ? undefined
    : `${JSON.stringify(broken)} is not a regular expression; escape what should stand for itself with \\`;
}

/** The pattern; undefined stays undefined. @throws SyntaxError for what {@link patternProblem} finds */
export function pattern(text: string | undefined): RegExp | undefined {
  return text === undefined ? undefined : new RegExp(text);
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}
