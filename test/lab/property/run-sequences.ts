// Many sequences, side by side on the hosts of a lab; the first that fails is shrunk and put into words.
import type { WrittenLab } from '../support/written-lab.ts';
import { calmSequence } from './calm.ts';
import { wildSequence } from './generate.ts';
import { playbookOf } from './playbook.ts';
import { shrink } from './shrink.ts';
import { closed, trySequence, type Trial } from './try-sequence.ts';
import type { Sequence } from './types.ts';

/** How many attempts shrinking may take. */
const ATTEMPTS = 60;

/** What came of all of them. */
export interface Outcome {
  readonly trials: readonly Trial[];
  /** A failure in words: seed, playbook, differences; undefined when the property holds. */
  readonly failures: readonly string[];
}

/** The sequence of a seed: every third is calm. */
export function sequenceOf(seed: number): Sequence {
  return seed % 3 === 0 ? calmSequence(seed) : wildSequence(seed);
}

/** Tries the seeds, each on whichever host is free. After the first failure no new one is begun, unless `goOn`. */
export async function runSequences(lab: WrittenLab, hosts: readonly string[], seeds: readonly number[], goOn = false): Promise<Outcome> {
  const waiting = [...seeds];
  const trials: Trial[] = [];
  const failures: string[] = [];
  const work = async (host: string): Promise<void> => {
    for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
      const sequence = sequenceOf(seed);
      const trial = await trySequence(lab, host, sequence);
      trials.push(trial);
      if (trial.differences.length === 0) continue;
      if (!goOn) waiting.length = 0;
      failures.push(await explain(lab, host, sequence, trial));
    }
  };
  await Promise.all(hosts.map(work));
  return { trials, failures };
}

/** The smallest sequence found that fails, as a person reads it. */
async function explain(lab: WrittenLab, host: string, sequence: Sequence, trial: Trial): Promise<string> {
  let last = trial;
  const about = new Set(trial.differences.map(subjectOf));
  // What fails has to be the same thing: a smaller sequence may fail at another.
  const fails = async (smaller: Sequence): Promise<boolean> => {
    const found = await trySequence(lab, host, smaller);
    const isSame = found.differences.some(words => about.has(subjectOf(words)));
    if (isSame) last = found;
    return isSame;
  };
  const kept = await shrink(sequence.calls, calls => fails({ ...sequence, calls: closed(calls, sequence.calls) }), ATTEMPTS);
  const calls = closed(kept, sequence.calls);
  const start = await shrink(sequence.start, lines => fails({ ...sequence, calls, start: lines }), ATTEMPTS / 4);
  return [
    `SEED=${sequence.seed} (${sequence.temper}), from:`,
    ...start.map(line => `  ${line}`),
    playbookOf(host, calls),
    ...last.differences,
  ].join('\n');
}

/** The task and item that a difference is about. */
function subjectOf(words: string): string {
  return words.split(/\n| changes again| is unknown/)[0] ?? words;
}
