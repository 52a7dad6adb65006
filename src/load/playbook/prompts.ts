// `vars_prompt`: variables that a play has a person asked for.
import { describeValue } from '../../schema/describe.ts';
import { didYouMean } from '../../util/nearest.ts';
import { FLAG, NAME, readKeyword, VARIABLE_NAME } from './keywords.ts';
import { playProblems } from '../messages/play.ts';
import { playbookProblems } from '../messages/playbook.ts';
import type { Report } from '../report.ts';
import type { PromptSource } from '../types.ts';
import { get, getEntry, type YamlMap, type YamlNode } from '../yaml/node.ts';
import { toValue } from '../yaml/to-value.ts';

const KEYWORDS = ['name', 'prompt', 'default', 'private', 'confirm', 'unsafe'] as const;
const HASHING: readonly string[] = ['encrypt', 'salt', 'salt_size'];

/** The prompts of a play in order. */
export function readPrompts(play: YamlMap, report: Report): readonly PromptSource[] {
  const written = get(play, 'vars_prompt');
  if (written === undefined || (written.kind === 'scalar' && written.value === null)) return [];
  if (written.kind === 'list') return Object.freeze(written.items.flatMap(item => readPrompt(item, report) ?? []));
  report(playbookProblems['not-a-list'](written.at, '"vars_prompt"', describeValue(toValue(written)), '- name: NAME'));
  return [];
}

function readPrompt(node: YamlNode, report: Report): PromptSource | undefined {
  if (node.kind !== 'map') {
    report(playbookProblems['not-a-map'](node.at, 'a prompt', describeValue(toValue(node)), '- name: NAME'));
    return undefined;
  }
  for (const { key, keyAt } of node.entries) {
    if (HASHING.includes(key)) report(playProblems['prompt-hash'](keyAt, key));
    else if (!KEYWORDS.some(keyword => keyword === key))
      report(playbookProblems['unknown-keyword'](keyAt, key, 'prompt', didYouMean(key, KEYWORDS)));
  }
  const name = readKeyword(node, 'name', VARIABLE_NAME, report);
  const question = readKeyword(node, 'prompt', NAME, report);
  const isPrivate = readKeyword(node, 'private', FLAG, report) ?? true;
  const confirm = readKeyword(node, 'confirm', FLAG, report) ?? false;
  const fallback = get(node, 'default');
  // Answers are data here, whoever gives them: nothing in them is an expression, so that "unsafe" changes nothing.
  readKeyword(node, 'unsafe', FLAG, report);
  if (fallback !== undefined && fallback.kind !== 'scalar')
    report(playProblems['prompt-default'](fallback.at, describeValue(toValue(fallback))));
  if (name === undefined) {
    if (getEntry(node, 'name') === undefined) report(playProblems['prompt-name'](node.at));
    return undefined;
  }
  const base = { name, at: get(node, 'name')?.at ?? node.at, question: question ?? name, isPrivate, confirm };
  return Object.freeze({ ...base, ...(fallback && { fallback }) });
}
