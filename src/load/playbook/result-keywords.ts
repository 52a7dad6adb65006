// Keywords that judge what came of a task, and have it try again.
import { readConditions, readNumber } from './keywords.ts';
import type { Report } from '../report.ts';
import type { JudgeSource } from '../types.ts';
import { getEntry, type YamlMap } from '../yaml/node.ts';

/** In the order of the docs. */
export const RESULT_KEYWORDS = ['changed_when', 'failed_when', 'until', 'retries', 'delay'] as const;

/** Reads them; a keyword that is not there is left out, since an empty list of conditions holds. */
export function readJudge(node: YamlMap, report: Report): JudgeSource {
  const conditions = (key: string) => (getEntry(node, key) === undefined ? undefined : readConditions(node, key, report));
  const changedWhen = conditions('changed_when');
  const failedWhen = conditions('failed_when');
  const until = conditions('until');
  return {
    ...(changedWhen && { changedWhen }),
    ...(failedWhen && { failedWhen }),
    ...(until && { until }),
    ...readNumber(node, 'retries', report),
    ...readNumber(node, 'delay', report),
  };
}
