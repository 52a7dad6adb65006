// Hosts that answer a task alike, put together: the same result is read once, not once per host.
import { canonical } from '../util/canonical.ts';
import type { TaskResult } from './events.ts';

/** Results that read the same but for the host. */
export interface ResultGroup {
  readonly hosts: readonly string[];
  /** One of them, for everything but host and time. */
  readonly result: TaskResult;
}

/** Groups and the hosts in them in the order of `order`, which is the task's: who happens to answer first changes no line. */
export function groupResults(results: readonly TaskResult[], order: readonly string[]): readonly ResultGroup[] {
  const groups = new Map<string, TaskResult[]>();
  for (const result of inOrder(results, order)) {
    const key = keyOf(result);
    groups.set(key, [...(groups.get(key) ?? []), result]);
  }
  return [...groups.values()].flatMap(members => {
    const result = members[0];
    return result === undefined ? [] : [Object.freeze({ hosts: Object.freeze(members.map(member => member.host)), result })];
  });
}

/** The same for results that read the same. Most say nothing but how it went. */
function keyOf({ item, status, changes, assumes, message, ignored, rescued, delegate }: TaskResult): string {
  const saysMore = item !== undefined || message !== undefined || changes.length > 0 || assumes.length > 0 || delegate !== undefined;
  return saysMore
    ? canonical({ item, status, changes: asRead(changes), assumes, message, ignored, rescued, delegate })
    : `${status} ${ignored} ${rescued === true}`;
}

/** Secrets all read alike: who shares one with whom is not shown. */
function asRead(changes: TaskResult['changes']): unknown {
  return changes.length === 0 ? [] : JSON.parse(JSON.stringify(changes));
}

/** The results of a host stay in the order in which they came. */
function inOrder(results: readonly TaskResult[], order: readonly string[]): readonly TaskResult[] {
  const place = ({ host }: TaskResult): number => (order.includes(host) ? order.indexOf(host) : order.length);
  return results.toSorted((a, b) => place(a) - place(b));
}
