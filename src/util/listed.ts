// A list of names as a person says it.

/** `n1`, `n1 and n2`, `n1, n2 and n3`. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
