// One case of the truth: a dry run, the run it foretells, and an oracle that looks at the hosts before, between and after.
import type { Program } from '../../../src/program/types.ts';
import type { TaskResult } from '../../../src/report/events.ts';
import { leftBehind, lookAtAll, misfitsOf, missedAssumptions, type Looks } from './compare.ts';
import { differencesBetween } from './same-events.ts';
import type { LabRun, LabRunOptions, TestLab } from './lab-inventory.ts';

/** From which state the hosts set out. */
export type StartingState = 'fresh' | 'one by one' | 'converged' | 'drifted' | 'half done';

/** What came of a case. */
export interface Verdict {
  readonly state: StartingState;
  /** Tasks times hosts that had a result in the dry run. */
  readonly tasks: number;
  readonly foretold: number;
  readonly changed: number;
  readonly assumed: number;
  /** What the dry run said it cannot know, and why. */
  readonly unknown: readonly string[];
  /** In words; none when the dry run told the truth. */
  readonly mismatches: readonly string[];
  readonly seconds: number;
  readonly run: LabRun;
}

/** How long what a run has begun may take to show: replicas that are made a moment after their leader. */
const SETTLES_MS = 15_000;

/** Foretells, runs and compares. */
export async function judge(lab: TestLab, state: StartingState, options: LabRunOptions = {}): Promise<Verdict> {
  const started = performance.now();
  const before = await lookAtAll(lab);
  const check = await lab.run('check', options);
  const single = await lab.run('check', { ...options, oneByOne: true });
  const between = await lookAtAll(lab);
  const run = await lab.run('run', { prove: true, ...options });
  const { program } = check;
  const unknown = new Set(check.results.filter(({ status }) => status === 'unknown').map(taskOf));
  const mismatches = [
    ...leftBehind([program, lab.program], before, between).map(text => `the dry run left something behind: ${text}`),
    ...differencesBetween(check, single, ['reading ahead', 'one by one']),
    ...promisesOf(state, check, run),
    ...wordsOf(check, run),
    ...changesThatDiffer(check, run, unknown),
    ...(await seenAfter(lab, program, between, [...check.results, ...run.results.filter(result => unknown.has(taskOf(result)))])),
  ];
  return {
    state,
    tasks: check.results.length,
    foretold: check.changes.length,
    changed: run.changes.length,
    assumed: new Set(check.results.flatMap(result => result.assumes)).size,
    unknown: check.results.filter(({ status }) => status === 'unknown').map(said),
    mismatches,
    seconds: (performance.now() - started) / 1000,
    run,
  };
}

/** What holds for a state, whatever was foretold. */
function promisesOf(state: StartingState, check: LabRun, run: LabRun): readonly string[] {
  const unknown = check.results.filter(result => result.status === 'unknown').map(said);
  const isQuiet = check.changes.length === 0;
  return [
    ...(state === 'fresh' ? unknown.map(text => `unknown on fresh hosts: ${text}`) : []),
    ...(state === 'fresh' && run.exitCode !== 0 ? [`the run ended with ${run.exitCode}`] : []),
    ...(state === 'converged' && !isQuiet ? check.changes.map(text => `foretold on hosts that are as described: ${text}`) : []),
    ...(state === 'drifted' && isQuiet ? ['what was broken by hand was not noticed'] : []),
    ...run.events.flatMap(event => (event.kind === 'note' && event.text.includes(': assumed ') ? [event.text] : [])),
  ];
}

/** What fails, and why: the same words at the same task of the same host. */
function wordsOf(check: LabRun, run: LabRun): readonly string[] {
  const failures = ({ results }: LabRun): readonly string[] =>
    results.filter(({ status }) => status === 'failed' || status === 'unreachable').map(said);
  const [foretold, made] = [failures(check), failures(run)];
  return [
    ...foretold.filter(text => !made.includes(text)).map(text => `foretold to fail, and did not: ${text}`),
    ...made.filter(text => !foretold.includes(text)).map(text => `failed, and nothing foretold it: ${text}`),
  ];
}

/** (host, task, attribute, from, to): both ways. What a dry run said it cannot know is no lie. */
function changesThatDiffer(check: LabRun, run: LabRun, unknown: ReadonlySet<string>): readonly string[] {
  const told = check.results.flatMap(linesOf);
  const done = run.results.flatMap(linesOf);
  const made = run.results.filter(result => !unknown.has(taskOf(result))).flatMap(linesOf);
  return [
    ...told.filter(line => !done.includes(line)).map(line => `foretold, and the run did not: ${line}`),
    ...made.filter(line => !told.includes(line)).map(line => `changed, and not foretold: ${line}`),
  ];
}

async function seenAfter(lab: TestLab, program: Program, before: Looks, foretold: readonly TaskResult[]): Promise<readonly string[]> {
  for (const deadline = Date.now() + SETTLES_MS; ;) {
    const after = await lookAtAll(lab);
    const wrong = misfitsOf([program, lab.program], before, after, foretold);
    if (wrong.length > 0 && Date.now() < deadline) continue;
    return [...wrong, ...missedAssumptions(after, foretold).map(text => `assumed, and not so: ${text}`)];
  }
}

function linesOf({ host, task, changes }: TaskResult): readonly string[] {
  return changes.map(
    ({ attribute, from, to }) => `${host} | ${task.id} ${task.name} | ${attribute} | ${JSON.stringify(from)} -> ${JSON.stringify(to)}`,
  );
}

/** A cluster's task is one for all its hosts: what is unknown of it may show on any. */
function taskOf({ host, task }: TaskResult): string {
  return /^(elasticsearch|kafka|redis|zookeeper)\./.test(task.module) ? task.id : `${host} ${task.id}`;
}

function said({ host, task, message }: TaskResult): string {
  return `${host} | ${task.id} ${task.name}: ${message ?? ''}`;
}
