// What a host is told about turns, as shell text: to take the next one, and to give one back.
import { TURNS } from '../../facts/run-turn.ts';
import { SESSION_FOLDER } from '../../session/shell/shell-loop.ts';
import { sh, type ShellText } from '../../util/shell.ts';
import type { RunTurn } from '../state/engine.ts';

/** The number after a turn that was read; `none` after what is no number. */
function nextOf(known: string): string {
  return /^\d+$/.test(known) ? String(Number(known) + 1) : 'none';
}

/** Takes the next number, which only one can; whoever had the last is gone, or this run itself. @param known the last as it was read; empty when nothing was */
export function taking({ run, by, since, wait, breaks }: RunTurn, known: string): ShellText {
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

/** Gives the turn of that number back, in which nothing was changed: the shell changes nothing any more, and the next number is free. */
export function givingBack({ run }: RunTurn, number: string): ShellText {
  return sh`rm -f ${SESSION_FOLDER}/turn
${TURNS}
taken '' || exit 0
if [ "$run" = ${run} ] && [ $n = ${number} ]; then : >"$at/$n"; fi`;
}
