// Parameters that name something: template and file parameters become what they name, conditions become conditions, secrets secret.
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import type { Problem } from '../errors/problem.ts';
import { checkTemplate } from '../expression/render-template.ts';
import type { Schema } from '../schema/schema.ts';
import { makeSecret } from './secret-variables.ts';
import type { Node } from './types.ts';

/** Where the files a task names are looked for, and where problems go. */
export interface KindContext {
  /** Folders that may hold templates/ and files/, nearest first. */
  readonly directories: readonly string[];
  /** Named in problems when the node has no position of its own. */
  readonly task: string;
  readonly problem: (problem: Problem) => void;
  /** Paths in messages are shown relative to this. */
  readonly cwd: string;
}

/** The node of an object of parameters, every part of it made what its schema says it is. */
export function applyKinds(node: Node, schema: Schema, context: KindContext): Node {
  if (schema.type === 'string') return applyString(node, schema, context);
  if (node.kind === 'list' && schema.type === 'array')
    return { ...node, items: node.items.map(item => applyKinds(item, schema.items, context)) };
  if (node.kind === 'value' && Array.isArray(node.value) && schema.type === 'array') {
    return applyKinds({ kind: 'list', items: (node.value as readonly string[]).map(value => ({ kind: 'value', value })) }, schema, context);
  }
  if (node.kind === 'map' && schema.type === 'object') {
    const entries = Object.entries(node.entries).map(([key, item]) => [key, applyEntry(key, item, schema, node, context)] as const);
    return { ...node, entries: Object.fromEntries(entries) };
  }
  return node;
}

function applyEntry(
  key: string,
  item: Node,
  schema: Extract<Schema, { type: 'object' }>,
  parent: Extract<Node, { kind: 'map' }>,
  context: KindContext,
): Node {
  const itemSchema = 'properties' in schema ? schema.properties[key] : schema.additionalProperties;
  if (itemSchema === undefined) return item;
  const kind = itemSchema.type === 'string' && 'kind' in itemSchema ? itemSchema.kind : undefined;
  if (kind === 'artifact' || kind === 'download') {
    const checksum = parent.entries['checksum'];
    const plain = kind === 'download' ? { plain: true as const } : {};
    return { kind: 'artifact', source: item, ...(checksum && { checksum }), ...plain, ...(item.at && { at: item.at }) };
  }
  return applyKinds(item, itemSchema, context);
}

function applyString(node: Node, schema: Extract<Schema, { type: 'string' }>, context: KindContext): Node {
  if (schema.secret) return makeSecret(node);
  switch (schema.kind) {
    case 'template':
      return template(node, context);
    case 'file':
      return named(node, 'files', context, (path, at) => ({ kind: 'local-file', file: describe(path), ...at }));
    case 'condition':
      return node.kind === 'value' && (typeof node.value === 'string' || typeof node.value === 'boolean')
        ? { kind: 'condition', text: String(node.value), ...(node.at && { at: node.at }) }
        : node;
    case 'artifact':
    case 'download':
    case 'path':
    case 'mode':
    case undefined:
      return node;
    default:
      return schema.kind satisfies never;
  }
}

/** The text of a template, looked through: what is wrong in it is told with the place in its own file. */
function template(node: Node, context: KindContext): Node {
  const name = nameOf(node);
  if (name.endsWith('.j2')) {
    const advice = `write ${name.replace(/j2$/, 'hbs')}, and call the file so`;
    context.problem({ ...(node.at && { at: node.at }), what: `${context.task} names a template of Jinja`, got: `"${name}"`, advice });
    return node;
  }
  return named(node, 'templates', context, (path, at) => {
    const text = readFileSync(path, 'utf8');
    const file = shown(path, context);
    checkTemplate(text, { file, line: 1, column: 1 }).forEach(context.problem);
    return { kind: 'content', name, text, file, ...at };
  });
}

function named(node: Node, folder: string, context: KindContext, make: (path: string, at: { at?: NonNullable<Node['at']> }) => Node): Node {
  const at = node.at ? { at: node.at } : {};
  if (node.kind !== 'value' || typeof node.value !== 'string') {
    context.problem({
      ...at,
      what: `a file of ${context.task} is named by an expression`,
      advice: 'write its name out; what varies goes into the file as {{ }}',
    });
    return node;
  }
  const name = node.value;
  const candidates = isAbsolute(name)
    ? [name]
    : context.directories.flatMap(directory => [join(directory, folder, name), join(directory, name)]);
  const path = candidates.find(isFile);
  if (path === undefined) {
    const looked = candidates.map(candidate => shown(candidate, context)).join(', ');
    context.problem({ ...at, what: `${context.task} names a file that is not there`, got: `"${name}"`, advice: `make one of ${looked}` });
    return node;
  }
  return make(path, at);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function describe(path: string): { kind: 'file'; path: string; size: number; sha256: string } {
  const bytes = readFileSync(path);
  return { kind: 'file', path, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

function nameOf(node: Node): string {
  return node.kind === 'value' && typeof node.value === 'string' ? node.value : '';
}

function shown(path: string, context: KindContext): string {
  const short = relative(context.cwd, path);
  return short.startsWith('..') ? path : short;
}
