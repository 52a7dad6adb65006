// The program as tsc leaves it, for developing; the one that is shipped begins in src/start.
import { runCommandLine } from './run-command-line.ts';

process.exitCode = await runCommandLine(process.argv.slice(2));
