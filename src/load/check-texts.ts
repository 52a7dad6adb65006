// Every text inside a written value is looked through: what is wrong in a template can be told before any variable is known.
import { checkTemplate } from '../expression/render-template.ts';
import type { Report } from './report.ts';
import type { YamlNode } from './yaml/node.ts';

/** Reports the faults of every template inside a node. */
export function checkTexts(node: YamlNode, report: Report): void {
  switch (node.kind) {
    case 'scalar':
      if (typeof node.value === 'string') checkTemplate(node.value, node.at).forEach(report);
      return;
    case 'list':
      for (const item of node.items) checkTexts(item, report);
      return;
    case 'map':
      for (const entry of node.entries) checkTexts(entry.value, report);
      return;
    default:
      node satisfies never;
  }
}
