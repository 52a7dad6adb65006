// The handlers that a task notifies: those that it names, and those that an expression names for each item.
import { Secret } from '../../util/secret.ts';
import { Unknown } from '../../util/unknown.ts';
import type { HostTurn } from './host-turn.ts';
import type { Outcome } from '../state/outcome.ts';
import { forgetOwed } from '../changing/owed-handlers.ts';
import { evaluateOn, type TaskSurroundings } from '../values/scopes.ts';
import { TaskFailure } from '../state/task-failure.ts';

/** The turn with all handlers by their ids. A name that a dry run cannot know may be any. @throws TaskFailure for one that is no handler's */
export async function withNamedHandlers(turn: HostTurn, around: TaskSurroundings): Promise<HostTurn> {
  const { spec } = turn;
  const { notifyNamed = [] } = spec;
  if (notifyNamed.length === 0) return turn;
  const ids: string[] = [];
  for (const { name: node, ids: known } of notifyNamed) {
    const name = await evaluateOn(turn, around, node);
    if (name instanceof Unknown) ids.push(...Object.values(known).flat());
    else if (typeof name === 'string' && Object.hasOwn(known, name)) ids.push(...(known[name] ?? []));
    else throw new TaskFailure(`it notifies a handler that does not exist: ${name instanceof Secret ? '***' : JSON.stringify(name)}`);
  }
  return { ...turn, spec: { ...spec, notify: [...new Set([...spec.notify, ...ids])] } };
}

/** What was kept in mind for a change that is none by the words of the task's author is forgotten. @throws UnreachableError */
export async function unowe({ engine, host, spec }: HostTurn, { status, changes }: Outcome): Promise<void> {
  if (status === 'changed' || changes.length === 0) return;
  const idle = spec.changedWhen === undefined ? [] : spec.notify.filter(id => host.owedTo.has(id) && !host.notified.has(id));
  if (idle.length > 0) await forgetOwed(engine, host, idle);
}
