// Patterns of OpenSSH: `*` for any letters, `?` for one.

/** Whether a name fits a pattern; capitals are other letters. */
export function matchesPattern(pattern: string, name: string): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`).test(name);
}

/** Whether a list of patterns names it: any may match, none that begins with `!` may. */
export function matchesList(patterns: readonly string[], name: string): boolean {
  const excluded = patterns.some(pattern => pattern.startsWith('!') && matchesPattern(pattern.slice(1), name));
  return !excluded && patterns.some(pattern => !pattern.startsWith('!') && matchesPattern(pattern, name));
}
