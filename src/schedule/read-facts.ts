// Reading facts: everything asked of one host goes out in one frame, and only what is not known yet.
import type { FactRef, ProbeOutput } from '../facts/contract.ts';
import type { Command, CommandResult } from '../session/types.ts';
import { toCommand } from './to-command.ts';
import { isWay } from './fact-store.ts';
import { standInFor, keepForForetoldUser } from './foretold-user.ts';
import { isCheck, type Engine } from './engine.ts';
import type { HostRun } from './host-run.ts';
import { TaskFailure } from './task-failure.ts';

/** Seconds a probe may take. */
const PROBE_SECONDS = { cheap: 60, slow: 180 } as const;

/** As often as a path may lead on to another: a link each time. */
const MOST_ROUNDS = 42;

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
  let rounds = 0;
  for (let missing = missingOf(questions, user); missing.size > 0; missing = missingOf(questions, user)) {
    if ((rounds += 1) > MOST_ROUNDS)
      throw new TaskFailure(`paths lead elsewhere each time they are looked at: ${describeMissing(missing)}`);
    await Promise.all([...missing].map(([host, refs]) => ask(engine, host, refs, user)));
  }
}

function describeMissing(missing: ReadonlyMap<HostRun, ReadonlyMap<string, FactRef<unknown>>>): string {
  return [...missing].map(([host, refs]) => `${[...refs.values()].map(describeFact).join(', ')} on ${host.name}`).join('; ');
}

/** Asked again only when a path turned out to lead elsewhere. */
function missingOf(questions: readonly Question[], user: string | undefined): ReadonlyMap<HostRun, Map<string, FactRef<unknown>>> {
  const missing = new Map<HostRun, Map<string, FactRef<unknown>>>();
  for (const { ref: asked, host } of questions) {
    for (const ref of host.facts.missing(asked, user ?? '')) {
      const refs = missing.get(host) ?? new Map<string, FactRef<unknown>>();
      missing.set(host, refs.set(ref.key, ref));
    }
  }
  return missing;
}

async function ask(engine: Engine, host: HostRun, refs: Map<string, FactRef<unknown>>, user: string | undefined): Promise<void> {
  const standIn = isCheck(engine) ? standInFor(host, user) : undefined;
  for (const ref of refs.values()) if (standIn && keepForForetoldUser(host, ref, standIn)) refs.delete(ref.key);
  if (refs.size === 0) return;
  const session = await engine.sessions.session(host.name, standIn ? standIn.reader : user);
  const asked = [...refs.values()];
  const results = await session.exchange(
    asked.map(ref => probeCommand(ref, engine.options.thorough)),
    engine.kill,
  );
  keepAnswers(host, asked, results, user, standIn ? (standIn.reader ?? '') : user);
}

/** The command that reads a fact. */
export function probeCommand(ref: FactRef<unknown>, isThorough = false): Command {
  const { probe, thorough } = ref.definition;
  const look = isThorough ? (thorough ?? probe) : probe;
  return toCommand(look(ref.args as never), PROBE_SECONDS[ref.definition.cost]);
}

/** Parses and keeps answers, in the order of the refs. @throws TaskFailure */
export function keepAnswers(
  host: HostRun,
  refs: readonly FactRef<unknown>[],
  results: readonly CommandResult[],
  user: string | undefined,
  reader = user,
): void {
  const answers = refs.map((ref, index) => {
    const result = results[index];
    if (result?.outcome !== 'exited') throw new TaskFailure(`cannot read ${describeFact(ref)}: the probe did not end in time`);
    return { ref, value: parse(ref, result) };
  });
  // The ways first: what was answered about a path can be kept once it is known where the path leads.
  const ways = answers.filter(({ ref }) => isWay(ref));
  for (const { ref, value } of [...ways, ...answers.filter(({ ref }) => !isWay(ref))])
    host.facts.keep(ref, user ?? '', value, reader ?? '');
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
