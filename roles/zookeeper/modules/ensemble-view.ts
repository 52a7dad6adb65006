// What the members of an ensemble answered, put in order: who is away, stopped, out of the quorum, or runs with yesterday's files.
import { isAbsent } from '../../../src/index.ts';
import type { Absent } from '../../../src/index.ts';
import type { ServerState } from '../facts/server-state.ts';
import type { StartedWith } from '../facts/started-with.ts';
import type { Member } from './members.ts';

/** What is asked of each member. */
export interface MemberHave {
  readonly unit: { readonly active: string };
  readonly started: StartedWith;
  /** Hashes of `files`, in their order. */
  readonly digests: readonly string[];
  readonly java: { readonly target: string };
  readonly server: ServerState;
}

/** A member that could be asked. */
export interface Present extends Member, MemberHave {
  /** What it would be started with now. */
  readonly now: StartedWith;
}

/** The members, by id. */
export interface EnsembleView {
  readonly present: readonly Present[];
  readonly away: readonly string[];
}

/** Puts the answers in order of id. */
export function viewEnsemble(
  members: readonly Member[],
  have: ReadonlyMap<string, MemberHave | Absent>,
  files: readonly string[],
  javaHome: string,
): EnsembleView {
  const byId = [...members].sort((a, b) => a.id - b.id);
  const present = byId.flatMap((member): readonly Present[] => {
    const answer = have.get(member.name);
    if (answer === undefined || isAbsent(answer)) return [];
    return [{ ...member, ...answer, now: startNow(answer, files, javaHome) }];
  });
  return { present, away: byId.map(member => member.name).filter(name => !present.some(member => member.name === name)) };
}

function startNow(answer: MemberHave, files: readonly string[], javaHome: string): StartedWith {
  const digests = files.map((path, index) => [path, answer.digests[index] ?? ''] as const);
  return { files: Object.fromEntries(digests.filter(([, digest]) => digest !== '')), links: { [javaHome]: answer.java.target } };
}
