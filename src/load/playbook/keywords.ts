// Reading the values of keywords: each checked by a schema, texts as lists with their places.
import { checkCondition } from '../../expression/evaluate-condition.ts';
import { BECOME_METHODS } from '../../util/become-method.ts';
import { describeValue } from '../../schema/describe.ts';
import type { BooleanSchema, NumberSchema, Schema, StringSchema } from '../../schema/schema.ts';
import { check } from '../../schema/validate.ts';
import { checkTexts } from '../check-texts.ts';
import { playProblems } from '../messages/play.ts';
import { playbookProblems } from '../messages/playbook.ts';
import type { Report } from '../report.ts';
import type { Located } from '../types.ts';
import { subjectOf } from '../yaml-subject.ts';
import { getEntry, type YamlMap, type YamlNode } from '../yaml/node.ts';
import { toValue } from '../yaml/to-value.ts';

type ValueOf<S> = S extends { readonly type: 'string'; readonly enum: readonly (infer V)[] }
  ? V
  : S extends StringSchema
    ? string
    : S extends NumberSchema
      ? number
      : S extends BooleanSchema
        ? boolean
        : Readonly<Record<string, readonly string[]>>;

// Schemas are compiled once per object: these stand here so that a thousand tasks share them.
export const NAME = { type: 'string', minLength: 1 } as const satisfies Schema;
export const VARIABLE_NAME = { type: 'string', pattern: '^[A-Za-z_][A-Za-z0-9_]*$' } as const satisfies Schema;
export const FLAG = { type: 'boolean' } as const satisfies Schema;
export const BECOME_METHOD = { type: 'string', enum: BECOME_METHODS } as const satisfies Schema;
export const COUNT = { type: 'integer', minimum: 1 } as const satisfies Schema;
export const PORT = { type: 'integer', minimum: 1, maximum: 65_535 } as const satisfies Schema;
export const PERCENTAGE = { type: 'number', minimum: 0, maximum: 100 } as const satisfies Schema;
export const STRATEGY = { type: 'string', enum: ['linear', 'free', 'host_pinned'] } as const satisfies Schema;
export const ORDER = {
  type: 'string',
  enum: ['inventory', 'reverse_inventory', 'sorted', 'reverse_sorted', 'shuffle'],
} as const satisfies Schema;
/** Seconds. */
export const SECONDS = { type: 'integer', minimum: 0 } as const satisfies Schema;
/** A map of lists of texts: what `provides` is. */
export const TEXTS_BY_NAME = {
  type: 'object',
  additionalProperties: { type: 'array', items: { type: 'string' } },
} as const satisfies Schema;

type KeywordSchema = StringSchema | NumberSchema | BooleanSchema | typeof TEXTS_BY_NAME;

/** The value of a keyword; undefined when it is not there, or wrong, which is reported. An expression is no value here. */
export function readKeyword<const S extends KeywordSchema>(map: YamlMap, key: string, schema: S, report: Report): ValueOf<S> | undefined {
  const entry = getEntry(map, key);
  if (entry === undefined) return undefined;
  const { problems } = check(schema, subjectOf(entry.value), { what: key, noun: 'key' }, 'rendered');
  problems.forEach(report);
  return problems.length > 0 ? undefined : (toValue(entry.value) as ValueOf<S>);
}

/** A number that is not negative, or an expression for one; nothing when the keyword is not there. */
export function readNumber<const K extends string>(map: YamlMap, key: K, report: Report): { readonly [name in K]?: YamlNode } {
  const node = getEntry(map, key)?.value;
  if (node === undefined) return {};
  const value = toValue(node);
  const isExpression = typeof value === 'string' && value.includes('{{');
  if (isExpression) checkTexts(node, report);
  else if (typeof value !== 'number' || value < 0) report(playbookProblems['not-a-number'](node.at, key, describeValue(value)));
  return { [key]: node } as { readonly [name in K]?: YamlNode };
}

/** A text, or a list of texts; empty when the keyword is not there. */
export function readTexts(map: YamlMap, key: string, report: Report): readonly Located<string>[] {
  const entry = getEntry(map, key);
  if (entry === undefined) return [];
  return listOf(entry.value).flatMap(node => {
    if (node.kind === 'scalar' && typeof node.value === 'string' && node.value !== '') return [{ value: node.value, at: node.at }];
    report(playbookProblems['not-texts'](node.at, key, describeValue(toValue(node))));
    return [];
  });
}

/** Tags: texts, each of which may name several with commas between them. */
export function readTags(map: YamlMap, report: Report): readonly string[] {
  const texts = readTexts(map, 'tags', report);
  for (const { value, at } of texts) if (value.includes('{{')) report(playProblems['tag-template'](at, value));
  const tags = texts.flatMap(({ value }) => value.split(',').map(tag => tag.trim()));
  return Object.freeze([...new Set(tags.filter(tag => tag !== ''))]);
}

/** Conditions: a text, true, false, or a list of them, which all must hold. What can be told of them now is reported. */
export function readConditions(map: YamlMap, key: string, report: Report): readonly Located<string>[] {
  const entry = getEntry(map, key);
  if (entry === undefined) return [];
  return listOf(entry.value).flatMap(node => {
    if (node.kind === 'scalar' && (typeof node.value === 'string' || typeof node.value === 'boolean')) {
      const text = String(node.value);
      checkCondition(text, node.at).forEach(report);
      return [Object.freeze({ value: text, at: node.at })];
    }
    report(playbookProblems.condition(node.at, key, describeValue(toValue(node))));
    return [];
  });
}

function listOf(node: YamlNode): readonly YamlNode[] {
  return node.kind === 'list' ? node.items : [node];
}
