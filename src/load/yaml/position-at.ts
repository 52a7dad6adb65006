// From a path inside a value (a schema error, say) back to the line that a person wrote.
import type { Position } from '../../errors/problem.ts';
import { getEntry, type YamlNode } from './node.ts';

export type Path = readonly (string | number)[];

/**
 * Where the value at a path begins, or with `key: true` where its key stands. A path that leads further than the tree
 * gives the nearest place above it: what is missing is reported on the map that lacks it.
 */
export function positionAt(node: YamlNode, path: Path, options: { readonly key?: boolean } = {}): Position {
  let current = node;
  let at = node.at;
  for (const step of path) {
    const entry = getEntry(current, String(step));
    const item = current.kind === 'list' ? current.items[Number(step)] : entry?.value;
    if (item === undefined) break;
    at = options.key === true && entry !== undefined ? entry.keyAt : item.at;
    current = item;
  }
  return at;
}

/** The path of a JSON pointer such as ajv's `instancePath`: `/hosts/0/~1data` is `hosts`, `0`, `/data`. */
export function pathOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}
