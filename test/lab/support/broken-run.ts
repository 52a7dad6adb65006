// A run whose controller is killed on its way, and the runs after it, which have to bring about what is described.
import { resolve } from 'node:path';
import type { Event } from '../../../src/report/events.ts';
import { projectRoot } from '../../support/project-root.ts';
import { askHosts } from './kafka-hosts.ts';
import { runProgramUntil, type ChildRun, type KillPoint } from './killed-run.ts';
import type { StandingLab } from './lab-inventory.ts';
import { failuresOf } from './run-results.ts';

/** What runs. */
export interface Described {
  readonly playbook: string;
  readonly extraVars: readonly string[];
}

/** Where it is killed. */
export interface Kill {
  readonly point: KillPoint;
  /** Whether what the controller had begun on the hosts dies with it, as where they lose their power: else it goes on to its end. */
  readonly isCut: boolean;
  /** Called when it is dead, before anything else runs. */
  readonly whenDead?: () => Promise<void>;
}

/** What came of it. */
export interface BrokenRun {
  readonly killed: ChildRun;
  /** In words what is not as it should be. */
  readonly problems: readonly string[];
}

/** The last command of a killed controller may go on for long: it moves slots, or restarts a node. */
const WAIT_LOCK = 300;

/** Ends the sessions of a host, with all that they run. */
const END_SESSIONS = `
main=$(systemctl show -P MainPID ssh) && group=$(cat /proc/$main/cgroup)
for process in /proc/[0-9]*; do
  [ "$process" = "/proc/$main" ] && continue
  case $(cat $process/cgroup 2>/dev/null) in "$group" | */user.slice/*) kill -9 "\${process#/proc/}" ;; esac
done`;

/** Kills the run that brings about what is described, and runs twice more. */
export async function breakRun(lab: StandingLab, { playbook, extraVars }: Described, kill: Kill): Promise<BrokenRun> {
  const words = extraVars.flatMap(text => ['-e', text]);
  const killed = await runProgramUntil(['run', resolve(projectRoot(), playbook), '-i', lab.inventory, ...words], kill.point);
  if (kill.isCut) await askHosts(lab.state, END_SESSIONS);
  await kill.whenDead?.();
  const options = { playbook, extraVars, prove: true };
  const next = await lab.run('run', { ...options, waitLock: WAIT_LOCK });
  const last = await lab.run('run', options);
  const proof = await lab.run('verify', { playbook, extraVars });
  const problems = [
    ...failuresOf(next).map(text => `the next run failed: ${text}`),
    ...(next.exitCode === 0 ? [] : [`the next run ended with ${next.exitCode}`]),
    ...last.changes.map(text => `the run after it changed something: ${text}`),
    ...failuresOf(last).map(text => `the run after it failed: ${text}`),
    ...failuresOf(proof).map(text => `verify failed: ${text}`),
  ];
  return { killed, problems };
}

/** A run that nothing disturbs. @throws Error when it fails */
export async function settle(lab: StandingLab, described: Described, heard?: (event: Event) => void): Promise<void> {
  const done = await lab.run('run', { ...described, prove: true, ...(heard && { heard }) });
  if (done.exitCode !== 0) throw new Error(`a run that nothing disturbs failed: ${failuresOf(done).join('; ')}`);
}
