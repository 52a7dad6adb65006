#!/usr/bin/env node
// The program: words in, exit code out. Everything that can go wrong ends here, in words.
import { EXIT, type ExitCode } from '../errors/errors.ts';
import { formatProblem } from '../errors/problem.ts';
import { inputErrorOf } from '../program/input-error.ts';
import { parseCommandLine } from './arguments/parse-command-line.ts';
import { dispatch } from './dispatch.ts';

/** Runs one command line. @returns what to exit with */
async function main(words: readonly string[]): Promise<ExitCode> {
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
  const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`this is a bug of tsplay, please report it with what you ran:\n${words}\n`);
  return EXIT.bug;
}

process.exitCode = await main(process.argv.slice(2));
