// What is wrong with an ensemble, in words that name the server; empty when there is one leader and all others follow it.
import { listed } from '../../../src/index.ts';
import type { ServerState } from '../facts/server-state.ts';
import type { Member } from './members.ts';

/** One server as `verify` sees it. */
export interface Seen extends Member {
  readonly unit: { readonly active: string };
  readonly server: ServerState;
  /** What the file says; empty when there is none. */
  readonly myid: string;
}

/** One thing that is wrong, and the server it is wrong on. */
export interface QuorumProblem {
  readonly words: string;
  readonly on?: string;
}

/** What the ensemble should be. */
export interface Expected {
  readonly unit: string;
  readonly port: number;
  readonly size: number;
  readonly version: string | undefined;
}

/** Every problem at once. */
export function problemsOf(seen: readonly Seen[], expected: Expected): readonly QuorumProblem[] {
  const own = seen.flatMap(server =>
    ownProblems(server, expected).map(problem => ({ words: `${server.name} ${problem}`, on: server.name })),
  );
  const leaders = seen.filter(({ server }) => server.mode === 'leader');
  if (expected.size === 1 || own.length > 0) return own;
  if (leaders.length !== 1)
    return [{ words: leaders.length === 0 ? 'no server leads' : `${listed(leaders.map(({ name }) => name))} all say they lead` }];
  return [...leaders.flatMap(leader => leaderProblems(leader, expected)), ...epochProblems(seen)];
}

function ownProblems({ id, unit, server, myid }: Seen, expected: Expected): readonly string[] {
  if (server.mode === 'none' && server.says === '') return [`does not answer on ${expected.port}: ${expected.unit} is ${unit.active}`];
  const problems: string[] = [];
  if (server.mode === 'none') problems.push(`answers on ${expected.port}, but serves nobody: ${JSON.stringify(server.says)}`);
  if (server.mode === 'standalone' && expected.size > 1) problems.push(`runs alone, but the ensemble has ${expected.size} servers`);
  if (server.version !== '' && expected.version !== undefined && server.version !== expected.version) {
    problems.push(`runs version ${server.version}, wanted ${expected.version}`);
  }
  if (expected.size > 1 && myid !== String(id)) problems.push(`has myid ${JSON.stringify(myid)}, the inventory says ${id}`);
  return problems;
}

function leaderProblems({ name, server }: Seen, { size }: Expected): readonly QuorumProblem[] {
  if (server.synced === size - 1) return [];
  return [{ words: `${name} leads with ${server.synced ?? 'an unknown number'} of ${size - 1} followers in sync`, on: name }];
}

function epochProblems(seen: readonly Seen[]): readonly QuorumProblem[] {
  const epochs = new Set(seen.map(({ server }) => server.epoch));
  if (epochs.size === 1) return [];
  return [
    { words: `the servers are in different epochs: ${seen.map(({ name, server }) => `${name} in ${server.epoch ?? 'none'}`).join(', ')}` },
  ];
}
