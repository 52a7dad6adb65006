// References to handlers: a name in `notify` becomes the id of the handler that is meant.
import type { Position, Problem } from '../errors/problem.ts';
import { nearest } from '../util/nearest.ts';

/** The handlers that a play has, by where they are defined. */
export interface HandlerNames {
  readonly play: readonly string[];
  readonly roles: ReadonlyMap<string, readonly string[]>;
}

/** The id of a handler: the same in a check and in the run, and in the next run. */
export function handlerId(play: number, role: string | undefined, name: string): string {
  return `${play + 1}/${role ?? ''}/${name}`;
}

/** What a handler is called, and the role that defines it: empty for a handler of the play itself. */
export function readHandlerId(id: string): { readonly role: string; readonly name: string } {
  const [, role = '', ...name] = id.split('/');
  return { role, name: name.join('/') };
}

/**
 * The ids that a notified name means: a role's own handler first, then the play's, then `role : name` and other roles'.
 * Reports a name that means nothing.
 */
export function findHandlers(
  play: number,
  names: HandlerNames,
  role: string | undefined,
  name: string,
  from: { readonly at: Position; readonly task: string },
  problem: (problem: Problem) => void,
): readonly string[] {
  const [named, bare] = name.includes(' : ') ? (name.split(' : ', 2) as [string, string]) : [undefined, name];
  if (role !== undefined && named === undefined && names.roles.get(role)?.includes(bare)) return [handlerId(play, role, bare)];
  if (named === undefined && names.play.includes(bare)) return [handlerId(play, undefined, bare)];
  for (const [other, handlers] of names.roles) {
    if ((named === undefined || named === other) && handlers.includes(bare)) return [handlerId(play, other, bare)];
  }
  const known = [...names.play, ...[...names.roles.values()].flat()];
  const near = nearest(name, known);
  const advice = near === undefined ? 'add it to the handlers of the play' : `did you mean "${near}"?`;
  problem({ at: from.at, what: `task "${from.task}" notifies a handler that does not exist`, got: `"${name}"`, advice });
  return [];
}
