// Events from before, told once more.
import { chooseReporter, type Output } from '../report/choose.ts';
import { usesColour, type ColourChoice } from '../report/colour.ts';
import type { Event } from '../report/events.ts';

/** How they are told. */
interface ReplayFlags {
  readonly output?: Output | undefined;
  readonly color: ColourChoice;
  readonly verbose: number;
  /** What is said when they do not come to an end. */
  readonly unfinished?: string;
}

/** Tells events as the run did when it was told them. */
export async function replay(events: readonly Event[], { output, color, verbose, unfinished }: ReplayFlags): Promise<void> {
  const stream = process.stdout;
  const reporter = chooseReporter(
    output,
    { stream, colour: usesColour(color, stream, process.env), verbosity: verbose, ...(unfinished !== undefined && { unfinished }) },
    process.env,
  );
  for (const event of events) reporter.emit(event);
  await reporter.close();
}
