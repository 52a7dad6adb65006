// One run at a time changes a host: it takes its turn before its first change there, and what it has read holds only if no other had one since.
import { runTurn, TURNS } from '../facts/run-turn.ts';
import { resource } from '../facts/resource.ts';
import { SESSION_FOLDER } from '../session/shell-loop.ts';
import type { Command } from '../session/types.ts';
import { sh, type ShellText } from '../util/shell.ts';
import type { Engine, RunTurn } from './engine.ts';
import type { HostRun } from './host-run.ts';
import { outputOf, type Output } from './output.ts';
import { TaskFailure } from './task-failure.ts';
import { toCommand } from './to-command.ts';

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
  const known = knownTurn(turn, host, user);
  let words = await say(engine, host, user, taking({ ...turn, wait: 0 }, known), SECONDS);
  if (words[0] === 'held' && turn.wait > 0) {
    const text = `${host.name}: waiting up to ${turn.wait} s for another run, of ${holder(words)}`;
    engine.emit({ kind: 'note', level: 'warning', text });
    words = await say(engine, host, user, taking(turn, known), SECONDS + turn.wait);
  }
  if (keepTurn(turn, host, user, words)) return true;
  if (words[0] === 'held') {
    const advice = 'wait for it with --wait-lock SECONDS, or end it with --break-lock';
    throw new TaskFailure(`${host.name} is being changed by another run, of ${holder(words)}: ${advice}`, host.name);
  }
  host.facts.disturb([resource.anything], [runTurn({ run: turn.run })]);
  if ((host.overtaken += 1) > MOST) throw new TaskFailure(`other runs keep changing ${host.name}; run it again when they are done`);
  return false;
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

function holder([, since = '', ...by]: readonly string[]): string {
  return `${by.join(' ')} since ${since}`;
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

/** The number after a turn that was read; `none` after what is no number. */
function nextOf(known: string): string {
  return /^\d+$/.test(known) ? String(Number(known) + 1) : 'none';
}

/** Takes the next number, which only one can; whoever had the last is gone, or this run itself. @param known the last as it was read; empty when nothing was */
function taking({ run, by, since, wait, breaks }: RunTurn, known: string): ShellText {
  return sh`umask 077
nowhere() { : >${SESSION_FOLDER}/turn && echo nowhere; exit; }
left=${wait}
while :; do
  ${TURNS}
  if ! mkdir -p "$at" 2>/dev/null || ! [ -w "$at" ]; then nowhere; fi
  if taken ${run}; then
    if [ ${breaks ? 'yes' : 'no'} = yes ]; then
      began $$; own=$g; began "$pid"
      if [ -n "$g" ] && [ "$g" != "$own" ]; then kill -- "-$g"; else kill "$pid"; fi || exit
      i=0; while lives "$pid" "$start" && [ $i -lt 10 ]; do i=$((i+1)); sleep 1; done
      if lives "$pid" "$start"; then kill -9 "$pid" || exit; fi
      continue
    fi
    if [ $left -gt 0 ]; then left=$((left-1)); sleep 1; continue; fi
    echo "held $since $by"; exit 1
  fi
  # The number after the known one may be this run's own, as another user whom the same account becomes: nobody came between.
  if [ -n ${known} ] && [ $n != ${known} ] && ! { [ "$run" = ${run} ] && [ $n = ${nextOf(known)} ]; }; then echo stale; exit 1; fi
  began $$
  printf '%s\\n' "$$ \${b:--} ${run} ${since} "${by} >"$at/.$$" || nowhere
  n=$((n+1))
  if ln "$at/.$$" "$at/$n" 2>/dev/null; then took=yes; else took=no; fi
  rm -f "$at/.$$"
  # Somebody slow may take a number that was given away and forgotten.
  if [ $took = yes ] && [ -e "$at/$((n+1))" ]; then rm -f "$at/$n"; took=no; fi
  if [ $took = yes ]; then break; fi
  # Nobody was quicker: links cannot be made there.
  mine=$n; last; if [ $n -lt $mine ]; then nowhere; fi
done
for f in "$at"/[0-9]*; do if [ "\${f##*/}" -lt $n ]; then rm -f "$f"; fi; done
: >${SESSION_FOLDER}/turn && echo took $n`;
}
