// One run of each program before any is measured: caches fill on both sides, memory and processor time are taken.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { measure } from './measure.ts';
import { PROGRAMS, type Program, type ProgramName } from './programs.ts';
import type { Ground } from './rounds.ts';
import type { Way } from './ways.ts';

/** What a program takes of the controller when nothing is left to do. */
export interface Effort {
  readonly program: ProgramName;
  /** Of its largest process. */
  readonly peakMegabytes: number;
  /** Of all its processes. */
  readonly processorMilliseconds: number;
}

/**
 * Runs a program under time(1), which costs a millisecond and is therefore not there when it is measured.
 * @returns undefined when the run does not count; its rounds will tell why
 */
export async function warmUp({ judge, folder, signal, say }: Ground, way: Way, name: ProgramName): Promise<Effort | undefined> {
  const program: Program = PROGRAMS[name];
  const file = join(folder, 'effort');
  const { argv, env } = program.command(way);
  await judge.prepare('converged');
  const run = await measure({ argv: ['/usr/bin/time', '-q', '-o', file, '-f', '%M %U %S', ...argv], env }, folder, signal);
  const trouble = await judge.verdict('converged', program, run);
  say(`warm-up, ${name}: ${trouble ?? 'done'}`);
  if (trouble !== undefined) return undefined;
  const [kibibytes = 0, user = 0, system = 0] = readFileSync(file, 'utf8').trim().split(' ').map(Number);
  return { program: name, peakMegabytes: kibibytes / 1024, processorMilliseconds: (user + system) * 1000 };
}
