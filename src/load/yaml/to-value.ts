// A YAML tree without its places: the plain value that schemas and variables work with.
import { deepFreeze } from '../../util/freeze.ts';
import type { Value } from '../../util/value.ts';
import type { YamlNode } from './node.ts';

/** The plain frozen value of a node. */
export function toValue(node: YamlNode): Value {
  return deepFreeze(convert(node));
}

function convert(node: YamlNode): Value {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(convert);
    case 'map':
      return Object.fromEntries(node.entries.map(entry => [entry.key, convert(entry.value)]));
    default:
      return node satisfies never;
  }
}
