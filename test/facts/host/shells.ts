// Runs a fact's probe on this machine under each shell that hosts have, as a frame would.
import { spawnSync } from 'node:child_process';
import type { FactRef, ProbeOutput } from '../../../src/facts/contract.ts';
import type { ShellText } from '../../../src/util/shell.ts';

/** The shells of managed hosts, as command lines. */
export const SHELLS: Readonly<Record<string, readonly string[]>> = {
  dash: ['dash'],
  bash: ['bash', '--posix'],
  'busybox sh': ['busybox', 'sh'],
};

/** The shells that this machine has. */
export const shellsHere: readonly string[] = Object.keys(SHELLS).filter(
  name => spawnSync(SHELLS[name]?.[0] ?? name, ['-c', ':']).error === undefined,
);

/** Runs shell text under a shell with standard input closed. */
export function runUnder(shell: string, { text, stdin }: ShellText, path = process.env['PATH']): ProbeOutput {
  const [program = shell, ...options] = SHELLS[shell] ?? [];
  const done = spawnSync(program, [...options, '-c', text], {
    input: typeof stdin === 'string' || stdin instanceof Uint8Array ? stdin : '',
    env: { ...process.env, PATH: path ?? '' },
  });
  return { stdout: done.stdout.toString('utf8'), stderr: done.stderr.toString('utf8'), status: done.status ?? 255, bytes: done.stdout };
}

/** Reads a fact of this machine under a shell. */
export function readUnder<V>(shell: string, ref: FactRef<V>): V {
  const { probe, parse } = ref.definition;
  return parse(runUnder(shell, probe(ref.args as never)), ref.args as never);
}
