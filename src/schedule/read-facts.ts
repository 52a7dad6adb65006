// Reading facts: everything asked of one host goes out in one frame, and only what is not known yet.
import type { FactRef, ProbeOutput } from '../facts/contract.ts';
import type { Command, CommandResult } from '../session/types.ts';
import { toCommand } from './to-command.ts';
import { standInFor, keepForForetoldUser } from './foretold-user.ts';
import { isCheck, type Engine } from './engine.ts';
import type { HostRun } from './host-run.ts';
import { TaskFailure } from './task-failure.ts';

/** Seconds a probe may take. */
const PROBE_SECONDS = { cheap: 60, slow: 180 } as const;

/** A fact of a host, as seen by a user. */
export interface Question {
  readonly ref: FactRef<unknown>;
  readonly host: HostRun;
}

/**
 * Sees to it that every question can be answered from the hosts' stores.
 * @param user whom to become; undefined stays the login user
 * @throws UnreachableError; TaskFailure when an answer makes no sense
 */
export async function readFacts(engine: Engine, questions: readonly Question[], user: string | undefined): Promise<void> {
  const missing = new Map<HostRun, Map<string, FactRef<unknown>>>();
  for (const { ref, host } of questions) {
    if (host.facts.peek(ref, user ?? '') !== undefined) continue;
    const refs = missing.get(host) ?? new Map<string, FactRef<unknown>>();
    missing.set(host, refs.set(ref.key, ref));
  }
  await Promise.all(
    [...missing].map(async ([host, refs]) => {
      const standIn = isCheck(engine) ? standInFor(host, user) : undefined;
      for (const ref of refs.values()) if (standIn && keepForForetoldUser(host, ref, standIn)) refs.delete(ref.key);
      if (refs.size === 0) return;
      const session = await engine.sessions.session(host.name, standIn ? standIn.reader : user);
      const asked = [...refs.values()];
      const results = await session.exchange(asked.map(probeCommand), engine.kill);
      keepAnswers(host, asked, results, user);
    }),
  );
}

/** The command that reads a fact. */
export function probeCommand(ref: FactRef<unknown>): Command {
  return toCommand(ref.definition.probe(ref.args as never), PROBE_SECONDS[ref.definition.cost]);
}

/** Parses and keeps answers, in the order of the refs. @throws TaskFailure */
export function keepAnswers(
  host: HostRun,
  refs: readonly FactRef<unknown>[],
  results: readonly CommandResult[],
  user: string | undefined,
): void {
  refs.forEach((ref, index) => {
    const result = results[index];
    if (result?.outcome !== 'exited') throw new TaskFailure(`cannot read ${describeFact(ref)}: the probe did not end in time`);
    host.facts.keep(ref, user ?? '', parse(ref, result));
  });
}

function parse(ref: FactRef<unknown>, result: CommandResult): unknown {
  const text = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  const output: ProbeOutput = { stdout: text(result.stdout), stderr: text(result.stderr), status: result.status, bytes: result.stdout };
  try {
    return ref.definition.parse(output, ref.args as never);
  } catch (error) {
    throw new TaskFailure(`cannot read ${describeFact(ref)}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function describeFact(ref: FactRef<unknown>): string {
  const args = Object.values(ref.args).filter(value => typeof value === 'string' || typeof value === 'number');
  return args.length > 0 ? `${ref.definition.name} of ${args.join(' ')}` : ref.definition.name;
}
