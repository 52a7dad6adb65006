// What dpkg is told to leave out when it unpacks: path-exclude and path-include of its configuration.

/** One rule; of those that match a path, the last one counts. */
export interface PathFilter {
  readonly excludes: boolean;
  /** As dpkg's shell pattern, where `*` goes over slashes too. */
  readonly pattern: RegExp;
}

/** The rules of lines such as `= exclude /usr/share/doc/*`, in order. */
export function readFilters(text: string): readonly PathFilter[] {
  return [...text.matchAll(/^= (exclude|include) (.+)$/gm)].map(([, rule, pattern = '']) => ({
    excludes: rule === 'exclude',
    pattern: toPattern(pattern),
  }));
}

/** Whether dpkg leaves a file out. A folder may still be made, for what is included below it. */
export function isExcluded(path: string, filters: readonly PathFilter[]): boolean {
  return filters.findLast(filter => filter.pattern.test(path))?.excludes ?? false;
}

function toPattern(text: string): RegExp {
  const parts = text.match(/\[[^\]]+\]|\\.|[^]/g) ?? [];
  const source = parts.map(part => {
    if (part === '*') return '[^]*';
    if (part === '?') return '[^]';
    if (part.length > 2) return `[${part.slice(1, -1).replace(/^!/, '^').replaceAll('\\', '\\\\')}]`;
    return part.at(-1)?.replace(/[.*+?^${}()|[\]\\/]/, '\\$&') ?? '';
  });
  return new RegExp(`^${source.join('')}$`);
}
