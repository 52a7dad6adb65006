// Nodes from what was written: YAML, where text may be a template, and TypeScript, where text is literal.
import { isTemplate } from '../expression/render-template.ts';
import type { YamlNode } from '../load/yaml/node.ts';
import { isExpr } from '../schema/expr.ts';
import { Secret } from '../util/secret.ts';
import type { Json } from '../util/value.ts';
import type { Node } from './types.ts';

/** A node of a YAML value. */
export function nodeFromYaml(yaml: YamlNode): Node {
  switch (yaml.kind) {
    case 'scalar':
      return typeof yaml.value === 'string' && isTemplate(yaml.value)
        ? { kind: 'template', text: yaml.value, at: yaml.at }
        : { kind: 'value', value: yaml.value, at: yaml.at };
    case 'list':
      return { kind: 'list', items: yaml.items.map(nodeFromYaml), at: yaml.at };
    case 'map':
      return { kind: 'map', entries: Object.fromEntries(yaml.entries.map(entry => [entry.key, nodeFromYaml(entry.value)])), at: yaml.at };
  }
}

/**
 * A node of a value from a TypeScript role. `undefined` entries are left out.
 * @throws TypeError for what is not data
 */
export function nodeFromData(data: unknown): Node {
  if (data instanceof Secret) return { kind: 'secret', value: data.reveal() };
  if (isExpr(data)) return { kind: 'template', text: data.text };
  if (Array.isArray(data)) return isPlain(data) ? { kind: 'value', value: data as Json } : { kind: 'list', items: data.map(nodeFromData) };
  if (typeof data === 'object' && data !== null) {
    const entries = Object.entries(data).filter(([, item]) => item !== undefined);
    return { kind: 'map', entries: Object.fromEntries(entries.map(([key, item]) => [key, nodeFromData(item)])) };
  }
  if (data === null || typeof data === 'string' || typeof data === 'number' || typeof data === 'boolean')
    return { kind: 'value', value: data };
  throw new TypeError(`a ${typeof data} is not data`);
}

function isPlain(items: readonly unknown[]): boolean {
  return items.every(item => item === null || ['string', 'number', 'boolean'].includes(typeof item));
}
