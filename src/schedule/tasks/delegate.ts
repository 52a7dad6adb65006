// A task that is done on another host: its connection, its facts and its turn are that host's; variables and results stay with the host it is for.
import { resource } from '../../facts/resource.ts';
import { Unknown } from '../../util/unknown.ts';
import { userFor } from '../hosts/become.ts';
import { describeTask, isCheck } from '../state/engine.ts';
import type { HostTurn } from './host-turn.ts';
import { evaluateOn, type TaskSurroundings } from '../values/scopes.ts';
import { TaskFailure } from '../state/task-failure.ts';

/** The turn as it is done where the task says; unknown where a dry run cannot know where. @throws TaskFailure where there is no such host */
export async function delegated(turn: HostTurn, around: TaskSurroundings): Promise<HostTurn | Unknown> {
  const { engine, spec, loginOf } = turn;
  const node = spec.delegateTo;
  if (node === undefined) return turn;
  const name = await evaluateOn(turn, around, node);
  if (name instanceof Unknown) return name;
  const other = typeof name === 'string' ? engine.hosts.get(name) : undefined;
  if (other === undefined) throw new TaskFailure(`delegate_to names ${JSON.stringify(name)}, which the inventory does not have`);
  return { ...turn, actor: { host: other, user: userFor(spec, loginOf(other.name)) } };
}

/** In a dry run, any host may be the one. */
export function disturbAll({ engine, slot }: HostTurn): void {
  if (!isCheck(engine)) return;
  const by = describeTask(slot);
  for (const host of engine.hosts.values()) {
    host.foretold.add(by);
    host.facts.foretell({ sets: [], touches: [resource.anything], empties: [], by }, '');
  }
}
