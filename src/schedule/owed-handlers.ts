// Handlers that are owed: kept on the host before the change that causes them, run at the next flush whichever run that is in, then forgotten.
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { eraseHandlers, OWED, owedHandlers, recordHandlers, type OwedHandler } from '../facts/owed-handlers.ts';
import type { Play, Program, TaskSlot } from '../program/types.ts';
import type { Command } from '../session/types.ts';
import { canonical } from '../util/canonical.ts';
import { isCheck, type Engine } from './engine.ts';
import type { HostRun } from './host-run.ts';
import { readFacts } from './read-facts.ts';
import { toCommand } from './to-command.ts';

/** Seconds for writing or removing a few small files. */
const SECONDS = 60;

/** How a handler is called on hosts: the same in every run of the playbook, wherever the playbook lies. */
function recordOf(program: Program, host: HostRun, play: Play, handler: TaskSlot): OwedHandler {
  const [, role = '', ...name] = handler.ref.id.split('/');
  return { host: host.name, playbook: basename(program.playbook), play: play.name, role, handler: name.join('/') };
}

function fileOf(record: OwedHandler): string {
  return createHash('sha256').update(canonical(record)).digest('hex').slice(0, 32);
}

/** Every handler of a Program by its id, with its record on a host. */
function recordsOf(program: Program, host: HostRun): ReadonlyMap<string, OwedHandler & { readonly file: string }> {
  return new Map(
    program.plays.flatMap(play =>
      play.handlers.map(handler => {
        const record = recordOf(program, host, play, handler);
        return [handler.ref.id, { ...record, file: fileOf(record) }] as const;
      }),
    ),
  );
}

/**
 * The command that keeps handlers on a host: it goes before the change that causes them, and nothing is changed when it fails.
 * @returns undefined when they are kept already
 */
export function keepOwed({ program }: Engine, host: HostRun, user: string | undefined, handlers: readonly string[]): Command | undefined {
  const records = recordsOf(program, host);
  const fresh = handlers.filter(id => records.has(id) && !host.owedTo.has(id));
  for (const id of fresh) host.owedTo.set(id, user);
  const found = fresh.flatMap(id => records.get(id) ?? []);
  return found.length === 0 ? undefined : toCommand(recordHandlers(found), SECONDS, { guards: [0] });
}

/** Owes hosts what earlier runs have left: it is due at the first flush of the play that defines it. @throws UnreachableError; TaskFailure */
export async function recallOwed(engine: Engine, play: Play, host: HostRun, user: string | undefined): Promise<void> {
  const ref = owedHandlers({});
  await readFacts(engine, [{ ref, host }], user);
  const left = new Set((host.facts.peek(ref, user ?? '')?.value as readonly OwedHandler[]).map(record => canonical(record)));
  if (left.size === 0) return;
  for (const handler of play.handlers) {
    const { id } = handler.ref;
    if (!left.has(canonical(recordOf(engine.program, host, play, handler))) || host.owedTo.has(id)) continue;
    host.owedTo.set(id, user);
    host.notify(id, []);
    engine.emit({ kind: 'note', level: 'warning', text: `${host.name}: an earlier run has left a handler to do: ${handler.ref.name}` });
  }
}

/** Has a host forget handlers that have run. @throws UnreachableError */
export async function forgetOwed(engine: Engine, host: HostRun, handlers: readonly string[]): Promise<void> {
  if (isCheck(engine)) return;
  const records = recordsOf(engine.program, host);
  const kept = handlers.filter(id => host.owedTo.has(id));
  for (const user of new Set(kept.map(id => host.owedTo.get(id)))) {
    const done = kept.filter(id => host.owedTo.get(id) === user);
    const session = await engine.sessions.session(host.name, user);
    await session.exchange([toCommand(eraseHandlers(done.flatMap(id => records.get(id)?.file ?? [])), SECONDS)], engine.kill);
  }
  for (const id of kept) host.owedTo.delete(id);
  host.facts.disturb([OWED]);
}
