// `--from NODE`: a member that no play has would begin nothing, so it is refused before the first connection.
import { InputError } from '../errors/errors.ts';
import type { Program } from '../program/types.ts';
import { didYouMean } from '../util/nearest.ts';

/** @throws InputError for a host that no play runs on */
export function checkFrom(from: string | undefined, { playbook, hosts, plays }: Program): void {
  if (from === undefined) return;
  const names = [...new Set(plays.flatMap(play => play.hosts))];
  if (names.includes(from)) return;
  throw new InputError([
    {
      what: Object.hasOwn(hosts, from)
        ? `--from names ${from}, but no play of ${playbook} runs on it`
        : `--from names a host that is not there`,
      ...(!Object.hasOwn(hosts, from) && { got: JSON.stringify(from) }),
      advice: didYouMean(from, names) ?? (names.length === 0 ? 'its plays have nothing to do' : `name one of ${names.join(', ')}`),
    },
  ]);
}
