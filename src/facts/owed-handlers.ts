// Fact: the handlers that earlier runs notified on a host and that have not run. The host keeps them, whatever becomes of the controller.
import { allOf, rawShell, sh, type ShellText } from '../util/shell.ts';
import { isMap, type Value } from '../util/value.ts';
import { defineFact } from './contract.ts';
import { resource } from './resource.ts';

/** A handler by where it is defined: never what it does. */
export interface OwedHandler {
  /** Its name in the inventory: one machine may have several. */
  readonly host: string;
  /** The file's name without its folder. */
  readonly playbook: string;
  readonly play: string;
  /** Empty for a handler of the play itself. */
  readonly role: string;
  readonly handler: string;
}

/** `$at`: root's folder, or that of whoever the session is. A session on the controller itself may be told another one. */
const PLACE = rawShell(
  `if [ "$(id -u)" = 0 ]; then at=\${TSPLAY_STATE:-/var/lib/tsplay}; else at=$HOME/.local/state/tsplay; fi; at=$at/owed`,
);

export const owedHandlers = defineFact({
  name: 'session.owed-handlers',
  summary: 'handlers that earlier runs notified as this user and that have not run yet',
  probe: () => sh`${PLACE}
cat -- "$at"/*.json 2>/dev/null
exit 0`,
  // Nobody but the engine writes there, and it says so.
  reads: () => [OWED],
  parse: ({ stdout }): readonly OwedHandler[] => stdout.split('\n').flatMap(line => (line === '' ? [] : readRecord(line))),
  absent: [],
  cost: 'cheap',
  ofSession: true,
});

/** What {@link recordHandlers} and {@link eraseHandlers} disturb. */
export const OWED = resource.path('/var/lib/tsplay/owed');

/** Keeps handlers on the host, each in a file of its own that appears whole or not at all. */
export function recordHandlers(handlers: readonly (OwedHandler & { readonly file: string })[]): ShellText {
  return sh`${PLACE}
umask 077 && mkdir -p -- "$at" || exit
${allOf(
  handlers.map(
    ({ file, ...handler }) =>
      sh`printf '%s\\n' ${JSON.stringify(handler)} > "$at"/${file}.$$ && mv -f -- "$at"/${file}.$$ "$at"/${file}.json`,
  ),
)}`;
}

/** Forgets handlers that have run. */
export function eraseHandlers(files: readonly string[]): ShellText {
  return sh`${PLACE}
cd -- "$at" 2>/dev/null || exit 0
rm -f -- ${files.map(file => `${file}.json`)}`;
}

function readRecord(line: string): readonly OwedHandler[] {
  try {
    const record = JSON.parse(line) as Value;
    if (!isMap(record)) return [];
    const { host, playbook, play, role, handler } = record;
    return [host, playbook, play, role, handler].every(word => typeof word === 'string') ? [record as unknown as OwedHandler] : [];
  } catch {
    return [];
  }
}
