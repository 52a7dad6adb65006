// What the keywords of plays say of logging in (connection, port, remote_user): once for a host and a run, so all its plays have to say the same.
import { InputError } from '../../errors/errors.ts';
import { formatPosition, type Position } from '../../errors/problem.ts';
import type { Scope } from '../../expression/scope.ts';
import { evaluate } from '../../program/evaluate.ts';
import type { Value } from '../../util/value.ts';
import type { Play, PlayLogin, Program } from '../../program/types.ts';

/** A word for a host; undefined where no play of it says anything. @throws InputError where its plays differ */
export type SaidByPlays = (host: string, word: keyof PlayLogin, scope: Scope) => string | undefined;

/** Looks through the plays of a Program. */
export function playLogins({ plays }: Program): SaidByPlays {
  const isSaid = plays.some(play => play.login !== undefined);
  return (host, word, scope) => {
    if (!isSaid) return undefined;
    const own = plays.filter(play => play.hosts.includes(host) && isReached(play));
    const said = own.map(play => {
      const node = play.login?.[word];
      return { play, at: node?.at ?? play.at, value: node === undefined ? undefined : textOf(evaluate(node, scope)) };
    });
    const [first, ...others] = said;
    const other = others.find(({ value }) => value !== first?.value);
    if (first !== undefined && other !== undefined) throw differing(host, word, first, other);
    return first?.value;
  };
}

/** Tasks that this machine does for the hosts of a play log in to none of them. */
function isReached(play: Play): boolean {
  return play.isLocal !== true;
}

function textOf(value: Value): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

interface Said {
  readonly play: Play;
  /** Where it is said; where the play stands that says nothing. */
  readonly at: Position | undefined;
  readonly value: string | undefined;
}

function differing(host: string, word: string, first: Said, other: Said): InputError {
  const words = ({ play, at, value }: Said): string =>
    `${value ?? 'nothing'} in play "${play.name}"${at ? ` (${formatPosition(at)})` : ''}`;
  const { at } = other.value === undefined ? first : other;
  return new InputError([
    {
      ...(at && { at }),
      what: `a host is logged in to once in a run, and ${word} of ${host} is ${words(first)} and ${words(other)}`,
      advice: `write the same in both, or set it in the inventory`,
    },
  ]);
}
