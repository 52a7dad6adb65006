// The two programs that stand beside the client of OpenSSH: one that ends it with this process, and one that answers when it asks for the password.
import { quoteWord } from '../shell/shell-text.ts';

/** What the second one says on standard error, where the client's own words go. */
export const ASKED = {
  once: 'tsplay: the password was asked for',
  again: 'tsplay: the password was asked for again',
  onTheWay: 'tsplay: a host on the way asked for a password',
} as const;

/** Names in the folder of a connection. */
export const NAMES = { config: 'config', socket: 's', askPass: 'ask', answer: 'answer', given: 'given', pid: 'pid' } as const;

/**
 * Runs the client, `$2` and what follows, in the folder `$1`. Its standard input is a pipe from this process: the first line is the password,
 * or empty; when the pipe is closed, the client is ended and the folder removed, whatever became of this process.
 */
export const KEEPER = `
trap : TERM; d=$1; shift; exec 3<&0 </dev/null
IFS= read -r w <&3
if [ -n "$w" ] && mkfifo -m 600 "$d/${NAMES.answer}"; then { printf '%s\\n' "$w" >"$d/${NAMES.answer}"; } 3<&- & fi
w=
sh -c 'echo $$ >"$0/${NAMES.pid}"; exec "$@"' "$d" "$@" 3<&- & m=$!
{ read -r w; kill -s TERM 0; } <&3 3<&- &
exec 3<&-
wait "$m"; s=$?
kill -s TERM 0
wait
rm -rf "$d"
exit "$s"
`;

/**
 * Gives the password to the client when it asks first, out of a pipe that only this user can open. One that asks twice is ended, since it would
 * send an empty one, and so is another that leads to the host: the password is not for hosts on the way. What is asked for to open a key or to
 * touch it is no password of a host.
 */
export function askPassProgram(folder: string): string {
  return `#!/bin/sh
case $1 in "Enter passphrase for "*|"Enter PIN for "*) exit 1;; esac
if [ -n "$SSH_ASKPASS_PROMPT" ]; then exit 1; fi
cd ${quoteWord(folder)} || exit 1
read -r p <${NAMES.pid}
if [ "$PPID" != "$p" ]; then echo '${ASKED.onTheWay}' >&2; kill "$PPID"; exit 1; fi
if mv ${NAMES.answer} ${NAMES.given} 2>/dev/null; then echo '${ASKED.once}' >&2; exec cat ${NAMES.given}; fi
echo '${ASKED.again}' >&2
kill "$PPID"
exit 1
`;
}
