// A scenario in all four states: on one lab fresh, converged and drifted; on another half done, by a controller that was killed.
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { buildArtifacts } from '../../../src/lab/artifacts/build.ts';
import { projectRoot } from '../../support/project-root.ts';
import { seeded } from '../../support/seeded.ts';
import { askHosts } from './kafka-hosts.ts';
import { failuresOf } from './run-results.ts';
import { runProgramUntil } from './killed-run.ts';
import { differencesBetween } from './same-events.ts';
import { startTestLab, type LabRun, type TestLab } from './lab-inventory.ts';
import { breakByHand } from './truth-breaks.ts';
import { judge, type Verdict } from './truth-case.ts';
import { nameOf, type Scenario } from './truth-scenarios.ts';

/** A verdict, and how its case can be had again. */
export interface CaseReport extends Verdict {
  readonly name: string;
  readonly seed: number;
  /** What was done to the hosts before. */
  readonly done: readonly string[];
}

/** How long after its task the controller is killed at most. */
const LATEST = 1500;
/** How long a host may be busy with what a killed controller has left running. */
const CALMS_DOWN_MS = 120_000;

/** The lab of a scenario, with what it has to find there. */
export async function startScenario({ playbook, inventory, first, archives }: Scenario): Promise<TestLab> {
  if (archives.length > 0) await buildArtifacts(archives, () => undefined);
  const lab = await startTestLab(inventory, first?.playbook ?? playbook);
  try {
    if (first !== undefined) {
      const failures = failuresOf(await lab.run('run', first));
      if (failures.length > 0) throw new Error(`${first.playbook} failed: ${failures.join('; ')}`);
    }
    return lab;
  } catch (error) {
    await lab[Symbol.asyncDispose]();
    throw error;
  }
}

/** Fresh, converged, drifted: each sets out from what the one before has left. */
export async function* judgeStanding(lab: TestLab, scenario: Scenario, seed: number): AsyncGenerator<CaseReport> {
  const { playbook, options } = scenario;
  const report = { name: nameOf(scenario), seed, done: [] };
  const fresh = await judge(lab, 'fresh', { playbook, ...options });
  yield { ...report, ...fresh };
  yield { ...report, ...(await judge(lab, 'converged', { playbook, ...options })) };
  const done = await breakByHand(lab, fresh.run.program, seeded(mixed(seed, `${report.name} drifted`)));
  yield { ...report, done, ...(await judge(lab, 'drifted', { playbook, ...options })) };
}

/** Fresh again, every task asking for itself: the same as the run that read ahead. */
export async function judgeOneByOne(lab: TestLab, scenario: Scenario, seed: number, ahead: LabRun): Promise<CaseReport> {
  const { playbook, options } = scenario;
  const verdict = await judge(lab, 'one by one', { playbook, ...options, oneByOne: true });
  const mismatches = [...verdict.mismatches, ...differencesBetween(ahead, verdict.run, ['reading ahead', 'one by one'])];
  return { name: nameOf(scenario), seed, done: [], ...verdict, mismatches };
}

/** Half done: the controller is killed at one of the tasks that a whole run begins. */
export async function judgeHalfDone(lab: TestLab, scenario: Scenario, seed: number, tasks: number): Promise<CaseReport> {
  const { playbook, options } = scenario;
  const random = seeded(mixed(seed, `${nameOf(scenario)} half done`));
  const point = { kind: 'task-started', event: Math.floor(random() * tasks), milliseconds: Math.floor(random() * LATEST) } as const;
  const extra = (options.extraVars ?? []).flatMap(text => ['-e', text]);
  const killed = await runProgramUntil(['run', resolve(projectRoot(), playbook), '-i', lab.inventory, ...extra], point);
  const last = killed.events.findLast(event => event.kind === 'task-started');
  const name = last?.kind === 'task-started' ? `${last.task.id} ${last.task.name}` : 'nothing';
  await calm(lab);
  const done = [`killed ${point.milliseconds} ms after task ${point.event + 1} of ${tasks} began, at "${name}"`];
  return { name: nameOf(scenario), seed, done, ...(await judge(lab, 'half done', { playbook, ...options })) };
}

/** What the killed controller's sessions were in the middle of goes on without it, and units may be on their way. */
async function calm({ state }: TestLab): Promise<void> {
  const busy = `
main=$(systemctl show -P MainPID ssh) && group=$(cat /proc/$main/cgroup)
for process in /proc/[0-9]*; do
  [ "$process" = "/proc/$main" ] && continue
  case $(cat $process/cgroup 2>/dev/null) in "$group" | */user.slice/*) tr '\\0' ' ' <$process/cmdline ;; esac
done
systemctl list-jobs --no-legend --plain`;
  for (const deadline = Date.now() + CALMS_DOWN_MS; ;) {
    const said = Object.entries(await askHosts(state, busy)).filter(([, text]) => text !== '' && !/^No jobs/.test(text));
    if (said.length === 0) return;
    if (Date.now() > deadline) throw new Error(`still busy after a kill: ${said.map(([host, text]) => `${host}: ${text}`).join('; ')}`);
  }
}

/** A seed of its own for each case, from the one that is named. */
function mixed(seed: number, words: string): number {
  return createHash('sha256').update(`${seed} ${words}`).digest().readUInt32BE();
}

/** A case in one line, its mismatches below. */
export function lineOf({ name, state, seed, tasks, foretold, changed, assumed, unknown, mismatches, seconds, done }: CaseReport): string {
  const counted = [`${tasks} tasks`, `${foretold} foretold`, `${changed} changed`, `${assumed} assumed`, `${unknown.length} unknown`];
  const figures = [...counted, `${mismatches.length} mismatches`].join(', ');
  const line = `${name}, ${state}: SEED=${seed}, ${figures}, ${seconds.toFixed(0)} s`;
  return [line, ...done.map(text => `    ${text}`), ...unknown.map(text => `  ? ${text}`), ...mismatches.map(text => `  ✗ ${text}`)].join(
    '\n',
  );
}
