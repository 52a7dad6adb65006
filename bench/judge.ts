// Whether a run counts: by how it ended, and by what it left on the hosts.
import { RESET, SETTLE, STAMPS, STATE, type Hosts } from './hosts.ts';
import type { Run } from './measure.ts';
import type { Part, Program } from './programs.ts';

/** Knows how the hosts have to look, and brings them there. */
export interface Judge {
  /** Makes the hosts ready for a run of that part. */
  readonly prepare: (part: Part) => Promise<void>;
  /** Why the run since does not count; undefined when it does. */
  readonly verdict: (part: Part, program: Program, run: Run) => Promise<string | undefined>;
}

/** The judge of these hosts, which are settled afterwards. */
export async function createJudge(hosts: Pick<Hosts, 'all'>): Promise<Judge> {
  await hosts.all(SETTLE);
  const state = await hosts.all(STATE);
  let stamps = await hosts.all(STAMPS);
  return {
    async prepare(part) {
      if (part === 'first') await hosts.all(RESET);
      else if ((await hosts.all(STAMPS)) !== stamps) {
        await hosts.all(SETTLE);
        stamps = await hosts.all(STAMPS);
      }
    },
    async verdict(part, program, run) {
      const trouble = troubleOf(program, run);
      if (trouble !== undefined) return trouble;
      const [expected, found] = part === 'first' ? [state, await hosts.all(STATE)] : [stamps, await hosts.all(STAMPS)];
      const difference = firstDifference(expected, found);
      return difference && `${part === 'first' ? 'it left something else than the tasks describe' : 'it changed something'}: ${difference}`;
    },
  };
}

/** What is wrong with how it ended: who looks at nothing changes nothing, and has to be found out by words. */
export function troubleOf({ says }: Program, { status, stdout, stderr }: Run): string | undefined {
  const output = `${stdout}\n${stderr}`;
  const isDone = says === undefined ? stderr === '' : says.test(output);
  if (status === 0 && isDone) return undefined;
  const words = linesOf(output).slice(-3).join(' / ');
  const end = status === undefined ? 'it was ended by a signal' : status === 0 ? 'it did not do it all' : `status ${status}`;
  return `${end}: ${words}`;
}

/** The first line that only one of two texts has. */
export function firstDifference(expected: string, found: string): string | undefined {
  const before = linesOf(expected);
  const after = linesOf(found);
  const [more] = after.filter(line => !before.includes(line));
  const [less] = before.filter(line => !after.includes(line));
  return more === undefined ? less && `there is no ${less}` : `there is ${more}`;
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter(line => line.trim() !== '');
}
