// Shell wildcards for names: `*`, `?`, `[abc]`, `[!abc]`.

/** The regular expression of a wildcard; it matches whole names. A bracket that is never closed stands for itself. */
export function glob(text: string): RegExp {
  const parts = text.matchAll(/\[(!?)([^\]]+)\]|([*?])|([^*?])/gs);
  const source = [...parts].map(([, not, set, wild, plain]) => {
    if (set !== undefined) return `[${not === '!' ? '^' : ''}${set.replaceAll(/[\\^\]]/g, '\\$&')}]`;
    if (wild !== undefined) return wild === '*' ? '.*' : '.';
    return (plain ?? '').replaceAll(/[\\^$.|+(){}[\]]/g, '\\$&');
  });
  return new RegExp(`^${source.join('')}$`, 's');
}
