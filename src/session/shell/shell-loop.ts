// The POSIX sh program of a session: the loop that reads frames on a host, runs their commands and answers.
import { rawShell } from '../../util/shell.ts';
import { REMOVE_REMAINS } from './remains.ts';
import { oneLine, PLACES, quoteWord } from './shell-text.ts';
import { STAND_INS } from './stand-ins.ts';

/** The session's private folder on its host, for commands: it is gone when the shell is, and another shell has another. */
export const SESSION_FOLDER = rawShell('"$_ts_d"');

/**
 * For commands that only wait: succeeds once the processes above the session's shell (sudo and sshd, or the controller) are others than when it
 * began. Then the controller is gone, and nobody has to wait for it any longer.
 */
export const CONTROLLER_IS_GONE = rawShell('_ts_alone');

/** What the loop is told. All but `stale` is made of letters, digits, dots and dashes. */
export interface LoopNames {
  /** Begins every line of an answer; unguessable. */
  readonly token: string;
  /** Stands before every output in an answer, to find the way when an output grew after it was measured. */
  readonly marker: string;
  /** The name of the session's private directory. */
  readonly directory: string;
  /** What an earlier shell of this session could not remove, as it was killed. */
  readonly stale?: string | undefined;
}

/**
 * Answers the frame `_ts_q` of `_ts_k` commands with statuses `_ts_a`: one line of lengths, then the bytes, in two processes whatever
 * their number. Standard output of the caller is the wire.
 */
export const ANSWER = `
_ts_answer() {
  _ts_f=; _ts_c=; _ts_i=0;
  while [ $_ts_i -lt $_ts_k ]; do
    _ts_i=$((_ts_i+1));
    _ts_f="$_ts_f $_ts_q.$_ts_i.o $_ts_q.$_ts_i.e";
    _ts_c="$_ts_c m $_ts_q.$_ts_i.o m $_ts_q.$_ts_i.e";
  done;
  if [ -n "$_ts_full" ] && [ -d "$_ts_d" ]; then
    echo "$_ts_t full $_ts_q";
  elif _ts_l=$(cd "$_ts_d" && exec wc -c $_ts_f); then
    echo "$_ts_t" done $_ts_q $_ts_a : $_ts_l;
    (cd "$_ts_d" && exec cat $_ts_c m);
    echo "$_ts_t end $_ts_q $?";
  else
    echo "$_ts_t lost $_ts_q";
  fi;
};`;

/**
 * Runs one command of a frame: whether it waits for guards, its guards, its script, its standard input. What it prints must not be lost in a
 * directory that is full, since silence is an answer too: a byte that finds a place after it shows that there was room.
 */
const RUN = `
_ts_run() {
  _ts_k=$((_ts_k+1)); _ts_o=$_ts_d/$_ts_q.$_ts_k.o; _ts_e=$_ts_d/$_ts_q.$_ts_k.e;
  if [ -e "$_ts_d/stop.$_ts_q" ] || [ $1$_ts_ok = 10 ]; then
    : >"$_ts_o" >"$_ts_e"; _ts_r=n;
  else
    true >"$_ts_d/x"; _ts_tick; _ts_g=$2; _ts_s=$3;
    if [ $# -gt 3 ]; then
      printf %b "$4" 2>/dev/null 8<&- 9>&- | ( umask 022; set --; eval "$_ts_s" ) >"$_ts_o" 2>"$_ts_e" 8<&- 9>&-;
    else
      ( umask 022; set --; eval "$_ts_s" ) >"$_ts_o" 2>"$_ts_e" 8<&- 9>&-;
    fi;
    _ts_r=$?;
    { echo >"$_ts_d/x"; } 2>/dev/null || { _ts_full=1; _ts_ok=0; };
    case " $_ts_g " in " - ") ;; *" $_ts_r "*) ;; *) _ts_ok=0;; esac;
    if [ -e "$_ts_d/stop.$_ts_q" ]; then _ts_r=T$_ts_r; fi;
  fi;
  echo $_ts_r >>"$_ts_d/s"; _ts_a="$_ts_a $_ts_r";
};`;

/** Says which command starts, at most once a second (each time where no clock can be read without a process). */
const TICK = `
_ts_tick() {
  _ts_u=;
  if [ $_ts_up = 1 ] && read -r _ts_u _ts_l </proc/uptime; then
    _ts_u=\${_ts_u%%.*};
    if [ "$_ts_u" = "$_ts_w" ]; then return; fi;
  fi;
  _ts_w=$_ts_u;
  if [ $_ts_k -gt 1 ]; then echo "$_ts_t at $_ts_q $_ts_k" >&9; fi;
};`;

/** Reads one frame into `_ts_x`: by dd where it is long and dd is exact, else line by line. */
const READ = `
_ts_exact() {
  if [ -z "$_ts_dd" ]; then
    _ts_dd=no;
    case $(printf "abcdefg%s" "$_ts_n" | { dd bs=4 iflag=fullblock,count_bytes count=5 2>/dev/null; read -r _ts_l; echo "-$_ts_l"; }) in
      abcde-fg) _ts_dd=yes;;
    esac;
  fi;
  [ $_ts_dd = yes ];
};
_ts_lines() {
  IFS= read -r _ts_x; _ts_y=;
  while [ $_ts_c -gt 1 ] && IFS= read -r _ts_l; do
    _ts_c=$((_ts_c-1)); _ts_y=$_ts_y$_ts_n$_ts_l;
    if [ \${#_ts_y} -gt 16384 ]; then _ts_x=$_ts_x$_ts_y; _ts_y=; fi;
  done;
  _ts_x=$_ts_x$_ts_y;
};
_ts_read() {
  if [ $_ts_b -gt 4096 ] && _ts_exact; then
    _ts_x=$(dd bs=65536 iflag=fullblock,count_bytes count=$_ts_b 2>/dev/null <&8 9>&-);
  else
    _ts_lines <&8;
  fi;
};`;

/**
 * The processes above the loop `_ts_pid`, by their numbers, as far as the host says; `_ts_had` is what they were. It defines
 * {@link CONTROLLER_IS_GONE}: whoever asks may see less of them, or more, than the loop itself.
 */
export const ABOVE = `
_ts_above() {
  _ts_h=; _ts_p=$_ts_pid;
  while [ "\${_ts_p:-0}" -gt 1 ] && { read -r _ts_p </proc/$_ts_p/stat; } 2>/dev/null; do
    _ts_p=\${_ts_p##*') '}; _ts_p=\${_ts_p#* }; _ts_p=\${_ts_p%% *}; _ts_h="$_ts_h $_ts_p";
  done;
};
_ts_alone() {
  _ts_above;
  case "$_ts_h " in "$_ts_had "*) return 1;; esac;
  case "$_ts_had " in "$_ts_h "*) return 1;; esac;
};`;

const BEGUN = `
_ts_pid=$$; _ts_above; _ts_had=$_ts_h;`;

/** The private directory, in memory where there is such a place, gone when the shell ends. */
const DIRECTORY = `
_ts_d=;
for _ts_c in /dev/shm /run "$TMPDIR" /tmp /var/tmp; do
  case $_ts_c in /*) ;; *) continue;; esac;
  if [ -d "$_ts_c" ] && [ -w "$_ts_c" ] && mkdir "$_ts_c/$_ts_name" 2>/dev/null; then
    if { printf %s "$_ts_m" >"$_ts_c/$_ts_name/m"; } 2>/dev/null; then _ts_d=$_ts_c/$_ts_name; break; fi;
    rm -rf "$_ts_c/$_ts_name";
  fi;
done;
if [ -z "$_ts_d" ]; then echo "$_ts_t unfit directory" >&9; exit 69; fi;
trap "exit 1" HUP INT TERM PIPE;
_ts_end() {
  _ts_remove;
  rm -rf "$_ts_d";
};
trap _ts_end EXIT;`;

const LOOP = `
printf "%s hello %s %s%s" "$_ts_t" $$ "$_ts_d" "$_ts_n" >&9 || exit 1;
while read -r _ts_q _ts_c _ts_b <&8; do
  _ts_read;
  if [ $((\${#_ts_x}+1)) -ne $_ts_b ]; then echo "$_ts_t cut $_ts_q" >&9; exit 70; fi;
  _ts_k=0; _ts_a=; _ts_ok=1; _ts_w=; _ts_full=; echo $_ts_q >"$_ts_d/s";
  eval "$_ts_x";
  _ts_x=;
  _ts_answer >&9;
  ( cd "$_ts_d" && exec rm -f $_ts_f x stop.$_ts_q ) 8<&- 9>&- &
done;
exit 0;`;

/**
 * The loop, as one line. It keeps the wire on descriptors 8 and 9, which no command inherits, has nothing on its own input, says
 * `TOKEN hello PID DIRECTORY`, and then answers frames until its input ends.
 * `TOKEN unfit WHAT` says that the host cannot serve.
 */
export function loopProgram({ token, marker, directory, stale }: LoopNames): string {
  const start = `
    _ts_t=${token}; _ts_m=${marker}; _ts_name=${directory}; _ts_dd=;
    exec 8<&0 9>&1 </dev/null >/dev/null;
    _ts_n=$(command -v printf; echo .);
    case $_ts_n in printf*) ;; *) echo "$_ts_t unfit printf" >&9; exit 69;; esac;
    for _ts_c in mkdir cat wc rm; do
      command -v $_ts_c || { echo "$_ts_t unfit $_ts_c" >&9; exit 69; };
    done;
    _ts_n=\${_ts_n#printf}; _ts_n=\${_ts_n%.};
    _ts_up=0; if [ -r /proc/uptime ]; then _ts_up=1; fi;
    ${stale === undefined ? '' : `rm -rf ${quoteWord(stale)};`}`;
  return oneLine(PLACES + start + STAND_INS + ABOVE + BEGUN + REMOVE_REMAINS + DIRECTORY + ANSWER + RUN + TICK + READ + LOOP);
}
