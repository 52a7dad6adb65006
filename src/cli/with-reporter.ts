// A reporter, the journal and the keyboard for the time of a run.
import type { ExitCode } from '../errors/errors.ts';
import { keepRuns } from '../journal/keep-run.ts';
import { chooseReporter, type Output } from '../report/choose.ts';
import { usesColour, type ColourChoice } from '../report/colour.ts';
import type { Event } from '../report/events.ts';
import { followTurns } from '../report/under-way.ts';
import type { RunContext } from './execute.ts';
import { askerAtTerminal } from './ask-for-host.ts';
import { stepAtTerminal } from './ask-for-step.ts';
import { listenForInterruption } from './interruption.ts';
import { passphraseAsker } from './passphrases.ts';

/** What the command line says of the output. */
export interface OutputFlags {
  /** The command itself. */
  readonly kind: string;
  readonly output?: Output | undefined;
  readonly color: ColourChoice;
  readonly verbose: number;
  /** Ask before each task. */
  readonly step?: boolean | undefined;
}

/**
 * Runs with a reporter that is closed whatever happens. What it is told is in the journal by then. The first Ctrl-C stops, the second kills.
 */
export async function withReporter(flags: OutputFlags, use: (context: RunContext) => Promise<ExitCode>): Promise<ExitCode> {
  const stream = process.stdout;
  const reporter = chooseReporter(
    flags.output,
    { stream, colour: usesColour(flags.color, stream, process.env), verbosity: flags.verbose },
    process.env,
  );
  const underWay = followTurns();
  const keep = keepRuns(flags.kind, why => reporter.emit({ kind: 'note', level: 'warning', text: notKept(why) }));
  const emit = (event: Event): void => {
    underWay.hear(event);
    keep(event);
    reporter.emit(event);
  };
  using interruption = listenForInterruption(signal => emit({ kind: 'interrupted', signal, running: underWay.turns() }));
  try {
    const ask = process.stdin.isTTY ? { ask: askerAtTerminal(() => reporter.hold?.()) } : {};
    const step = flags.step === true ? { step: stepAtTerminal(() => reporter.hold?.()) } : {};
    return await use({ emit, stop: interruption.stop, kill: interruption.kill, unlock: passphraseAsker(), ...ask, ...step });
  } finally {
    await reporter.close();
  }
}

/** Said once of what `tsplay runs` will miss. */
export function notKept(why: string): string {
  return `tsplay runs will not know all of this run: ${why}`;
}
