// Reads lines of `NAME=value` as shells and os-release write them.

/** The assignments in order of first appearance: the first of a name counts. Quotes around a value are taken off. */
export function readAssignments(lines: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of lines) {
    const [, name, value = ''] = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/.exec(line.trim()) ?? [];
    if (name !== undefined && !found.has(name)) found.set(name, /^(["'])(.*)\1$/.exec(value)?.[2] ?? value);
  }
  return found;
}
