// The short POSIX sh programs that run beside a session's loop: they look after the command it waits for, and write bodies.
import { REMAINS } from './remains.ts';
import { ANSWER } from './shell-loop.ts';
import { oneLine, PLACES, quoteWord } from './shell-text.ts';
import type { UploadPlace } from '../types.ts';

/** Where a running loop is found from aside. */
export interface LoopPlace {
  readonly pid: number;
  readonly directory: string;
}

/** Counts the commands of the loop's frame that are over: `_ts_f` is the frame, `_ts_k` how many, `_ts_a` their statuses. */
function countProgram(directory: string): string {
  return `_ts_d=${quoteWord(directory)}; _ts_k=0; _ts_a=;
    { read -r _ts_f; while read -r _ts_l; do _ts_k=$((_ts_k+1)); _ts_a="$_ts_a $_ts_l"; done; } <"$_ts_d/s";`;
}

/** Says `FRAME OVER`: which frame the loop is at, and how many of its commands are over. */
export function lookProgram(place: LoopPlace): string {
  return oneLine(`${PLACES} ${countProgram(place.directory)} echo $_ts_f $_ts_k;`);
}

/**
 * Ends the processes of the frame's command number `index` (0: of whichever runs) and keeps later ones from starting. Every descendant of
 * the loop gets the signal, the loop itself none. Says `ended PID…`, or `moved` when that command is over already.
 */
export function endProgram(place: LoopPlace, sequence: number, index: number, signal: 'TERM' | 'KILL'): string {
  const count = countProgram(place.directory);
  const isOver = `[ "$_ts_f" != ${sequence} ] || { [ ${index} != 0 ] && [ $((_ts_k+1)) != ${index} ]; }`;
  // Counted again after the stop is set: a command that ended meanwhile must not cost the next one its life.
  return oneLine(`${PLACES} ${count}
    if ${isOver}; then echo moved; exit 0; fi;
    _s=$_ts_d/stop.${sequence}; _o=no; if [ -e "$_s" ]; then _o=yes; fi;
    : >"$_s"; ${count}
    if ${isOver}; then if [ $_o = no ]; then rm -f "$_s"; fi; echo moved; exit 0; fi;
    _l=;
    for _f in /proc/[0-9]*/stat; do
      IFS= read -r _x <"$_f" || continue;
      set -- \${_x##*) }; _i=\${_f#/proc/}; _l="$_l \${_i%/stat}:$2";
    done 2>/dev/null;
    if [ -z "$_l" ]; then
      set -- $(ps -A -o pid= -o ppid= 2>/dev/null || ps -o pid,ppid 2>/dev/null);
      while [ $# -gt 1 ]; do _l="$_l $1:$2"; shift 2; done;
    fi;
    _t=" ${place.pid} "; _n=1;
    while [ $_n = 1 ]; do
      _n=0;
      for _e in $_l; do
        case $_t in *" \${_e%:*} "*) ;; *" \${_e#*:} "*) _t="$_t\${_e%:*} "; _n=1;; esac;
      done;
    done;
    set --;
    for _i in $_t; do if [ $_i != ${place.pid} ]; then kill -s ${signal} $_i; set -- "$@" $_i; fi; done 2>/dev/null;
    echo ended "$@";`);
}

/** Says which of the processes still run, and kills those if it is told to. One that only waits to be counted runs no more. */
export function survivorsProgram(pids: readonly number[], kill: boolean): string {
  return oneLine(`${PLACES}
    for _i in ${pids.join(' ')}; do
      if { IFS= read -r _x </proc/$_i/stat; } 2>/dev/null; then
        case \${_x##*) } in [ZX]*) continue;; esac;
      elif kill -0 $_i 2>/dev/null; then :;
      else continue;
      fi;
      ${kill ? 'kill -s KILL $_i 2>/dev/null;' : ''}
      echo $_i;
    done;`);
}

/** Sends a signal to processes, as far as one may. */
export function signalProgram(pids: readonly number[], signal: 'TERM' | 'KILL'): string {
  return oneLine(`${PLACES} for _i in ${pids.join(' ')}; do kill -s ${signal} $_i; done 2>/dev/null;`);
}

/** Answers the frame in the loop's place: what is over, and what the command that cannot be ended has printed; then removes the directory. */
export function recoverProgram(place: LoopPlace, sequence: number, token: string): string {
  return oneLine(`${PLACES} ${ANSWER} ${countProgram(place.directory)}
    _ts_t=${token}; _ts_q=${sequence}; _ts_k=$((_ts_k+1)); _ts_a="$_ts_a T137";
    if [ "$_ts_f" = ${sequence} ]; then _ts_answer; else echo "$_ts_t lost ${sequence}"; fi;
    rm -rf "$_ts_d";`);
}

/** A path alone needs nothing more. */
export function placed(place: string | UploadPlace): UploadPlace {
  return typeof place === 'string' ? { path: place, begin: ':', leave: ':', remains: place } : place;
}

/**
 * Writes what follows on standard input to a new file of mode 0600. Exits 71 when the file cannot be begun, 72 when fewer
 * or more than `size` bytes came; what it began is removed unless it is whole. What nobody has placed goes with the session.
 * @param directory the session's, where that is kept in mind there
 * @throws TypeError for a path that cannot stand on one line
 */
export function uploadProgram(place: string | UploadPlace, size: number, directory?: string): string {
  const { path, begin, leave, remains } = placed(place);
  if (/[\0\n]/.test(path + begin + remains)) throw new TypeError(`cannot write to ${JSON.stringify(path)}: a line break or NUL in a path`);
  const list = quoteWord(`${directory ?? ''}/${REMAINS}`);
  const keep = directory === undefined ? '' : `{ echo >>${list}; printf %s ${quoteWord(remains)} >>${list}; } 2>/dev/null;`;
  return oneLine(`${PLACES} set -C; ${begin}; _p=${quoteWord(path)};
    if [ -e "$_p" ] || [ -L "$_p" ]; then echo "$_p: File exists" >&2; exit 71; fi;
    trap "exit 1" HUP INT TERM PIPE;
    exec 5>"$_p" || exit 71;
    ${keep}
    trap ${quoteWord(`rm -f -- "$_p"; ${leave}`)} EXIT;
    cat >&5 || exit 73;
    if [ $(wc -c <"$_p") -ne ${size} ]; then exit 72; fi;
    trap - EXIT;`);
}
