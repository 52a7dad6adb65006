// The keywords that a block has for its tasks, and each task for itself.
import { readBecomeMethod } from './become-method.ts';
import { COUNT, FLAG, NAME, readConditions, readKeyword, readTags, readTexts } from './keywords.ts';
import type { PlaybookReading } from './playbook-reading.ts';
import type { SharedSource } from './types.ts';
import { readVariables } from './variables.ts';
import { get, type YamlMap } from './yaml/node.ts';

/** In the order of the docs. */
export const SHARED_KEYWORDS = [
  'when',
  'notify',
  'become',
  'become_user',
  'become_method',
  'vars',
  'tags',
  'ignore_errors',
  'any_errors_fatal',
  'throttle',
  'run_once',
] as const;

/** Reads them. @param source where its variables come from, in words */
export function readShared(node: YamlMap, source: string, reading: PlaybookReading): SharedSource {
  const { report } = reading;
  const become = readKeyword(node, 'become', FLAG, report);
  const becomeUser = readKeyword(node, 'become_user', NAME, report);
  const ignoreErrors = readKeyword(node, 'ignore_errors', FLAG, report);
  const anyErrorsFatal = readKeyword(node, 'any_errors_fatal', FLAG, report);
  const throttle = readKeyword(node, 'throttle', COUNT, report);
  const runOnce = readKeyword(node, 'run_once', FLAG, report);
  return {
    when: readConditions(node, 'when', report),
    notify: readTexts(node, 'notify', report),
    tags: readTags(node, report),
    vars: readVariables(get(node, 'vars'), { ...reading, source, what: '"vars"' }),
    ...(become !== undefined && { become }),
    ...(becomeUser !== undefined && { becomeUser }),
    ...readBecomeMethod(node, report),
    ...(ignoreErrors !== undefined && { ignoreErrors }),
    ...(anyErrorsFatal !== undefined && { anyErrorsFatal }),
    ...(throttle !== undefined && { throttle }),
    ...(runOnce !== undefined && { runOnce }),
  };
}
