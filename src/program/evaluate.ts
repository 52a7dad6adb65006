// Evaluation of nodes: the one place where a Program's values become values for a host.
import { evaluateCondition } from '../expression/evaluate-condition.ts';
import type { Scope } from '../expression/scope.ts';
import { renderTemplate } from '../expression/render-template.ts';
import { Secret } from '../util/secret.ts';
import { Unknown } from '../util/unknown.ts';
import { isList, isMap, type Value } from '../util/value.ts';
import type { Node } from './types.ts';

/**
 * The value of a node in a scope. What is to be fetched becomes `{ kind: 'pending-artifact', … }`, which the scheduler pins.
 * @throws InputError with positions when an expression fails
 */
export function evaluate(node: Node, scope: Scope): Value {
  switch (node.kind) {
    case 'value':
      return node.value;
    case 'template':
      return renderTemplate(node.text, scope, node.at);
    case 'secret':
      return new Secret(node.value);
    case 'secret-template':
      return markSecret(renderTemplate(node.text, scope, node.at));
    case 'list':
      return node.items.map(item => evaluate(item, scope));
    case 'map':
      return Object.fromEntries(Object.entries(node.entries).map(([key, item]) => [key, evaluate(item, scope)]));
    case 'content':
      return { kind: 'content', name: node.name, text: asText(renderTemplate(node.text, scope, { file: node.file, line: 1, column: 1 })) };
    case 'local-file':
      return { ...node.file };
    case 'artifact':
      return {
        kind: 'pending-artifact',
        source: evaluate(node.source, scope),
        checksum: node.checksum === undefined ? null : evaluate(node.checksum, scope),
        plain: node.plain === true,
      };
    case 'condition': {
      const holds = evaluateCondition(node.text, scope, node.at);
      return { kind: 'condition', text: node.text, holds };
    }
  }
}

/** The same value with every text in it secret. */
export function markSecret(value: Value): Value {
  if (typeof value === 'string') return new Secret(value);
  if (typeof value === 'number' || typeof value === 'boolean') return new Secret(String(value));
  if (isList(value)) return value.map(markSecret);
  if (isMap(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, markSecret(item)]));
  return value;
}

/** A template file that is one expression still gives text. */
function asText(value: Value): Value {
  return typeof value === 'string' || value instanceof Secret || value instanceof Unknown ? value : JSON.stringify(value);
}
