// `tsplay runs`: what has been run from here, by whom, and what came of it.
import { EXIT, type ExitCode } from '../../errors/errors.ts';
import { latestRuns } from '../../journal/find-runs.ts';
import { localTime } from '../local-time.ts';
import { runRows } from '../run-rows.ts';

/** Lists the runs that are kept, the last one last: that is where a person looks. */
export function runsCommand(): ExitCode {
  const rows = runRows([...latestRuns()].toReversed(), localTime);
  process.stdout.write(rows.length === 0 ? 'no run is kept\n' : `${rows.join('\n')}\n`);
  return EXIT.ok;
}
