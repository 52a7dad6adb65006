// What a loop goes over on a host.
import { InputError } from '../../errors/errors.ts';
import type { Node } from '../../program/types.ts';
import { Unknown } from '../../util/unknown.ts';
import { isList, isMap, type Value } from '../../util/value.ts';
import type { Engine } from '../state/engine.ts';
import type { HostRun } from '../state/host-run.ts';
import { evaluateOn, type TaskSurroundings } from './scopes.ts';

/** The items; unknown where a dry run cannot know them. @throws InputError when it is no list */
export async function loopItems(
  engine: Engine,
  host: HostRun,
  around: TaskSurroundings,
  user: string | undefined,
  loop: Node,
): Promise<readonly Value[] | Unknown> {
  const value = await evaluateOn({ engine, host, user }, around, loop);
  if (value instanceof Unknown || isList(value)) return value;
  const got = isMap(value) ? 'a map' : JSON.stringify(value);
  throw new InputError([{ ...(loop.at && { at: loop.at }), what: 'a loop goes over a list', got, advice: 'give a list' }]);
}
