// Handlers that are owed: kept on the host before the change that causes them, run at the next flush whichever run that is in, then forgotten.
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { eraseHandlers, OWED, owedHandlers, recordHandlers, type OwedHandler } from '../../facts/owed-handlers.ts';
import { readHandlerId } from '../../program/handlers.ts';
import type { Play, Program } from '../../program/types.ts';
import type { Command } from '../../session/types.ts';
import { canonical } from '../../util/canonical.ts';
import { isCheck, type Engine } from '../state/engine.ts';
import type { HostRun } from '../state/host-run.ts';
import { readFacts } from '../reading/read-facts.ts';
import { takeTurn } from './take-turn.ts';
import { toCommand } from '../reading/to-command.ts';

/** Seconds for writing or removing a few small files. */
const SECONDS = 60;

/** A record, and the file that it is kept in. */
type Kept = OwedHandler & { readonly file: string };

/** How handlers are called on a host: the same in every run of the playbook, wherever the playbook lies. */
function recordsOf({ program }: Engine, host: HostRun, ids: readonly string[]): readonly Kept[] {
  return program.plays.flatMap(play =>
    play.handlers.filter(({ ref }) => ids.includes(ref.id)).map(({ ref }) => withFile(recordOf(program, host, play, ref.id))),
  );
}

function recordOf(program: Program, host: HostRun, play: Play, id: string): OwedHandler {
  const { role, name } = readHandlerId(id);
  return { host: host.name, playbook: basename(program.playbook), play: play.name, role, handler: name };
}

function withFile(record: OwedHandler): Kept {
  return { ...record, file: createHash('sha256').update(canonical(record)).digest('hex').slice(0, 32) };
}

/** What makes a host keep handlers. */
interface Keeping {
  readonly command: Command;
  /** To be called once it has. */
  readonly isKept: () => void;
}

/**
 * What keeps handlers on a host: it goes before the change that causes them, and nothing is changed when it fails.
 * @returns undefined when they are kept already
 */
export function keepOwed(engine: Engine, host: HostRun, user: string | undefined, handlers: readonly string[]): Keeping | undefined {
  const fresh = handlers.filter(id => !host.owedTo.has(id));
  if (fresh.length === 0) return undefined;
  return {
    command: toCommand(recordHandlers(recordsOf(engine, host, fresh)), SECONDS, { onlyIfOk: true, guards: [0], ofSession: true }),
    isKept: () => fresh.forEach(id => host.owedTo.set(id, user)),
  };
}

/**
 * Owes hosts what earlier runs have left: it is due at the first flush of the play that defines it. What is left in the turn of another run is that
 * run's to do, so it counts only if it is still there in our own.
 * @throws UnreachableError; TaskFailure, also when it is another run's turn
 */
export async function recallOwed(engine: Engine, play: Play, host: HostRun, user: string | undefined): Promise<void> {
  const ref = owedHandlers({});
  for (;;) {
    await readFacts(engine, [{ ref, host }], user);
    const left = new Set((host.facts.peek(ref, user ?? '')?.value as readonly OwedHandler[]).map(record => canonical(record)));
    const due = play.handlers.filter(
      ({ ref: { id } }) => left.size > 0 && left.has(canonical(recordOf(engine.program, host, play, id))) && !host.owedTo.has(id),
    );
    if (due.length > 0 && !(await takeTurn(engine, host, user))) continue;
    for (const { ref: handler } of due) {
      host.owedTo.set(handler.id, user);
      host.notify(handler.id, []);
      engine.emit({ kind: 'note', level: 'warning', text: `${host.name}: an earlier run has left a handler to do: ${handler.name}` });
    }
    return;
  }
}

/** Has a host forget handlers that have run. @throws UnreachableError */
export async function forgetOwed(engine: Engine, host: HostRun, handlers: readonly string[]): Promise<void> {
  if (isCheck(engine)) return;
  const kept = handlers.filter(id => host.owedTo.has(id));
  for (const user of new Set(kept.map(id => host.owedTo.get(id)))) {
    const done = kept.filter(id => host.owedTo.get(id) === user);
    const session = await engine.sessions.session(host.name, user);
    const files = recordsOf(engine, host, done).map(({ file }) => file);
    await session.exchange([toCommand(eraseHandlers(files), SECONDS, { ofSession: true })], engine.kill);
  }
  for (const id of kept) host.owedTo.delete(id);
  host.facts.disturb([OWED]);
}
