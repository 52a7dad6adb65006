// The rounds: all programs in turn, each round in another order, each run a cold process.
import type { Sample } from './figures.ts';
import type { Judge } from './judge.ts';
import { measure } from './measure.ts';
import type { Options } from './options.ts';
import { PROGRAMS, type Part, type Program, type ProgramName } from './programs.ts';
import type { Way } from './ways.ts';

/** What the rounds are run with. */
export interface Ground {
  readonly judge: Judge;
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/** Runs the rounds of a part. @returns every run, those that do not count too */
export async function runRounds(
  ground: Ground,
  part: Part,
  way: Way,
  { programs, rounds }: Pick<Options, 'programs' | 'rounds'>,
): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  const able = programs.filter(name => partsOf(name).includes(part));
  for (let round = 0; round < rounds; round += 1) {
    for (const program of orderOf(able, round)) {
      const sample = await runOne(ground, part, way, program, round + 1);
      const { milliseconds, failure } = sample;
      const words = failure === undefined ? `${(milliseconds / 1000).toFixed(3)} s` : `does not count, ${failure}`;
      ground.say(`${part}, round ${round + 1} of ${rounds}, ${program}: ${words}`);
      samples.push(sample);
    }
  }
  return samples;
}

async function runOne({ judge, folder, signal }: Ground, part: Part, way: Way, name: ProgramName, round: number): Promise<Sample> {
  const program: Program = PROGRAMS[name];
  await judge.prepare(part);
  await way.takeRoundTrips?.();
  const run = await measure(program.command(way), folder, signal);
  const roundTrips = await way.takeRoundTrips?.();
  const failure = await judge.verdict(part, program, run);
  const frames = /(\d+) round trips?/.exec(run.stdout)?.[1];
  return {
    part,
    program: name,
    round,
    milliseconds: run.milliseconds,
    ...(failure !== undefined && { failure }),
    ...(roundTrips !== undefined && { roundTrips }),
    ...(frames !== undefined && { frames: Number(frames) }),
  };
}

function partsOf(name: ProgramName): readonly Part[] {
  return PROGRAMS[name].parts;
}

/** The list, begun with another item each round, and backwards every second time: nobody always has the same neighbour. */
export function orderOf<Item>(items: readonly Item[], round: number): readonly Item[] {
  const start = items.length === 0 ? 0 : round % items.length;
  const turned = [...items.slice(start), ...items.slice(0, start)];
  return round % 2 === 0 ? turned : turned.reverse();
}
