// References to handlers: a name in `notify` becomes the id of the handler that is meant.
import { formatPosition, type Position, type Problem } from '../errors/problem.ts';
import { fixedParts, patternLike } from '../expression/text-like.ts';
import { didYouMean } from '../util/nearest.ts';

/** The handlers that a play has, by where they are defined. */
export interface HandlerNames {
  readonly play: readonly NamedHandler[];
  /** By the label of the role: see `prepare-roles.ts`. */
  readonly roles: ReadonlyMap<string, readonly NamedHandler[]>;
}

/** What a handler is notified by. */
export interface NamedHandler {
  readonly name: string;
  readonly listen: readonly string[];
  /** Known where it stands in a file. */
  readonly at?: Position;
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

/** Where a notification is written. */
interface Notice {
  readonly at: Position;
  readonly task: string;
}

/** The handlers of a play, as one of its tasks sees them. */
export class HandlerTable {
  readonly #play: number;
  readonly #names: HandlerNames;
  readonly #problem: (problem: Problem) => void;

  constructor(play: number, names: HandlerNames, problem: (problem: Problem) => void) {
    this.#play = play;
    this.#names = names;
    this.#problem = problem;
  }

  /**
   * The ids that a notified name means: a role's own handler first, then the play's, then `role : name` and other roles'; and all that listen.
   * Reports a name that means nothing.
   */
  find(role: string | undefined, name: string, from: Notice): readonly string[] {
    const ids = this.#idsOf(role, name);
    if (ids.length > 0) return ids;
    const placeOf = (known: string): string | undefined => {
      const at = this.#names.play.find(handler => handler.name === known || handler.listen.includes(known))?.at;
      return at && formatPosition(at);
    };
    const advice = didYouMean(name, this.#known(), placeOf) ?? 'add it to the handlers of the play';
    this.#problem({ at: from.at, what: `task "${from.task}" notifies a handler that does not exist`, got: `"${name}"`, advice });
    return [];
  }

  /** By name, the ids of those that a text with expressions in it may come to. Reports a text that can come to none. */
  like(role: string | undefined, text: string, from: Notice): Readonly<Record<string, readonly string[]>> {
    const pattern = patternLike(fixedParts(text));
    const names = this.#known().filter(name => pattern.test(name));
    if (names.length === 0)
      this.#problem({
        at: from.at,
        what: `task "${from.task}" notifies handlers that do not exist`,
        got: text,
        advice: 'add them to the handlers',
      });
    return Object.fromEntries(names.map(name => [name, this.#idsOf(role, name)]));
  }

  #idsOf(role: string | undefined, name: string): readonly string[] {
    const named = this.#named(role, name);
    const { play, roles } = this.#names;
    const listening = [[undefined, play] as const, ...roles].flatMap(([other, handlers]) =>
      isTwin(other, role)
        ? []
        : handlers.filter(({ listen }) => listen.includes(name)).map(each => handlerId(this.#play, other, each.name)),
    );
    return [...new Set([...named, ...listening])];
  }

  #named(role: string | undefined, name: string): readonly string[] {
    const { play, roles } = this.#names;
    const [named, bare] = name.includes(' : ') ? (name.split(' : ', 2) as [string, string]) : [undefined, name];
    const has = (handlers: readonly NamedHandler[] | undefined): boolean => handlers?.some(handler => handler.name === bare) === true;
    if (role !== undefined && (named ?? roleOf(role)) === roleOf(role) && has(roles.get(role))) return [handlerId(this.#play, role, bare)];
    if (named === undefined && has(play)) return [handlerId(this.#play, undefined, bare)];
    for (const [other, handlers] of roles)
      if ((named === undefined || named === other) && has(handlers)) return [handlerId(this.#play, other, bare)];
    return [];
  }

  #known(): readonly string[] {
    const { play, roles } = this.#names;
    return [...new Set([...play, ...[...roles.values()].flat()].flatMap(({ name, listen }) => [name, ...listen]))];
  }
}

/** A role that is called with other parameters has a label of its own: `web`, `web#2`. */
export function labelFor(role: string, count: number): string {
  return count === 1 ? role : `${role}#${count}`;
}

function roleOf(label: string): string {
  return label.replace(/#\d+$/, '');
}

/** The same role, called with other parameters: each notifies its own handlers. */
function isTwin(label: string | undefined, other: string | undefined): boolean {
  return label !== undefined && other !== undefined && label !== other && roleOf(label) === roleOf(other);
}
