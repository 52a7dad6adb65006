// What goes with a session: bodies that were sent and that nobody has placed when it ends, its own and those of users it was for a moment.
import { callWords, SILENT } from './become-lines.ts';
import { PLACES, quoteWord, SHELL_PROGRAM, oneLine } from './shell-text.ts';
import type { BecomeSpec } from '../types.ts';

/** The file in the session's folder that names them, each on a line. */
export const REMAINS = 'remains';

/** Takes paths, each on a line, and removes what is there. */
const REMOVE = 'while IFS= read -r _ts_l || [ -n "$_ts_l" ]; do case $_ts_l in /*) rm -rf -- "$_ts_l";; esac; done';

const CASES = Object.entries(SILENT).map(([method, call]) => `${method}.*) ${call} <"$_ts_l" 2>/dev/null;;`);

/** Removes all of it: what is another user's by one call as that user, whose list tells by its name who it is. */
export const REMOVE_REMAINS = `
_ts_remove() {
  if [ -e "$_ts_d/${REMAINS}" ]; then ${REMOVE} <"$_ts_d/${REMAINS}"; fi;
  for _ts_l in "$_ts_d/${REMAINS}".*; do
    if [ -e "$_ts_l" ]; then
      _ts_c=\${_ts_l#"$_ts_d/${REMAINS}".}; set -- ${quoteWord(REMOVE)} "\${_ts_c#*.}";
      case $_ts_c in ${CASES.join(' ')} esac;
    fi;
  done;
};`;

/**
 * What the login user's shell does before another user's program is read from its input: it keeps in mind what will remain, where the other user
 * may not write, and becomes that user.
 * @param directory the session's
 */
export function remainingAs({ method, user }: BecomeSpec, remains: string, directory: string): string {
  const list = quoteWord(`${directory}/${REMAINS}.${method}.${user}`);
  const call =
    method === 'su'
      ? `su -s /bin/sh -c ${quoteWord(SHELL_PROGRAM)} '${user}'`
      : `${callWords(method, user)} sh -c ${quoteWord(SHELL_PROGRAM)}`;
  return oneLine(`${PLACES} printf "%s\\n" ${quoteWord(remains)} >>${list}; exec ${call};`);
}
