// In which order the servers of an ensemble have their turns, and who leads meanwhile as far as a dry run can tell.
import type { FactRef, RollMember, Turn } from '../../../src/index.ts';
import type { Ask } from '../facts/ask.ts';
import type { ServerState } from '../facts/server-state.ts';
import { epochOf, isInQuorum } from './in-quorum.ts';
import type { Gate, Leading } from './in-quorum.ts';
import type { Member } from './members.ts';

/** The ensemble as the rolling primitive shows it. */
export interface Ensemble {
  readonly present: readonly RollMember<{ readonly server: FactRef<ServerState> }>[];
}

/** Observers vote on nothing and come first; followers by id; the leader last, so that there is one election and not several. */
export function ensembleOrder(members: readonly Member[], { present }: Ensemble): readonly Turn[] {
  const place = { observer: 0, follower: 1, standalone: 1, none: 1, leader: 2 } as const;
  return [...present]
    .sort((a, b) => place[a.have.server.mode] - place[b.have.server.mode] || idOf(members, a.name) - idOf(members, b.name))
    .map(({ name, have: { server } }) =>
      server.mode === 'leader' || server.mode === 'observer' ? { member: name, part: server.mode } : { member: name },
    );
}

/** What counts as being in the quorum; a leader needs those that can be asked. */
export function gateOf(
  p: { readonly members: readonly Member[]; readonly unit: string; readonly ask: Ask; readonly deadline: number },
  { present }: Ensemble,
): Gate {
  return { ask: p.ask, unit: p.unit, size: p.members.length, followers: present.length - 1, deadline: p.deadline };
}

/** Whose turn it is, when a roll is what is waited for: all were in the quorum, and the first of those that are waited for was taken. */
export function takenOf({ present }: Ensemble, gate: Gate, [first]: readonly string[]): string | undefined {
  return present.every(({ have }) => isInQuorum(have.server, gate)) ? first : undefined;
}

/** Who leads once they have settled, or would: servers with the same data elect the one with the highest id. */
export function leadingAfter(members: readonly Member[], { present }: Ensemble, taken: string | undefined): Leading {
  const leader = present.find(({ have }) => have.server.mode === 'leader')?.name;
  const epoch = epochOf(present.map(({ have }) => have.server));
  if (leader !== undefined && leader !== taken) return { name: leader, isElected: false, epoch };
  const voters = present.filter(({ have }) => have.server.mode !== 'observer').map(({ name }) => name);
  const byId = voters.sort((a, b) => idOf(members, a) - idOf(members, b));
  return { name: byId.findLast(name => name !== leader) ?? leader, isElected: true, epoch };
}

/** Whether a server still runs with older files while it is waited for: its turn comes later. */
export function isStale({ present }: Ensemble, name: string, taken: string | undefined): boolean {
  const member = present.find(one => one.name === name);
  return member?.due !== undefined && member.state === 'running' && member.have.server.mode !== 'none' && name !== taken;
}

function idOf(members: readonly Member[], name: string): number {
  return members.find(member => member.name === name)?.id ?? 0;
}
