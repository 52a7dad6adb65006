// A command line from its words to what the process exits with. Everything that can go wrong ends here, in words.
import { EXIT, type ExitCode } from '../errors/errors.ts';
import { formatProblem } from '../errors/problem.ts';
import { inputErrorOf } from '../program/input-error.ts';
import { parseCommandLine } from './arguments/parse-command-line.ts';
import { dispatch } from './dispatch.ts';
import { inSources } from './in-sources.ts';

/** Runs one command line. @returns what to exit with */
export async function runCommandLine(words: readonly string[]): Promise<ExitCode> {
  process.on('uncaughtException', error => process.exit(explain(error)));
  try {
    return await dispatch(parseCommandLine(words));
  } catch (error) {
    return explain(error);
  }
}

function explain(error: unknown): ExitCode {
  const input = inputErrorOf(error);
  if (input) {
    for (const problem of input.problems) process.stderr.write(`${formatProblem(problem)}\n`);
    return input.exitCode;
  }
  if (error instanceof Error && 'exitCode' in error) {
    process.stderr.write(`${error.message}\n`);
    return error.exitCode as ExitCode;
  }
  const words = error instanceof Error ? inSources(error.stack ?? error.message) : String(error);
  process.stderr.write(`this is a bug of tsplay, please report it with what you ran:\n${words}\n`);
  return EXIT.bug;
}
