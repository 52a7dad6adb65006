// The keywords that a block has for its tasks, and each task for itself.
import { readBecomeMethod } from './become-method.ts';
import { checkTexts } from '../check-texts.ts';
import { describeValue } from '../../schema/describe.ts';
import { COUNT, FLAG, NAME, readConditions, readKeyword, readTags, readTexts, SECONDS } from './keywords.ts';
import { playbookProblems } from '../messages/playbook.ts';
import { localInstead, refuseConnection } from './login-keywords.ts';
import type { Report } from '../report.ts';
import type { PlaybookReading } from './playbook-reading.ts';
import type { SharedSource } from '../types.ts';
import { readVariables } from '../variables/variables.ts';
import { get, type YamlMap, type YamlNode } from '../yaml/node.ts';
import { toValue } from '../yaml/to-value.ts';

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
  'ignore_unreachable',
  'environment',
  'module_defaults',
  'delegate_to',
  'delegate_facts',
  'timeout',
  'no_log',
  'check_mode',
  'diff',
  'connection',
] as const;

/** Reads them. @param source where its variables come from, in words */
export function readShared(node: YamlMap, source: string, reading: PlaybookReading, where: 'play' | 'task' = 'task'): SharedSource {
  const { report } = reading;
  if (where === 'task') refuseConnection(node, report);
  const become = readKeyword(node, 'become', FLAG, report);
  const becomeUser = readKeyword(node, 'become_user', NAME, report);
  const ignoreErrors = readKeyword(node, 'ignore_errors', FLAG, report);
  const anyErrorsFatal = readKeyword(node, 'any_errors_fatal', FLAG, report);
  const throttle = readKeyword(node, 'throttle', COUNT, report);
  const runOnce = readKeyword(node, 'run_once', FLAG, report);
  const ignoreUnreachable = readKeyword(node, 'ignore_unreachable', FLAG, report);
  const timeout = readKeyword(node, 'timeout', SECONDS, report);
  const delegateFacts = readKeyword(node, 'delegate_facts', FLAG, report);
  const noLog = readKeyword(node, 'no_log', FLAG, report);
  const checkMode = readKeyword(node, 'check_mode', FLAG, report);
  const diff = readKeyword(node, 'diff', FLAG, report);
  return {
    when: readConditions(node, 'when', report),
    ...(get(node, 'notify') !== undefined && { notify: readTexts(node, 'notify', report) }),
    tags: readTags(node, report),
    vars: readVariables(get(node, 'vars'), { ...reading, source, what: '"vars"' }),
    ...(become !== undefined && { become }),
    ...(becomeUser !== undefined && { becomeUser }),
    ...readBecomeMethod(node, report),
    ...(ignoreErrors !== undefined && { ignoreErrors }),
    ...(anyErrorsFatal !== undefined && { anyErrorsFatal }),
    ...(throttle !== undefined && { throttle }),
    ...(runOnce !== undefined && { runOnce }),
    ...(ignoreUnreachable !== undefined && { ignoreUnreachable }),
    ...readEnvironment(node, report),
    ...localInstead(node),
    ...readDelegate(node, report),
    ...(delegateFacts !== undefined && { delegateFacts }),
    ...(timeout !== undefined && timeout > 0 && { timeout }),
    ...(noLog !== undefined && { noLog }),
    ...(checkMode !== undefined && { checkMode }),
    ...(diff !== undefined && { diff }),
  };
}

/** The name of a host, or an expression for one. */
function readDelegate(node: YamlMap, report: Report): { readonly delegateTo?: YamlNode } {
  const delegateTo = get(node, 'delegate_to');
  if (delegateTo === undefined || readKeyword(node, 'delegate_to', NAME, report) === undefined) return {};
  checkTexts(delegateTo, report);
  return { delegateTo };
}

function readEnvironment(node: YamlMap, report: Report): { readonly environment?: readonly YamlNode[] } {
  const written = get(node, 'environment');
  if (written === undefined) return {};
  const maps = written.kind === 'list' ? written.items : [written];
  return {
    environment: maps.filter(map => {
      const isExpression = map.kind === 'scalar' && typeof map.value === 'string' && map.value.includes('{{');
      if (map.kind === 'map' || isExpression) checkTexts(map, report);
      else report(playbookProblems['not-maps'](map.at, 'environment', describeValue(toValue(map))));
      return map.kind === 'map' || isExpression;
    }),
  };
}
