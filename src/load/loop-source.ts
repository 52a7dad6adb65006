// The loop of a task or a block as it was written.
import { describeValue } from '../schema/describe.ts';
import { checkTexts } from './check-texts.ts';
import { playbookProblems } from './messages/playbook.ts';
import type { Report } from './report.ts';
import { get, type YamlMap, type YamlNode } from './yaml/node.ts';
import { toValue } from './yaml/to-value.ts';

/** A list, or an expression that gives one; nothing where there is no loop. */
export function readLoop(node: YamlMap, report: Report): { readonly loop?: YamlNode } {
  const loop = get(node, 'loop');
  if (loop === undefined) return {};
  const isExpression = loop.kind === 'scalar' && typeof loop.value === 'string' && loop.value.includes('{{');
  if (loop.kind !== 'list' && !isExpression) {
    report(playbookProblems.loop(loop.at, describeValue(toValue(loop))));
    return {};
  }
  checkTexts(loop, report);
  return { loop };
}
