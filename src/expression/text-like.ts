// What a text with expressions in it may come to: what is fixed of it has to fit, and each expression may be anything.

/** What stands between the expressions. */
export function fixedParts(text: string): readonly string[] {
  return text.split(/\{\{.*?\}\}/);
}

/** Matches whole texts that have these parts, in their order, with anything in between. */
export function patternLike(parts: readonly string[]): RegExp {
  const escaped = parts.map(part => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`));
  return new RegExp(`^${escaped.join('.*')}$`);
}
