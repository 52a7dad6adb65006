// The shells of this machine, and what facts read in them.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FactRef } from '../../../src/facts/contract.ts';
import { Secret } from '../../../src/util/secret.ts';
import type { ShellText } from '../../../src/util/shell.ts';

/** A shell as it is started: `['busybox', 'sh']`. With BusyBox, every tool is BusyBox's too. */
export type Shell = readonly [string, ...string[]];

/** Bytes a probe may print here. */
const OUTPUT_LIMIT = 16 * 1_048_576;
const APPLETS = join(tmpdir(), `tsplay-applets-${process.pid}`);

/** The shells a host may have, as far as this machine has them. */
export const SHELLS: readonly Shell[] = ([['sh'], ['bash'], ['busybox', 'sh']] as const).filter(([command]) => {
  const found = spawnSync(command, command === 'busybox' ? ['true'] : ['-c', ':']).status === 0;
  if (found && command === 'busybox') installApplets();
  return found;
});

function installApplets(): void {
  mkdirSync(APPLETS, { recursive: true });
  spawnSync('busybox', ['--install', '-s', APPLETS]);
  process.once('exit', () => rmSync(APPLETS, { recursive: true, force: true }));
}

/** Runs shell text as a host would: nothing on standard input unless it brings some. */
export function runShell(
  shell: Shell,
  text: ShellText,
): { readonly stdout: string; readonly stderr: string; readonly status: number; readonly bytes: Uint8Array } {
  const [command, ...args] = shell;
  const input = text.stdin === undefined ? '' : text.stdin instanceof Secret ? text.stdin.reveal() : text.stdin;
  const { stdout, stderr, status } =
    command === 'busybox'
      ? spawnSync(join(APPLETS, 'sh'), ['-c', text.text], { input, maxBuffer: OUTPUT_LIMIT, env: { ...process.env, PATH: APPLETS } })
      : spawnSync(command, [...args, '-c', text.text], { input, maxBuffer: OUTPUT_LIMIT });
  return { stdout: stdout.toString('utf8'), stderr: stderr.toString('utf8'), status: status ?? -1, bytes: stdout };
}

/** What a fact reads on this machine. */
export function readFact<V>(shell: Shell, ref: FactRef<V>): V {
  return ref.definition.parse(runShell(shell, ref.definition.probe(ref.args as never)), ref.args as never);
}
