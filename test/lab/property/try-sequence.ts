// One sequence on one host, from a state made anew: check, run, and both once more.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { requestFrom } from '../../../src/cli/commands/request.ts';
import type { Mode, TaskResult } from '../../../src/report/events.ts';
import { observe, type LabRun } from '../support/lab-inventory.ts';
import { differencesBetween } from '../support/same-events.ts';
import type { WrittenLab } from '../support/written-lab.ts';
import { compare, restlessness, type Comparison } from './hold.ts';
import { mentions, playbookOf, taskName } from './playbook.ts';
import { resetOf } from './pool.ts';
import type { NamedCall, Sequence } from './types.ts';

/** What came of a sequence. */
export interface Trial extends Comparison {
  /** Every result of the first run: for the figures. */
  readonly results: readonly TaskResult[];
}

/**
 * Runs a sequence.
 *
 * A wild sequence contradicts itself, so that its second run has work again: the check before it has to foretell that, too. A calm one has to
 * leave nothing to do, in a run and in a check alike, but for calls that run always.
 */
export async function trySequence(lab: WrittenLab, host: string, sequence: Sequence): Promise<Trial> {
  const start = sequence.start.map(line => `{ ${line}; } >/dev/null 2>&1`);
  await lab.shell(host, [resetOf(host), ...start, ':'].join('\n'));
  const file = join(lab.folder, `${host}.yml`);
  writeFileSync(file, playbookOf(host, sequence.calls));
  const go = (mode: Mode, oneByOne = false): Promise<LabRun> =>
    observe({
      ...requestFrom({ inventory: [join(lab.folder, 'inventory')], prove: mode === 'run', oneByOne }, file, mode),
      cwd: lab.folder,
    });
  const check = await go('check');
  const single = differencesBetween(check, await go('check', true), ['reading ahead', 'one by one']);
  const run = await go('run');
  const compared = compare(check, run);
  const first = { ...compared, differences: [...single, ...compared.differences] };
  if (first.differences.length > 0) return { ...first, results: run.results };
  const differences = sequence.temper === 'calm' ? await goCalmly(go, sequence.calls) : await goAgain(go);
  return { differences, unknown: first.unknown, results: run.results };
}

async function goAgain(go: (mode: Mode) => Promise<LabRun>): Promise<readonly string[]> {
  const check = await go('check');
  return compare(check, await go('run')).differences.map(words => `the second time: ${words}`);
}

async function goCalmly(go: (mode: Mode) => Promise<LabRun>, calls: readonly NamedCall[]): Promise<readonly string[]> {
  const always = new Set(calls.filter(call => call.always === true).map(taskName));
  const run = await go('run');
  const check = await go('check');
  return [
    ...restlessness(run, always).map(words => `in the second run, ${words}`),
    ...restlessness(check, always).map(words => `in the check after it, ${words}`),
  ];
}

/** Calls that were kept, without those that rest on one that was not. */
export function closed(kept: readonly NamedCall[], all: readonly NamedCall[]): readonly NamedCall[] {
  const gone = all.filter(call => !kept.includes(call));
  const left = kept.filter(call => !gone.some(({ id }) => mentions(call, id)));
  return left.length === kept.length ? left : closed(left, all);
}
