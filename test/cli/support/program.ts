// The real program as a child process: what it prints, what it exits with, and that it never shows a stack.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compiledRoot } from '../../support/golden.ts';
import { refuseOldBundle } from '../../support/refuse-old-bundle.ts';

/** Whether the program is tried as it is shipped, or (for coverage) as tsc leaves it. */
const isBundled = process.env['TRIED'] !== 'compiled';
if (isBundled) refuseOldBundle();

/** The program, in the same tree as these compiled tests. */
export const MAIN = join(compiledRoot, isBundled ? 'bundle/tsplay.cjs' : 'src/cli/main.js');
/** What roles import. */
export const INDEX = pathToFileURL(join(compiledRoot, isBundled ? 'bundle/index.js' : 'src/index.js')).href;

/** How a run of the program ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A run of the program that is under way. */
export interface Running {
  /** What it has printed so far. */
  readonly stdout: () => string;
  readonly interrupt: () => void;
  /** Ends it at once, without a chance to clean up. */
  readonly kill: () => void;
  readonly ended: Promise<Ended>;
}

/** Starts the program in a folder, which is its HOME too: no key, no known host and no agent of whoever runs the tests is seen. */
export function startProgram(cwd: string, args: readonly string[], more: NodeJS.ProcessEnv = {}): Running {
  const env = { ...environment(cwd), ...more };
  const child = spawn(process.execPath, [MAIN, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const texts = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.stderr += text));
  const ended = once(child, 'close').then(([code]) => {
    assert.doesNotMatch(texts.stdout + texts.stderr, /^ +at .+:\d+:\d+\)?$|this is a bug/m, `${args.join(' ')}\n${texts.stderr}`);
    return { code: code as number | null, ...texts };
  });
  return { stdout: () => texts.stdout, interrupt: () => void child.kill('SIGINT'), kill: () => void child.kill('SIGKILL'), ended };
}

/** Runs the program to its end. */
export async function runProgram(cwd: string, args: readonly string[]): Promise<Ended> {
  return startProgram(cwd, args).ended;
}

/** What the programs that a test file starts keep of their own code: the second one has it from the first. */
const cache = mkdtempSync(join(tmpdir(), 'tsplay-cache-'));
process.on('exit', () => rmSync(cache, { recursive: true, force: true }));

/** What would change what the program prints, or whom it logs in as. */
const PASSED_OVER: ReadonlySet<string> = new Set(['SSH_AUTH_SOCK', 'CI', 'NO_COLOR', 'FORCE_COLOR', 'XDG_STATE_HOME']);

/** The environment of the program in a folder that is its HOME; what hosts on this machine keep for the next run is kept there, too. */
export function environment(cwd: string): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(([name]) => !PASSED_OVER.has(name));
  return { ...Object.fromEntries(others), HOME: cwd, XDG_CACHE_HOME: cache, TSPLAY_STATE: join(cwd, '.state'), TERM: 'xterm' };
}
