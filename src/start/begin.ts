// The first file of the shipped program: says the version, or loads the rest and runs the command line.
import { VERSION_WORDS } from '../cli/arguments/version-words.ts';
import { EXIT, type ExitCode } from '../errors/errors.ts';
import { importFile } from '../util/import-file.ts';
import { ownVersion } from '../util/own-version.ts';
import { openCodeCache } from './code-cache.ts';
import { loadParts } from './load-parts.ts';
import { beShort } from './short-run.ts';

/** What roles import: the public names, as in `src/index.ts`. */
export interface Public {
  readonly names: object;
}

/** What the part `program` exports. */
interface Program extends Public {
  /** Runs a command line. */
  readonly run: (words: readonly string[]) => Promise<ExitCode>;
}

/** What is known of the file this ends up in, by the build and by Node. */
export interface Place {
  /** The folder with the parts. */
  readonly folder: string;
  /** Other for each build. */
  readonly build: string;
  readonly require: NodeJS.Require;
  /** Whether the process was started with it; otherwise somebody imports the public names. */
  readonly isMain: boolean;
}

/** The first copy of tsplay in a process is known to others under this name. */
const FIRST = Symbol.for('tsplay');

/** Begins what the process was started for. @returns what roles of this process import */
export function begin({ folder, build, require, isMain }: Place): Public {
  const words = process.argv.slice(2);
  const saysVersion = isMain && VERSION_WORDS.has(words[0]);
  const asUsual = isMain && !saysVersion ? beShort(words) : <T>(use: () => T): T => use();
  const outside = (name: string): unknown => {
    if (name === 'tsplay') return program().names;
    return name === 'import-file' ? { importFile } : asUsual(() => require(name) as unknown);
  };
  const load = loadParts(folder, outside, isMain ? openCodeCache(build, folder, words) : undefined, asUsual);
  const program = (): Program => load('program.cjs') as Program;
  const first = firstCopy({
    get names() {
      return program().names;
    },
  });
  if (saysVersion) process.stdout.write(`${ownVersion()}\n`);
  else if (isMain) {
    // A process that ends without an answer has not done what it was asked for.
    process.exitCode = EXIT.bug;
    void program()
      .run(words)
      .then(code => (process.exitCode = code));
  }
  return first;
}

/**
 * A role that brings a tsplay of its own is given the names of the one that runs: there is one class of secrets and one of unknown
 * values in a process, or a secret would be a map like any other.
 */
function firstCopy(own: Public): Public {
  const first = Reflect.get(globalThis, FIRST) as Public | undefined;
  if (first === undefined) Reflect.set(globalThis, FIRST, own);
  return first ?? own;
}
