// Reading facts: everything asked of one host goes out in one frame, and only what is not known yet; what coming tasks will ask for rides along.
import { UnreachableError } from '../../errors/errors.ts';
import type { FactRef } from '../../facts/contract.ts';
import { resource } from '../../facts/resource.ts';
import { runTurn } from '../../facts/run-turn.ts';
import type { Command, CommandResult } from '../../session/types.ts';
import { isWay } from '../state/fact-store.ts';
import { standInFor, keepForForetoldUser } from './foretold-user.ts';
import { isCheck, type Engine } from '../state/engine.ts';
import type { HostRun } from '../state/host-run.ts';
import { describeFact, probeFrame, type Answered } from './probe-frame.ts';
import { isLive } from './live.ts';
import { TaskFailure } from '../state/task-failure.ts';

/** As often as a path may lead on to another: a link each time. */
const MOST_ROUNDS = 42;

/** A fact of a host, as seen by a user. */
export interface Question {
  readonly ref: FactRef<unknown>;
  readonly host: HostRun;
}

/** Facts by their keys. */
type Refs = ReadonlyMap<string, FactRef<unknown>>;

/**
 * Sees to it that every question can be answered from the hosts' stores.
 * @param user whom to become; undefined stays the login user
 * @param beside what goes along where a host has to be asked anyway
 * @throws UnreachableError; TaskFailure when an answer makes no sense
 */
export async function readFacts(
  engine: Engine,
  questions: readonly Question[],
  user: string | undefined,
  beside?: () => Promise<readonly Question[]>,
): Promise<void> {
  if (missingOf(questions, user).size === 0) return;
  const all = beside === undefined ? questions : [...questions, ...(await beside())];
  let rounds = 0;
  for (let missing = missingOf(all, user); missing.size > 0; missing = missingOf(all, user)) {
    if ((rounds += 1) > MOST_ROUNDS)
      throw new TaskFailure(`paths lead elsewhere each time they are looked at: ${describeMissing(missing)}`);
    await Promise.all([...missing].map(([host, refs]) => ask(engine, host, refs, user)));
  }
}

function describeMissing(missing: ReadonlyMap<HostRun, Refs>): string {
  return [...missing].map(([host, refs]) => `${[...refs.values()].map(describeFact).join(', ')} on ${host.name}`).join('; ');
}

/** Asked again only when a path turned out to lead elsewhere. */
function missingOf(questions: readonly Question[], user: string | undefined): ReadonlyMap<HostRun, Refs> {
  const missing = new Map<HostRun, Map<string, FactRef<unknown>>>();
  for (const { ref: asked, host } of questions) {
    for (const ref of host.facts.missing(asked, user ?? '')) {
      const refs = missing.get(host) ?? new Map<string, FactRef<unknown>>();
      missing.set(host, refs.set(ref.key, ref));
    }
  }
  return missing;
}

async function ask(engine: Engine, host: HostRun, missing: Refs, user: string | undefined): Promise<void> {
  const standIn = isCheck(engine) ? standInFor(host, user) : undefined;
  const own = [...missing.values()].filter(ref => !(standIn && keepForForetoldUser(host, ref, standIn)));
  if (own.length === 0) return;
  const reading = standIn ? standIn.reader : user;
  // Looking at what is to come takes no longer than connecting.
  const [, ahead] = await Promise.all([engine.sessions.session(host.name, reading), standIn ? [] : aheadOf(engine, host, user, own)]);
  const reader = standIn ? (standIn.reader ?? '') : user;
  const { thorough } = engine.options;
  // What is known holds as long as no other run changes the host: how many did so before is read with the first of it.
  const turn = engine.turn === undefined ? [] : host.facts.missing(runTurn({ run: engine.turn.run }), user ?? '');
  const frame = probeFrame([...turn, ...own, ...ahead], { thorough });
  const wasStirred = engine.ahead?.isStirred();
  const results = await read(engine, host, reading, frame.commands);
  const isStirred = wasStirred !== engine.ahead?.isStirred();
  // What another host has begun to change meanwhile may show in what was read before its turn.
  const answers = frame.answers(results).filter(({ ref }) => !(isStirred && isLive(ref)) || own.includes(ref));
  const unread = keepAnswers(host, answers, new Set(own), user, reader);
  if (unread.length === 0) return;
  const singly = probeFrame(unread, { thorough, singly: true });
  keepAnswers(host, singly.answers(await read(engine, host, reading, singly.commands)), new Set(unread), user, reader);
}

/** Reading is harmless: when the link breaks in it, it is done once more over another, and what was read before may be otherwise by then. */
async function read(
  engine: Engine,
  host: HostRun,
  user: string | undefined,
  commands: readonly Command[],
): Promise<readonly CommandResult[]> {
  const session = await engine.sessions.session(host.name, user);
  try {
    return await session.exchange(commands, engine.kill);
  } catch (error) {
    if (!(error instanceof UnreachableError && error.reason === 'dropped')) throw error;
    host.facts.disturb([resource.anything]);
    const another = await engine.sessions.session(host.name, user);
    return another.exchange(commands, engine.kill);
  }
}

/** What coming tasks of a host will ask for, as far as it is known by now, beside what is asked for anyway. */
export async function aheadOf(
  engine: Engine,
  host: HostRun,
  user: string | undefined,
  own: readonly FactRef<unknown>[],
  isBesideChange = false,
): Promise<readonly FactRef<unknown>[]> {
  const wanted = (await engine.ahead?.of(engine, host, user, isBesideChange ? undefined : own)) ?? [];
  const missing = missingOf(
    wanted.map(ref => ({ ref, host })),
    user,
  ).get(host);
  const asked = new Set(own.map(ref => ref.key));
  return [...(missing?.values() ?? [])].filter(ref => !asked.has(ref.key));
}

/**
 * Keeps answers. What only coming tasks will ask for is kept if it makes sense, and else left for them to stumble on.
 * @returns what has to be read by itself
 * @throws TaskFailure when the answer to one of `own` makes no sense
 */
export function keepAnswers(
  host: HostRun,
  answers: readonly Answered[],
  own: ReadonlySet<FactRef<unknown>>,
  user: string | undefined,
  reader = user,
): readonly FactRef<unknown>[] {
  const problem = answers.find(answer => 'problem' in answer && own.has(answer.ref));
  if (problem !== undefined && 'problem' in problem) throw new TaskFailure(problem.problem);
  const known = answers.filter(answer => 'value' in answer);
  // The ways first: what was answered about a path can be kept once it is known where the path leads.
  for (const { ref, value } of [...known.filter(({ ref }) => isWay(ref)), ...known.filter(({ ref }) => !isWay(ref))])
    host.facts.keep(ref, user ?? '', value, reader ?? '');
  return answers.flatMap(answer => ('isUnread' in answer && own.has(answer.ref) ? [answer.ref] : []));
}
