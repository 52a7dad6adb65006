// One list of task slots from the lists that a role gave for each host: same name, same task.
import { canonical } from '../util/canonical.ts';
import type { TaskSlot, TaskSpec } from './types.ts';

/** A task as it was compiled for one host. */
export interface HostTask {
  readonly name: string;
  readonly module: string;
  readonly spec: TaskSpec;
  readonly slot: Omit<TaskSlot, 'kind' | 'ref' | 'hosts' | 'specs'>;
}

/** A slot that has no id yet. */
export interface MergedTask {
  readonly name: string;
  readonly module: string;
  readonly slot: HostTask['slot'];
  readonly hosts: Readonly<Record<string, number>>;
  readonly specs: readonly TaskSpec[];
}

/**
 * Merges per-host lists, keeping every host's own order: a task that only some hosts have stands behind the task that precedes it there.
 * Equal specs are kept once.
 */
export function mergeHostTasks(lists: ReadonlyMap<string, readonly HostTask[]>): readonly MergedTask[] {
  const order: string[] = [];
  const merged = new Map<string, { first: HostTask; hosts: Record<string, number>; specs: TaskSpec[]; known: Map<string, number> }>();
  for (const [host, tasks] of lists) {
    let behind = -1;
    for (const task of tasks) {
      const place = order.indexOf(task.name);
      if (place === -1) order.splice((behind += 1), 0, task.name);
      else behind = place;
      const entry = merged.get(task.name) ?? { first: task, hosts: {}, specs: [], known: new Map<string, number>() };
      merged.set(task.name, entry);
      entry.hosts[host] = specIndex(entry, task.spec);
    }
  }
  return order.map(name => {
    const entry = merged.get(name);
    if (entry === undefined) throw new Error(`task ${name} was ordered but never merged`);
    return { name, module: entry.first.module, slot: entry.first.slot, hosts: entry.hosts, specs: entry.specs };
  });
}

function specIndex(entry: { specs: TaskSpec[]; known: Map<string, number> }, spec: TaskSpec): number {
  const key = canonical(spec);
  const known = entry.known.get(key);
  if (known !== undefined) return known;
  entry.known.set(key, entry.specs.push(spec) - 1);
  return entry.specs.length - 1;
}
