// Many random playbooks, in as many processes as there are processors; those that are taken in two ways are made small.
import { inLanes } from '../lanes.ts';
import { generate } from './generate.ts';
import { shrink } from './shrink.ts';
import { tryScenario, type Tried } from './try-scenario.ts';

/** What came of them. */
export interface Outcome {
  readonly agreeing: number;
  /** How often each rule explained a difference. */
  readonly onPurpose: ReadonlyMap<string, number>;
  /** Those that nothing explains, by their seeds; the first few made small. */
  readonly different: ReadonlyMap<number, Tried>;
}

const MADE_SMALL = Number(process.env['SHRINK'] ?? 3);

/** Tries so many of them, from a seed on. */
export async function tryMany(seed: number, count: number, inventory: string, folder: string): Promise<Outcome> {
  let agreeing = 0;
  const onPurpose = new Map<string, number>();
  const different = new Map<number, Tried>();
  const seeds = Array.from({ length: count }, (_, index) => seed + index);
  await inLanes(folder, seeds, async (ansible, mine) => {
    const tried = await tryScenario(generate(mine), ansible, inventory, folder);
    if (tried.verdict === 'agrees') agreeing += 1;
    else if (tried.verdict === 'differs') different.set(mine, tried);
    else onPurpose.set(tried.verdict.onPurpose, (onPurpose.get(tried.verdict.onPurpose) ?? 0) + 1);
  });
  await inLanes(folder, [...different].slice(0, MADE_SMALL), async (ansible, [mine, tried]) => {
    const attempt = (scenario: Tried['scenario']): Promise<Tried> => tryScenario(scenario, ansible, inventory, folder);
    const small = await shrink(tried.scenario, async smaller => {
      const again = await attempt(smaller);
      return again.verdict === 'differs' && (isRefused(tried) || !isRefused(again));
    });
    different.set(mine, await attempt(small));
  });
  return { agreeing, onPurpose, different };
}

function isRefused({ ours, theirs }: Tried): boolean {
  return ours.end === 'refused' || theirs.end === 'refused';
}
