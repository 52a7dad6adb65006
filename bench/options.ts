// What follows `npm run bench --`: which programs, which parts, how often.
import { parseArgs } from 'node:util';
import { PARTS, PROGRAM_NAMES, PROGRAMS, type Part, type ProgramName } from './programs.ts';

/** What is measured. */
export interface Options {
  readonly rounds: number;
  readonly programs: readonly ProgramName[];
  readonly parts: readonly Part[];
}

/** How often at least, for figures that are written down. */
const ROUNDS = 5;

/** @throws Error saying what cannot be asked for */
export function readOptions(words: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...words],
    options: { rounds: { type: 'string', default: String(ROUNDS) }, only: { type: 'string' }, parts: { type: 'string' } },
  });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--rounds is ${values.rounds}, give a whole number from 1`);
  const parts = pick('--parts', PARTS, values.parts);
  const programs = pick('--only', PROGRAM_NAMES, values.only).filter(name => parts.some(part => PROGRAMS[name].parts.includes(part)));
  if (programs.length === 0) throw new Error(`--only names no program with a part ${parts.join(' or ')}, leave one of the two out`);
  return { rounds, programs, parts };
}

/** Whether all there is to measure is measured. */
export function isComplete({ programs, parts }: Options): boolean {
  return programs.length === PROGRAM_NAMES.length && parts.length === PARTS.length;
}

/** Those of the list, in its order; without a list, all. */
function pick<Name extends string>(option: string, all: readonly Name[], list: string | undefined): readonly Name[] {
  if (list === undefined) return all;
  const wanted = list.split(',');
  const strange = wanted.find(word => !all.some(name => name === word));
  if (strange !== undefined) throw new Error(`${option} names ${JSON.stringify(strange)}, choose from ${all.join(', ')}`);
  return all.filter(name => wanted.includes(name));
}
