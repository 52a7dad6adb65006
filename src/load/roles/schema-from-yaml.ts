// A schema as a person writes it in JSON: the part of JSON Schema that is known here, everything else told.
import { describeValue } from '../../schema/describe.ts';
import type { Schema } from '../../schema/schema.ts';
import { schemaProblems } from '../messages/role-schema.ts';
import type { Report } from '../report.ts';
import { get, type YamlMap, type YamlNode } from '../yaml/node.ts';
import { toValue } from '../yaml/to-value.ts';

/** Words of every schema. */
const COMMON = ['type', 'description', 'title', 'default', 'secret'];
/** Words by type, each with what its value has to be. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  string: ['enum', 'pattern', 'minLength'],
  integer: ['enum', 'minimum', 'maximum'],
  number: ['enum', 'minimum', 'maximum'],
  boolean: [],
  array: ['items', 'minItems'],
  object: ['properties', 'required', 'additionalProperties'],
};
const TYPES = [...Object.keys(WORDS), 'null'];

/** What anything fits. */
export const ANYTHING: Schema = { type: ['string', 'number', 'boolean', 'null', 'array', 'object'] };

/** The schema; one that anything fits where something is wrong with it, which is reported. */
export function schemaFromYaml(node: YamlNode, report: Report): Schema {
  const type = toValue(get(node, 'type') ?? NOTHING);
  const types = Array.isArray(type) ? type : [type];
  if (node.kind !== 'map' || types.length === 0 || !types.every(each => typeof each === 'string' && TYPES.includes(each))) {
    report(schemaProblems.type((get(node, 'type') ?? node).at, describeValue(node.kind === 'map' ? type : toValue(node))));
    return ANYTHING;
  }
  const [only] = types.length === 1 ? (types as readonly string[]) : [];
  const known = [...COMMON, ...(only === undefined ? [] : (WORDS[only] ?? []))];
  for (const { key, keyAt } of node.entries) if (!known.includes(key)) report(schemaProblems.keyword(keyAt, key, known));
  const entries = node.entries.flatMap(entry => {
    if (entry.key === 'title' || !known.includes(entry.key)) return [];
    return [[entry.key, valueOf(entry.key, entry.value, report)] as const];
  });
  const written = Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  const open = get(node, 'additionalProperties');
  if (get(node, 'properties') !== undefined && open !== undefined && toValue(open) !== false)
    report(schemaProblems.value(open.at, 'additionalProperties', 'false where there are properties', describeValue(toValue(open))));
  return Object.freeze({ ...written, ...widened(only, node) }) as unknown as Schema;
}

const NOTHING: YamlNode = { kind: 'scalar', value: null, text: '', style: 'plain', at: { file: '', line: 1, column: 1 } };

/** What a type means that says nothing further of what it holds. */
function widened(type: string | undefined, node: YamlMap): object {
  // `integer` stands for a number where there are several types.
  if (type === undefined || type === 'null') {
    const types = toValue(get(node, 'type') ?? NOTHING);
    const all: readonly unknown[] = Array.isArray(types) ? types : [types];
    return { type: all.map(each => (each === 'integer' ? 'number' : each)) };
  }
  if (type === 'array' && get(node, 'items') === undefined) return { items: ANYTHING };
  if (type !== 'object') return {};
  // Keys that are named are all there are; without names there are any.
  return get(node, 'properties') === undefined ? { additionalProperties: others(node) ?? ANYTHING } : { additionalProperties: false };
}

function others(node: YamlMap): Schema | undefined {
  const written = get(node, 'additionalProperties');
  return written?.kind === 'map' ? schemaFromYaml(written, () => undefined) : undefined;
}

function valueOf(key: string, node: YamlNode, report: Report): unknown {
  const value = toValue(node);
  const must = (what: string, holds: boolean): unknown => {
    if (holds) return value;
    report(schemaProblems.value(node.at, key, what, describeValue(value)));
    return undefined;
  };
  switch (key) {
    case 'items':
      return schemaFromYaml(node, report);
    case 'properties':
      if (node.kind === 'map') return Object.fromEntries(node.entries.map(entry => [entry.key, schemaFromYaml(entry.value, report)]));
      return must('a map', false);
    case 'additionalProperties':
      return node.kind === 'map' ? schemaFromYaml(node, report) : must('true, false or a schema', typeof value === 'boolean');
    case 'description':
      return must('a text', typeof value === 'string');
    case 'secret':
      return must('true', value === true);
    case 'enum':
      return must('a list with something in it', Array.isArray(value) && value.length > 0);
    case 'required':
      return must('a list of names', Array.isArray(value) && value.every(name => typeof name === 'string'));
    case 'pattern':
      return must('a regular expression', typeof value === 'string' && isPattern(value));
    case 'minLength':
    case 'minItems':
      return must('a whole number', typeof value === 'number' && Number.isInteger(value) && value >= 0);
    case 'minimum':
    case 'maximum':
      return must('a number', typeof value === 'number');
    default:
      return value;
  }
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u').source !== '';
  } catch {
    return false;
  }
}
