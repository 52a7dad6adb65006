// The truth of the dry run, the whole matrix: every shipped playbook and inventory, from every state, held against the hosts themselves.
// Words on the command line leave only the scenarios that have them all. SEED=n repeats what was seen; LIE=1 plants a lie, and has to end red.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Mocha from 'mocha';
import { labObstacle, type LabRun, type LabRunOptions } from './lab/support/lab-inventory.ts';
import { plantLie } from './lab/support/lie.ts';
import { nameOf, SCENARIOS, type Scenario } from './lab/support/truth-scenarios.ts';
import { judgeHalfDone, judgeOneByOne, judgeStanding, lineOf, startScenario, type CaseReport } from './lab/support/truth-states.ts';
import { seedOfThisRun } from './support/seeded.ts';

const here = dirname(fileURLToPath(import.meta.url));
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const seed = seedOfThisRun();
const words = process.argv.slice(2);
const planted: LabRunOptions = process.env['LIE'] === '1' ? { retool: plantLie, prove: false } : {};
const counts = { cases: 0, mismatches: 0 };

const obstacle = await labObstacle();
if (obstacle !== undefined) {
  say(`no lab here: ${obstacle}`);
  process.exit(1);
}
const chosen = SCENARIOS.filter(scenario => words.every(word => nameOf(scenario).split(/[ /]/).includes(word)));
for (const scenario of chosen) await runScenario({ ...scenario, options: { ...scenario.options, ...planted } });
const isSound = words.length > 0 || (await propertyHolds());
say(`${counts.cases} cases, ${counts.mismatches} mismatches`);
process.exit(counts.cases > 0 && counts.mismatches === 0 && isSound ? 0 : 1);

/** A scenario that breaks off counts as a mismatch, and the others go on. */
async function runScenario(scenario: Scenario): Promise<void> {
  try {
    let fresh: LabRun | undefined;
    {
      await using lab = await startScenario(scenario);
      for await (const report of judgeStanding(lab, scenario, seed)) {
        take(report);
        if (report.state === 'fresh') fresh = report.run;
      }
    }
    if (fresh === undefined) throw new Error('there was no run on fresh hosts');
    {
      await using lab = await startScenario(scenario);
      take(await judgeOneByOne(lab, scenario, seed, fresh));
    }
    const tasks = fresh.events.filter(event => event.kind === 'task-started').length;
    await using lab = await startScenario(scenario);
    take(await judgeHalfDone(lab, scenario, seed, tasks));
  } catch (error) {
    counts.mismatches += 1;
    say(`${nameOf(scenario)} broke off: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
}

function take(report: CaseReport): void {
  counts.cases += 1;
  counts.mismatches += report.mismatches.length;
  say(lineOf(report));
}

/** Sequences of calls that nobody wrote down, on hosts too. */
async function propertyHolds(): Promise<boolean> {
  process.env['SEQUENCES'] ??= '300';
  const mocha = new Mocha({ timeout: 20_000, forbidOnly: true });
  mocha.addFile(join(here, 'lab', 'property.test.js'));
  await mocha.loadFilesAsync();
  return new Promise(resolve => void mocha.run(failures => resolve(failures === 0)));
}
