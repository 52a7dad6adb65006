// Hosts that answer a task alike, put together: the same result is read once, not once per host.
import { canonical } from '../util/canonical.ts';
import type { TaskResult } from './events.ts';

/** Results that read the same but for the host. */
export interface ResultGroup {
  readonly hosts: readonly string[];
  /** One of them, for everything but host and time. */
  readonly result: TaskResult;
}

/** Groups in the order in which their first result came; hosts in the order of `order`, which is the task's. */
export function groupResults(results: readonly TaskResult[], order: readonly string[]): readonly ResultGroup[] {
  const groups = new Map<string, TaskResult[]>();
  for (const result of results) {
    const { item, status, changes, assumes, message, ignored } = result;
    const key = canonical({ item, status, changes, assumes, message, ignored });
    groups.set(key, [...(groups.get(key) ?? []), result]);
  }
  return [...groups.values()].flatMap(members => {
    const result = members[0];
    return result === undefined
      ? []
      : [
          Object.freeze({
            hosts: inOrder(
              members.map(member => member.host),
              order,
            ),
            result,
          }),
        ];
  });
}

function inOrder(hosts: readonly string[], order: readonly string[]): readonly string[] {
  const place = (host: string): number => (order.includes(host) ? order.indexOf(host) : order.length);
  return Object.freeze([...hosts].sort((a, b) => place(a) - place(b)));
}
