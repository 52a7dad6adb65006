// A YAML tree as something a schema can be held against: its plain value, and the place of every part.
import type { Subject } from '../schema/subject.ts';
import { getEntry, type YamlNode } from './yaml/node.ts';
import { positionAt } from './yaml/position-at.ts';
import { plainValue } from './yaml/to-value.ts';

/** The subject of a node. */
export function subjectOf(node: YamlNode): Subject {
  return {
    value: plainValue(node),
    locate: path => {
      const part = partAt(node, path);
      const text = part?.kind === 'scalar' ? { text: part.text } : {};
      return { at: positionAt(node, path), keyAt: positionAt(node, path, { key: true }), ...text };
    },
  };
}

function partAt(node: YamlNode, path: readonly string[]): YamlNode | undefined {
  let current: YamlNode | undefined = node;
  for (const step of path) current = current?.kind === 'list' ? current.items[Number(step)] : getEntry(current, step)?.value;
  return current;
}
