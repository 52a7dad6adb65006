// The watch over a frame: finds the command that runs longer than it may, ends its processes, and gets the frame's answer all the same.
import { setTimeout as sleep } from 'node:timers/promises';
import { UnreachableError } from '../../errors/errors.ts';
import { AnswerReader, NOT_RUN } from './answer.ts';
import { runAside } from './aside.ts';
import type { Identity } from './identity.ts';
import type { Pending, Shell } from './shell.ts';
import { endProgram, lookProgram, recoverProgram, signalProgram, survivorsProgram, type LoopPlace } from './aside-programs.ts';
import type { Command, CommandResult } from '../types.ts';
import { abortReason, LATE, seconds, unlessAborted, within } from '../wait.ts';

/** Spans of a session, in milliseconds. */
export interface Limits {
  /** Until a started shell must have greeted. */
  readonly start: number;
  /** Between asking processes to end and ending them, and again until the shell is given up. */
  readonly grace: number;
}

export const DEFAULT_LIMITS: Limits = { start: 60_000, grace: 5_000 };

/** The loop tells at most once a second where it is, so a later command may have started this much after the last word. */
const SILENCE = 1_000;
const SURVIVOR_PAUSE = 100;

/** Which command runs, since when at the latest, and whether it is certain that no later one runs. */
interface Progress {
  readonly index: number;
  readonly since: number;
  readonly certain: boolean;
}

export interface Watched {
  readonly identity: Identity;
  readonly shell: Shell;
  readonly limits: Limits;
  readonly commands: readonly Command[];
  readonly pending: Pending;
}

/**
 * The results of a frame under way. A command that passes its timeout is ended and so are those after it; the earlier ones keep their results.
 * @throws UnreachableError when the shell is lost; the signal's reason, once nothing of the frame runs any more
 */
export async function watchFrame(watched: Watched, signal: AbortSignal | undefined): Promise<readonly CommandResult[]> {
  try {
    const place = await unlessAborted(greeting(watched), signal);
    return await untilAnswered(watched, place, signal);
  } catch (error) {
    if (signal?.aborted) throw abortReason(signal);
    throw error;
  } finally {
    watched.shell.onProgress = undefined;
  }
}

async function greeting({ identity, shell, limits }: Watched): Promise<LoopPlace> {
  const place = await within(shell.place, limits.start);
  if (place !== LATE) return place;
  const { host, user } = identity.transport;
  const who = identity.become ? `${identity.become.method} to ${identity.become.user}` : `the login shell of ${user}`;
  shell.abandon();
  throw new UnreachableError(
    host,
    'timeout',
    `${who} on ${host} did not start sh within ${seconds(limits.start)}, look at what hangs there (PAM, logind, a name service)`,
  );
}

async function untilAnswered(watched: Watched, place: LoopPlace, signal: AbortSignal | undefined): Promise<readonly CommandResult[]> {
  const { commands, pending, shell } = watched;
  let progress: Progress = { index: 1, since: Date.now(), certain: false };
  let moved = signalled();
  shell.onProgress = index => {
    progress = { index, since: Date.now(), certain: false };
    moved.tell();
  };
  for (;;) {
    let event: readonly CommandResult[] | typeof LATE | undefined;
    try {
      event = await unlessAborted(within(Promise.race([pending.answer, moved.told]), nextLook(progress, commands) - Date.now()), signal);
    } catch (error) {
      if (signal?.aborted) await endCommand(watched, place, 0);
      throw error;
    }
    if (event === LATE) {
      const seen = await lookAt(watched, place, progress);
      if (seen !== undefined && Date.now() >= dueTime(seen, commands)) {
        const results = await endCommand(watched, place, seen.index);
        if (results) return results;
      } else if (seen !== undefined) progress = seen;
      else return await arrival(watched, signal);
    } else if (event !== undefined) return event;
    moved = signalled();
  }
}

/** The answer of a frame that is over on the host: it is on its way for as long as there is more of it. */
async function arrival({ identity, shell, pending, limits }: Watched, signal: AbortSignal | undefined): Promise<readonly CommandResult[]> {
  for (let heard = -1; heard !== shell.heard;) {
    heard = shell.heard;
    const results = await unlessAborted(within(pending.answer, limits.start), signal);
    if (results !== LATE) return results;
  }
  shell.abandon();
  throw lateError(identity, `what it did is over, but nothing of the answer came for ${seconds(limits.start)}`);
}

function signalled(): { readonly told: Promise<undefined>; readonly tell: () => void } {
  let tell: () => void = () => undefined;
  const told = new Promise<undefined>(resolve => (tell = () => resolve(undefined)));
  return { told, tell };
}

/** When the command that runs has had its time. */
function dueTime({ index, since }: Progress, commands: readonly Command[]): number {
  return since + (commands[index - 1]?.timeout ?? 0);
}

/** When to look next: the due time of the command last heard of, or of one that may have started in the silence after it. */
function nextLook(progress: Progress, commands: readonly Command[]): number {
  const later = progress.certain ? [] : commands.slice(progress.index).map(({ timeout }) => progress.since + SILENCE + timeout);
  return Math.min(dueTime(progress, commands), ...later);
}

/** Asks the host which command runs; undefined when the frame is over. */
async function lookAt(
  { identity, shell, commands, pending, limits }: Watched,
  place: LoopPlace,
  last: Progress,
): Promise<Progress | undefined> {
  const asked = Date.now();
  const { stdout } = await besides(identity, shell, lookProgram(place), limits);
  const [sequence, over = 0] = stdout.toString().split(' ').map(Number);
  if (sequence !== pending.sequence || over >= commands.length) return undefined;
  const index = over + 1;
  if (index === last.index) return { ...last, certain: true };
  return { index, since: Math.min(last.since + SILENCE, asked), certain: true };
}

/** Ends a command (0: whichever runs), kindly, then not, then without the shell. Undefined when it was over already. */
async function endCommand(watched: Watched, place: LoopPlace, index: number): Promise<readonly CommandResult[] | undefined> {
  const { identity, shell, pending, limits } = watched;
  for (const kind of ['TERM', 'KILL'] as const) {
    const { stdout } = await besides(identity, shell, endProgram(place, pending.sequence, index, kind), limits);
    const [word, ...pids] = stdout.toString().trim().split(' ');
    if (word === 'moved') return undefined;
    await signalOthers(watched, pids.map(Number), kind);
    const results = await within(pending.answer, limits.grace);
    if (results === LATE) continue;
    await endSurvivors(watched, pids.map(Number));
    return results;
  }
  return recover(watched, place);
}

/** A command may be over before all that it started: they get the grace too, and then no more. */
async function endSurvivors(watched: Watched, pids: readonly number[]): Promise<void> {
  const { identity, shell, limits } = watched;
  const deadline = Date.now() + limits.grace;
  for (let left = pids; left.length > 0;) {
    const late = Date.now() > deadline;
    const { stdout } = await besides(identity, shell, survivorsProgram(left, late), limits);
    if (late) return signalOthers(watched, left, 'KILL');
    left = stdout.toString().split('\n').filter(Boolean).map(Number);
    if (left.length > 0) await sleep(SURVIVOR_PAUSE);
  }
}

/** What a command runs as another user may be ended by that user alone. Where that is not let do it, it cannot be ended. */
async function signalOthers({ identity, commands, limits }: Watched, pids: readonly number[], signal: 'TERM' | 'KILL'): Promise<void> {
  const others = new Map(commands.flatMap(({ as }) => (as === undefined ? [] : [[as.user, as] as const])));
  for (const become of pids.length > 0 ? others.values() : []) {
    identity.counters.roundTrips++;
    await within(runAside({ ...identity, become }, signalProgram(pids, signal)), limits.start).catch(() => undefined);
  }
}

/** The processes cannot be ended (they wait for a dead disk, or belong to another user): the results are fetched without the loop. */
async function recover({ identity, shell, commands, pending, limits }: Watched, place: LoopPlace): Promise<readonly CommandResult[]> {
  const token = shell.marker.slice(1, -1);
  const { stdout } = await besides(identity, shell, recoverProgram(place, pending.sequence, token), limits);
  shell.abandon();
  const done = new AnswerReader(token, shell.marker, true).push(stdout).find(event => event.kind === 'done');
  if (!done || done.results.length > commands.length)
    throw lateError(identity, 'a command ran too long, its processes cannot be ended, and its outputs are gone');
  return [...done.results, ...commands.slice(done.results.length).map(() => NOT_RUN)];
}

/** Runs a program beside a shell; a host that does not let it is given up, as nothing can be said of the frame any more. */
async function besides(identity: Identity, shell: Shell, program: string, limits: Limits): Promise<{ readonly stdout: Buffer }> {
  identity.counters.roundTrips++;
  try {
    const result = await within(runAside(identity, program), limits.start);
    if (result !== LATE) return result;
    throw lateError(identity, `looking after a command that runs too long took over ${seconds(limits.start)}`);
  } catch (error) {
    shell.abandon();
    if (!identity.transport.alive || !(error instanceof Error)) throw error;
    throw lateError(identity, `a command ran too long and could not be ended: ${error.message}`);
  }
}

function lateError({ transport }: Identity, what: string): UnreachableError {
  return new UnreachableError(transport.host, 'timeout', `${transport.host}: ${what}`);
}
