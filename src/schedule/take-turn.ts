// One run at a time changes a host: it takes its turn before its first change there, and what it has read holds only if no other had one since.
import { runTurn, TURNS } from '../facts/run-turn.ts';
import { resource } from '../facts/resource.ts';
import { SESSION_FOLDER } from '../session/shell-loop.ts';
import type { Command } from '../session/types.ts';
import { sh, type ShellText } from '../util/shell.ts';
import type { Engine, RunTurn } from './engine.ts';
import type { HostRun } from './host-run.ts';
import { outputOf } from './output.ts';
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
  const reader = user ?? '';
  if (turn === undefined || host.turns.has(reader)) return true;
  const read = host.facts.peek(runTurn({ run: turn.run }), reader)?.value;
  const known = typeof read === 'string' ? read : '';
  let [word, ...rest] = await say(engine, host, user, taking({ ...turn, wait: 0 }, known), SECONDS);
  if (word === 'held' && turn.wait > 0) {
    const text = `${host.name}: waiting up to ${turn.wait} s for another run, of ${holder(rest)}`;
    engine.emit({ kind: 'note', level: 'warning', text });
    [word, ...rest] = await say(engine, host, user, taking(turn, known), SECONDS + turn.wait);
  }
  switch (word) {
    case 'took':
      host.facts.keep(runTurn({ run: turn.run }), reader, rest[0] ?? '');
      host.turns.add(reader);
      return true;
    // An account without a place to write has nobody to keep away: what it changes is elsewhere.
    case 'nowhere':
      host.turns.add(reader);
      return true;
    case 'stale':
      host.facts.disturb([resource.anything], [runTurn({ run: turn.run })]);
      if ((host.overtaken += 1) > MOST) throw new TaskFailure(`other runs keep changing ${host.name}; run it again when they are done`);
      return false;
    case undefined:
    default: {
      const advice = 'wait for it with --wait-lock SECONDS, or end it with --break-lock';
      throw new TaskFailure(`${host.name} is being changed by another run, of ${holder(rest)}: ${advice}`, host.name);
    }
  }
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
  const [result] = await session.exchange([toCommand(script, seconds)], kill);
  const { stdout, stderr } = result === undefined ? { stdout: '', stderr: '' } : outputOf(result);
  const words = stdout.trim().split(' ');
  if (/^(?:took|nowhere|stale|held)$/.test(words[0] ?? '')) return words;
  throw new TaskFailure(`${host.name} cannot keep other runs away: ${stderr.trim() || stdout.trim()}`, host.name);
}

function holder([since = '', ...by]: readonly string[]): string {
  return `${by.join(' ')} since ${since}`;
}

/** Goes before changes: a shell that has not taken the turn, since it is another than the one that did, changes nothing. */
export function holdingTurn(): Command {
  return toCommand(sh`[ -e ${SESSION_FOLDER}/turn ]`, SECONDS, { guards: [0] });
}

/** Takes the next number, which only one can; whoever had the last is gone, or this run itself. @param known the last as it was read; empty when nothing was */
function taking({ run, by, since, wait, breaks }: RunTurn, known: string): ShellText {
  return sh`umask 077
left=${wait}
while :; do
  ${TURNS}
  if ! mkdir -p "$at" 2>/dev/null || ! [ -w "$at" ]; then : >${SESSION_FOLDER}/turn; echo nowhere; exit; fi
  if taken ${run}; then
    if [ ${breaks ? 'yes' : 'no'} = yes ]; then
      began $$; own=$g; began "$pid"
      if [ -n "$g" ] && [ "$g" != "$own" ]; then kill -- "-$g"; else kill "$pid"; fi || exit
      i=0; while lives "$pid" "$start" && [ $i -lt 10 ]; do i=$((i+1)); sleep 1; done
      if lives "$pid" "$start"; then kill -9 "$pid" || exit; fi
      continue
    fi
    if [ $left -gt 0 ]; then left=$((left-1)); sleep 1; continue; fi
    echo "held $since $by"; exit
  fi
  if [ -n ${known} ] && [ $n != ${known} ]; then echo stale; exit; fi
  began $$
  printf '%s\\n' "$$ \${b:--} ${run} ${since} "${by} >"$at/.$$" || exit
  n=$((n+1))
  if ln "$at/.$$" "$at/$n" 2>/dev/null; then took=yes; else took=no; fi
  rm -f "$at/.$$"
  # Somebody slow may take a number that was given away and forgotten.
  if [ $took = yes ] && [ -e "$at/$((n+1))" ]; then rm -f "$at/$n"; took=no; fi
  if [ $took = yes ]; then break; fi
done
for f in "$at"/[0-9]*; do if [ "\${f##*/}" -lt $n ]; then rm -f "$f"; fi; done
: >${SESSION_FOLDER}/turn && echo took $n`;
}
