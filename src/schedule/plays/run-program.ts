// The run: plays in order, events out, an exit code at the end. Concurrency lives in this room alone.
import { EXIT, type ExitCode } from '../../errors/errors.ts';
import { foldRecap } from '../../report/recap.ts';
import { readHandlerId } from '../../program/handlers.ts';
import { tasksOfPlay } from '../../program/walk.ts';
import type { Event, HostRecap } from '../../report/events.ts';
import type { WireCounters } from '../../session/types.ts';
import type { HostLogin } from '../hosts/become.ts';
import type { Engine } from '../state/engine.ts';
import { ReadAhead } from './read-ahead.ts';
import { runPlay } from './run-play.ts';

/** What remains of a run. */
export interface RunSummary {
  readonly recap: readonly HostRecap[];
  readonly exitCode: ExitCode;
}

/** Runs a Program to its end. Never throws for what hosts or tasks do. */
export async function runProgram(engine: Engine, wire: WireCounters, loginOf: (host: string) => HostLogin): Promise<RunSummary> {
  const started = Date.now();
  const { program, options } = engine;
  const events: Event[] = [];
  const emit = (event: Event): void => {
    if (event.kind === 'task-result') events.push(event);
    engine.emit(event);
  };
  const ahead = options.oneByOne === true ? {} : { ahead: new ReadAhead(program, loginOf) };
  const heard: Engine = { ...engine, emit, ...ahead };
  const names = [...new Set(program.plays.flatMap(play => play.hosts))];
  const tasks = program.plays.reduce((count, play) => count + tasksOfPlay(play).length, 0);
  emit({ kind: 'run-started', playbook: program.playbook, inventory: program.inventory, mode: options.mode, hosts: names, tasks });
  const notDone: string[] = [];
  let isOver = false;
  for (const play of program.plays) {
    if (isOver || engine.stop.aborted) {
      notDone.push(...tasksOfPlay(play).map(({ slot }) => slot.ref.name));
      continue;
    }
    const now = engine.inventory.playNow(play, options.mode);
    if (play.open !== undefined && now.hosts.length === 0)
      emit({ kind: 'note', level: 'info', text: `no host is in ${play.open.pattern} by now: the play "${play.name}" has nothing to do` });
    const end = await runPlay({ engine: heard, loginOf }, now);
    isOver = end.isOver;
    notDone.push(...end.notDone);
  }
  for (const host of engine.hosts.values()) {
    if (host.notified.size > 0)
      emit({
        kind: 'note',
        level: 'warning',
        text: `${host.name}: handlers were notified but have not run: ${[...host.notified.keys()].map(id => readHandlerId(id).name).join(', ')}${host.owedTo.size > 0 ? '; the host keeps them for the next run' : ''}`,
      });
  }
  const recap = foldRecap(names, events);
  const exitCode = engine.stop.aborted ? EXIT.interrupted : exitCodeOf(recap);
  emit({
    kind: 'run-finished',
    recap,
    exitCode,
    milliseconds: Date.now() - started,
    wire: { roundTrips: wire.roundTrips, uploads: wire.uploads, connects: wire.connects },
    notDone: [...new Set(notDone)],
  });
  return { recap, exitCode };
}

function exitCodeOf(recap: readonly HostRecap[]): ExitCode {
  if (recap.some(host => host.failed > 0)) return EXIT.failed;
  return recap.some(host => host.unreachable > 0) ? EXIT.unreachable : EXIT.ok;
}
