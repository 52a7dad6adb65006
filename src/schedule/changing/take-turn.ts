// One run at a time changes a host: it takes its turn before its first change there, and what it has read holds only if no other had one since.
import { BUSY, runTurn } from '../../facts/run-turn.ts';
import { resource } from '../../facts/resource.ts';
import { SESSION_FOLDER } from '../../session/shell/shell-loop.ts';
import type { Command } from '../../session/types.ts';
import { sh, type ShellText } from '../../util/shell.ts';
import type { Engine, RunTurn } from '../state/engine.ts';
import type { HostRun } from '../state/host-run.ts';
import { outputOf, type Output } from '../state/output.ts';
import { TaskFailure } from '../state/task-failure.ts';
import { toCommand } from '../reading/to-command.ts';
import { givingBack, taking } from './turn-scripts.ts';

/** Seconds for the taking itself. */
const SECONDS = 60;
/** As often others may come before us. */
const MOST = 10;

/**
 * Sees to it that no other run changes a host while this one does. It holds for as long as the session's shell on the host lives: a controller
 * that was cut off, and comes back, has to take its turn again.
 * @returns whether what was read still holds; otherwise it is forgotten
 * @throws TaskFailure when it is another run's turn
 */
export async function takeTurn(engine: Engine, host: HostRun, user: string | undefined): Promise<boolean> {
  const { turn } = engine;
  if (turn === undefined || host.turns.has(user ?? '')) return true;
  let answer = await tryTurn(engine, host, user);
  if (answer.kind === 'held') answer = await waitForTurn(engine, host, user, answer, turn.wait);
  if (answer.kind === 'ours') return true;
  if (answer.kind === 'held') throw heldBy(host, answer);
  if ((host.overtaken += 1) > MOST) throw new TaskFailure(`other runs keep changing ${host.name}; run it again when they are done`);
  return false;
}

/** What a host says to a run that would have its turn. */
export type TurnAnswer =
  | { readonly kind: 'ours' }
  /** Another run was there since the host was read; that is forgotten. */
  | { readonly kind: 'stale' }
  /** Another run has it: whose it is, since when. */
  | { readonly kind: 'held'; readonly holder: string };

export type Held = Extract<TurnAnswer, { readonly kind: 'held' }>;

/** Asks for the turn. @param wait seconds that another run is waited for @throws TaskFailure when the host makes no sense */
export async function tryTurn(engine: Engine, host: HostRun, user: string | undefined, wait = 0): Promise<TurnAnswer> {
  const { turn } = engine;
  if (turn === undefined || host.turns.has(user ?? '')) return { kind: 'ours' };
  const words = await say(engine, host, user, taking({ ...turn, wait }, knownTurn(turn, host, user)), SECONDS + wait);
  if (keepTurn(turn, host, user, words)) return { kind: 'ours' };
  const [word, since = '', ...by] = words;
  if (word === 'held') return { kind: 'held', holder: `${by.join(' ')} since ${since}` };
  host.facts.disturb([resource.anything], [runTurn({ run: turn.run })]);
  return { kind: 'stale' };
}

/** Waits for another run, and says so. */
export async function waitForTurn(engine: Engine, host: HostRun, user: string | undefined, held: Held, wait: number): Promise<TurnAnswer> {
  if (wait <= 0) return held;
  engine.emit({ kind: 'note', level: 'warning', text: `${host.name}: waiting up to ${wait} s for another run, of ${held.holder}` });
  return tryTurn(engine, host, user, wait);
}

export function heldBy(host: HostRun, { holder }: Held): TaskFailure {
  const advice = 'wait for it with --wait-lock SECONDS, or end it with --break-lock';
  return new TaskFailure(`${host.name} is being changed by another run, of ${holder}: ${advice}`, host.name);
}

/** Gives a turn back in which nothing was changed. It may be taken again. */
export async function giveTurnBack(engine: Engine, host: HostRun, user: string | undefined): Promise<void> {
  const { turn, sessions, kill } = engine;
  if (turn === undefined || !host.turns.delete(user ?? '')) return;
  const session = await sessions.session(host.name, user);
  await session.exchange([toCommand(givingBack(turn, knownTurn(turn, host, user)), SECONDS, { ofSession: true })], kill);
}

/** The words that a host answers with. @throws TaskFailure when it has none */
async function say(
  { sessions, kill }: Engine,
  host: HostRun,
  user: string | undefined,
  script: ShellText,
  seconds: number,
): Promise<readonly string[]> {
  const session = await sessions.session(host.name, user);
  const [result] = await session.exchange([toCommand(script, seconds, { ofSession: true })], kill);
  const { stdout, stderr } = result === undefined ? { stdout: '', stderr: '' } : outputOf(result);
  const words = stdout.trim().split(' ');
  if (/^(?:took|nowhere|stale|held)$/.test(words[0] ?? '')) return words;
  throw new TaskFailure(`${host.name} cannot keep other runs away: ${stderr.trim() || stdout.trim()}`, host.name);
}

/** The last turn as it was read; empty when nothing was. */
function knownTurn({ run }: RunTurn, host: HostRun, user: string | undefined): string {
  const read = host.facts.peek(runTurn({ run }), user ?? '')?.value;
  return typeof read === 'string' ? read : '';
}

/** Whether a host's answer gives the turn. */
function keepTurn({ run }: RunTurn, host: HostRun, user: string | undefined, [word, number = '']: readonly string[]): boolean {
  // An account without a place to write keeps nobody away, and is not kept from its work.
  if (word !== 'took' && word !== 'nowhere') return false;
  if (word === 'took') host.facts.keep(runTurn({ run }), user ?? '', number);
  host.turns.add(user ?? '');
  return true;
}

/** Whether another run was changing the host when it was read: what was read then may be halfway to something. */
export function wasBusy({ turn }: Engine, host: HostRun, user: string | undefined): boolean {
  return turn !== undefined && knownTurn(turn, host, user) === BUSY;
}

/** What goes before changes in their frame, and what is made of the answer. */
export interface TurnGuard {
  /** Fails where the turn is not ours; then nothing is changed. */
  readonly command: Command;
  readonly heard: (output: Output) => void;
}

/**
 * Takes the turn with the first change; later it only asks whether the shell is the one that took it. Another shell changes nothing.
 * @returns undefined where there are no other runs
 */
export function turnGuard({ turn }: Engine, host: HostRun, user: string | undefined): TurnGuard | undefined {
  if (turn === undefined) return undefined;
  if (host.turns.has(user ?? '')) return { command: holdingTurn(), heard: () => undefined };
  return {
    command: toCommand(taking({ ...turn, wait: 0 }, knownTurn(turn, host, user)), SECONDS, { guards: [0], ofSession: true }),
    heard: ({ stdout }) => void keepTurn(turn, host, user, stdout.trim().split(' ')),
  };
}

/** Nothing was changed, since another run changed the host after it was read; that is forgotten. */
export class Overtaken extends TaskFailure {
  constructor(host: HostRun) {
    super(`another run has changed ${host.name} meanwhile; run it again`, host.name);
  }
}

/** Whether the shell is the one that took the turn. */
export function holdingTurn(): Command {
  return toCommand(sh`[ -e ${SESSION_FOLDER}/turn ]`, SECONDS, { guards: [0], ofSession: true });
}
