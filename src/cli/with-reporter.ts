// A reporter and the keyboard for the time of a run.
import type { ExitCode } from '../errors/errors.ts';
import { chooseReporter, type Output } from '../report/choose.ts';
import { usesColour, type ColourChoice } from '../report/colour.ts';
import type { Event } from '../report/events.ts';
import type { RunContext } from './execute.ts';
import { listenForInterruption } from './interruption.ts';

/** What the command line says of the output. */
export interface OutputFlags {
  readonly output?: Output | undefined;
  readonly color: ColourChoice;
  readonly verbose: number;
}

/** Runs with a reporter that is closed whatever happens. The first Ctrl-C stops, the second kills. */
export async function withReporter(flags: OutputFlags, use: (context: RunContext) => Promise<ExitCode>): Promise<ExitCode> {
  const stream = process.stdout;
  const reporter = chooseReporter(
    flags.output,
    { stream, colour: usesColour(flags.color, stream, process.env), verbosity: flags.verbose },
    process.env,
  );
  const running = new Map<string, { host: string; task: string }>();
  const emit = (event: Event): void => {
    follow(running, event);
    reporter.emit(event);
  };
  using interruption = listenForInterruption(signal => reporter.emit({ kind: 'interrupted', signal, running: [...running.values()] }));
  try {
    return await use({ emit, stop: interruption.stop, kill: interruption.kill });
  } finally {
    await reporter.close();
  }
}

function follow(running: Map<string, { host: string; task: string }>, event: Event): void {
  if (event.kind === 'task-started')
    for (const host of event.hosts) running.set(`${host} ${event.task.id}`, { host, task: event.task.name });
  if (event.kind === 'task-result') running.delete(`${event.host} ${event.task.id}`);
}
