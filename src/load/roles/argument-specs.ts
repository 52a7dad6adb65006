// The argument specs of an Ansible role as a schema of its variables, as far as one can say what they say.
import { describeValue } from '../../schema/describe.ts';
import type { Schema } from '../../schema/schema.ts';
import { schemaProblems } from '../messages/role-schema.ts';
import type { Report } from '../report.ts';
import type { RoleSchema } from './role-schema-types.ts';
import { ANYTHING } from './schema-from-yaml.ts';
import { get, type YamlNode } from '../yaml/node.ts';
import { toValue } from '../yaml/to-value.ts';

/** For people, and what changes nothing: a default is documented there, and set in defaults/main.yml. */
const WORDLESS = ['description', 'short_description', 'default', 'version_added', 'author', 'seealso', 'notes', 'examples'];
const OF_SPEC = [...WORDLESS, 'options'];
const OF_OPTION = [...WORDLESS, 'type', 'required', 'choices', 'elements', 'options', 'no_log'];

/** The schema of an entry point. What it cannot say is reported. */
export function readArgumentSpecs(spec: YamlNode, report: Report): RoleSchema {
  answerOthers(spec, OF_SPEC, report);
  return optionsOf(get(spec, 'options'), report);
}

function optionsOf(node: YamlNode | undefined, report: Report): RoleSchema {
  const entries = node?.kind === 'map' ? node.entries : [];
  return {
    vars: Object.fromEntries(entries.map(({ key, value }) => [key, schemaOf(value, report)])),
    required: entries.filter(({ value }) => toValue(get(value, 'required') ?? NO) === true).map(({ key }) => key),
  };
}

const NO: YamlNode = { kind: 'scalar', value: false, text: 'false', style: 'plain', at: { file: '', line: 1, column: 1 } };

function schemaOf(node: YamlNode, report: Report): Schema {
  answerOthers(node, OF_OPTION, report);
  const written = get(node, 'type');
  const type = written === undefined ? 'str' : toValue(written);
  if (typeof type !== 'string' || !TYPES.includes(type)) {
    report(schemaProblems['spec-type']((written ?? node).at, describeValue(type)));
    return ANYTHING;
  }
  const choices = get(node, 'choices');
  const chosen = choices === undefined ? {} : { enum: toValue(choices) };
  const isSecret = toValue(get(node, 'no_log') ?? NO) === true;
  return Object.freeze({ ...ofType(type, node, report), ...chosen, ...(isSecret && SECRET) }) as Schema;
}

/** A secret is a text. */
const SECRET = { type: 'string', secret: true } as const;
const TYPES = ['str', 'path', 'int', 'float', 'bool', 'list', 'dict', 'raw'];

function ofType(type: string, node: YamlNode, report: Report): object {
  switch (type) {
    case 'int':
      return { type: 'integer' };
    case 'float':
      return { type: 'number' };
    case 'bool':
      return { type: 'boolean' };
    case 'list':
      return { type: 'array', items: itemsOf(node, report) };
    case 'dict': {
      const options = get(node, 'options');
      if (options === undefined) return { type: 'object', additionalProperties: ANYTHING };
      const { vars, required } = optionsOf(options, report);
      return { type: 'object', properties: vars, required, additionalProperties: false };
    }
    case 'raw':
      return ANYTHING;
    default:
      // A number is taken for its text there.
      return get(node, 'choices') === undefined ? { type: ['string', 'number', 'boolean'] } : { type: 'string' };
  }
}

function itemsOf(node: YamlNode, report: Report): Schema {
  const elements = get(node, 'elements');
  const type = elements === undefined ? 'raw' : toValue(elements);
  if (typeof type === 'string' && TYPES.includes(type)) return ofType(type, { ...node }, report) as Schema;
  report(schemaProblems['spec-type']((elements ?? node).at, describeValue(type)));
  return ANYTHING;
}

function answerOthers(node: YamlNode, known: readonly string[], report: Report): void {
  for (const { key, keyAt } of node.kind === 'map' ? node.entries : []) if (!known.includes(key)) report(schemaProblems.spec(keyAt, key));
}
