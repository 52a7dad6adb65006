// Fact: how often runs have taken their turn at changing a host. One changes it at a time.
import { rawShell, sh } from '../util/shell.ts';
import { defineFact } from './contract.ts';

/**
 * `$at`: the folder of whoever the session is, with a file for the turn that was taken last, named by its number, `$n`. It holds, in one line,
 * the process behind the run on this host, when that began, the run, since when it has the turn, and whose it is. `lives PID BEGAN` is whether
 * that process is still there.
 */
export const TURNS = rawShell(
  `at=$HOME/.local/state/tsplay; if [ -w /run ]; then at=/run/tsplay; fi; at=\${TSPLAY_STATE:-$at}/turn
began() { b=; g=; if { read -r b </proc/$1/stat; } 2>/dev/null; then set -- \${b##*') '}; g=$3; shift 19; b=$1; fi; }
lives() { began "$1"; if [ -n "$b" ]; then [ "$b" = "$2" ]; else [ ! -e /proc/self ] && kill -0 "$1" 2>/dev/null; fi; }
last() { n=0; for f in "$at"/[0-9]*; do f=\${f##*/}; case $f in *[!0-9]*) ;; *) if [ "$f" -gt "$n" ]; then n=$f; fi;; esac; done; }
taken() { pid=; if [ $n -gt 0 ]; then read -r pid start run since by <"$at/$n"; fi 2>/dev/null; [ -n "$pid" ] && [ "$run" != "$1" ] && lives "$pid" "$start"; }
last`,
);

/** In place of the number, while another run has the turn. */
export const BUSY = 'busy';

export const runTurn = defineFact({
  name: 'session.run-turn',
  summary: 'how many times runs have begun to change this host as this user; `busy` while another run than the given one does',
  probe: ({ run }: { readonly run: string }) => sh`${TURNS}
if taken ${run}; then n=${BUSY}; fi; echo $n`,
  // Nothing but a run writes there, and it knows.
  reads: () => [],
  parse: ({ stdout }): string => stdout.trim(),
  absent: '0',
  cost: 'cheap',
  ofSession: true,
});
