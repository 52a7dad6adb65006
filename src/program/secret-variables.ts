// Variables that a role declares secret: they are secret wherever they are set and whoever reads them, not only in the role.
import { CONNECTION_VARIABLES } from '../load/variables/connection-variables.ts';
import type { Schema } from '../schema/schema.ts';
import type { AnyRole } from './role.ts';
import type { Node } from './types.ts';

/** Schemas by the name of the variable; each is secret, or holds something that is. */
export type SecretVariables = ReadonlyMap<string, Schema>;

/** Those of some roles, and the passwords of connections. */
export function secretVariables(roles: Iterable<AnyRole>): SecretVariables {
  const connection = Object.entries(CONNECTION_VARIABLES).map(([name, { schema }]) => [name, schema] as const);
  const all = [...connection, ...[...roles].flatMap(role => Object.entries(role.vars))];
  return new Map(all.filter(([, schema]) => holdsSecret(schema)));
}

function holdsSecret(schema: Schema): boolean {
  if (schema.secret === true) return true;
  if ('items' in schema) return holdsSecret(schema.items);
  if ('properties' in schema) return Object.values(schema.properties).some(holdsSecret);
  return 'additionalProperties' in schema && holdsSecret(schema.additionalProperties);
}

/** The node with every text secret that its schema says is. */
export function hideSecrets(node: Node, schema: Schema): Node {
  if (schema.secret === true) return makeSecret(node);
  if (node.kind === 'list' && 'items' in schema) return { ...node, items: node.items.map(item => hideSecrets(item, schema.items)) };
  if (node.kind !== 'map' || schema.type !== 'object') return node;
  const entries = Object.entries(node.entries).map(([key, item]) => {
    const inner = 'properties' in schema ? schema.properties[key] : schema.additionalProperties;
    return [key, inner === undefined ? item : hideSecrets(item, inner)] as const;
  });
  return { ...node, entries: Object.fromEntries(entries) };
}

/** A text as a secret; what is no text stays as it is. */
export function makeSecret(node: Node): Node {
  const at = node.at && { at: node.at };
  if (node.kind === 'template') return { kind: 'secret-template', text: node.text, ...at };
  if (node.kind === 'value' && typeof node.value === 'string') return { kind: 'secret', value: node.value, ...at };
  return node;
}
