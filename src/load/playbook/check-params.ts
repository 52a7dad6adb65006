// The parameters of every task of a playbook against its module's schema, as far as they can be told before a run.
import { checkCondition } from '../../expression/evaluate-condition.ts';
import type { AnyModule } from '../../modules/contract.ts';
import type { DictionarySchema, ObjectSchema, Schema } from '../../schema/schema.ts';
import { validate } from '../../schema/validate.ts';
import { checkTexts } from '../check-texts.ts';
import type { Report } from '../report.ts';
import type { PlaybookSource, TaskSource } from '../types.ts';
import { nodesOf } from './walk-sources.ts';
import { subjectOf } from '../yaml-subject.ts';
import type { YamlNode } from '../yaml/node.ts';

/** Every task of a playbook and of the roles in YAML that it calls, handlers last. */
export function tasksOf(playbook: Pick<PlaybookSource, 'plays'>): readonly TaskSource[] {
  return playbook.plays.flatMap(nodesOf).filter(node => node.kind === 'task');
}

/** Reports what is wrong with the parameters of the tasks. */
export function checkParams(playbook: PlaybookSource, modules: ReadonlyMap<string, AnyModule>, report: Report): void {
  for (const task of tasksOf(playbook)) {
    const module = modules.get(task.module);
    if (module === undefined) continue;
    const params: YamlNode = task.params ?? { kind: 'map', entries: [], at: task.moduleAt };
    // What is missing is told at the module's name: the first parameter is an odd place for it.
    const whole = subjectOf({ ...params, at: task.moduleAt });
    validate(module.params, whole, { what: module.name, noun: 'parameter' }).forEach(report);
    checkExpressions(params, module.params, report);
  }
}

/** Templates everywhere, conditions where the schema has them. */
function checkExpressions(node: YamlNode, schema: Schema | undefined, report: Report): void {
  if (schema?.type === 'string' && 'kind' in schema && schema.kind === 'condition') {
    if (node.kind === 'scalar' && typeof node.value === 'string') checkCondition(node.value, node.at).forEach(report);
  } else if (schema?.type === 'object' && node.kind === 'map') {
    for (const { key, value } of node.entries) checkExpressions(value, propertyOf(schema, key), report);
  } else if (schema?.type === 'array' && 'items' in schema && node.kind === 'list') {
    for (const item of node.items) checkExpressions(item, schema.items, report);
  } else checkTexts(node, report);
}

function propertyOf(schema: ObjectSchema | DictionarySchema, key: string): Schema | undefined {
  if (!('properties' in schema)) return schema.additionalProperties;
  return Object.hasOwn(schema.properties, key) ? schema.properties[key] : undefined;
}
