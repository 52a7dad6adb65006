// The loop of a task or a block as it was written, and what controls it.
import { describeValue } from '../../schema/describe.ts';
import { didYouMean } from '../../util/nearest.ts';
import { checkTexts } from '../check-texts.ts';
import { FLAG, readConditions, readKeyword, readNumber, VARIABLE_NAME } from './keywords.ts';
import { playbookProblems } from '../messages/playbook.ts';
import type { Report } from '../report.ts';
import type { LoopControlSource } from '../types.ts';
import { get, type YamlMap, type YamlNode } from '../yaml/node.ts';
import { toValue } from '../yaml/to-value.ts';

/** In the order of the docs. */
export const LOOP_CONTROLS = ['loop_var', 'index_var', 'label', 'pause', 'extended', 'break_when'] as const;

/** A list, or an expression that gives one; nothing where there is no loop. */
export function readLoop(node: YamlMap, report: Report): { readonly loop?: YamlNode; readonly loopControl?: LoopControlSource } {
  const loop = get(node, 'loop');
  const control = get(node, 'loop_control');
  if (loop === undefined) {
    if (control !== undefined) report(playbookProblems['no-loop'](control.at));
    return {};
  }
  const isExpression = loop.kind === 'scalar' && typeof loop.value === 'string' && loop.value.includes('{{');
  if (loop.kind !== 'list' && !isExpression) {
    report(playbookProblems.loop(loop.at, describeValue(toValue(loop))));
    return {};
  }
  checkTexts(loop, report);
  return { loop, ...(control && { loopControl: readControl(control, report) }) };
}

function readControl(node: YamlNode, report: Report): LoopControlSource {
  if (node.kind !== 'map') {
    report(playbookProblems['not-a-map'](node.at, '"loop_control"', describeValue(toValue(node)), 'loop_control: {loop_var: name}'));
    return { extended: false, breakWhen: [] };
  }
  for (const { key, keyAt } of node.entries)
    if (!LOOP_CONTROLS.some(control => control === key))
      report(playbookProblems['unknown-keyword'](keyAt, key, 'loop_control', didYouMean(key, LOOP_CONTROLS)));
  const variable = readKeyword(node, 'loop_var', VARIABLE_NAME, report);
  const indexVariable = readKeyword(node, 'index_var', VARIABLE_NAME, report);
  const label = get(node, 'label');
  if (label) checkTexts(label, report);
  return {
    ...(variable !== undefined && { variable }),
    ...(indexVariable !== undefined && { indexVariable }),
    ...(label && { label }),
    ...readNumber(node, 'pause', report),
    extended: readKeyword(node, 'extended', FLAG, report) ?? false,
    breakWhen: readConditions(node, 'break_when', report),
  };
}
