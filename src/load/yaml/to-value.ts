// A YAML tree without its places: the plain value that schemas and variables work with.
import { deepFreeze } from '../../util/freeze.ts';
import type { Value } from '../../util/value.ts';
import type { YamlNode } from './node.ts';

/** The plain frozen value of a node. */
export function toValue(node: YamlNode): Value {
  return deepFreeze(plainValue(node));
}

/** The same for who looks at it and lets it go: nothing is frozen. */
export function plainValue(node: YamlNode): Value {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(plainValue);
    case 'map':
      return Object.fromEntries(node.entries.map(entry => [entry.key, plainValue(entry.value)]));
    default:
      return node satisfies never;
  }
}
