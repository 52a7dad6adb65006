// A value of a connection variable as Ansible's inventories and `-e name=value` write it: with the type and the word that it has here.
import type { Schema } from '../../schema/schema.ts';
import { BOOLEAN_WORDS, VALUE_WORDS } from './ansible-words.ts';
import type { YamlNode } from '../yaml/node.ts';

/** The node with the value that is meant; one that means nothing of the kind stays as it is. */
export function withOurValue(name: string, node: YamlNode, schema: Schema): YamlNode {
  if (node.kind !== 'scalar' || node.value === null) return node;
  const words = Object.hasOwn(VALUE_WORDS, name) ? VALUE_WORDS[name] : undefined;
  const value = words?.get(node.text.toLowerCase()) ?? valueOfType(schema, node.text);
  return value === undefined || value === node.value ? node : Object.freeze({ ...node, value });
}

function valueOfType({ type }: Schema, text: string): string | number | boolean | undefined {
  if (type === 'boolean') return BOOLEAN_WORDS.get(text.toLowerCase());
  if (type === 'integer' || type === 'number') return /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined;
  return type === 'string' ? text : undefined;
}
