// A run of playbooks/redis-cluster.yml whose controller is killed on its way, and the run after it: the cluster as described, no slot open.
import { resolve } from 'node:path';
import type { Event } from '../../../src/report/events.ts';
import { projectRoot } from '../../support/project-root.ts';
import { askHosts } from './kafka-hosts.ts';
import { failuresOf } from './run-results.ts';
import { runProgramUntil, type ChildRun, type KillPoint } from './killed-run.ts';
import type { StandingLab } from './lab-inventory.ts';

export const REDIS_PLAYBOOK = 'playbooks/redis-cluster.yml';

/** Where it is killed. */
export interface RedisKill {
  readonly point: KillPoint;
  /** Whether what the controller had begun on the hosts dies with it, as where they lose their power: else it goes on to its end. */
  readonly isCut: boolean;
}

/** What came of it. */
export interface RedisBroken {
  readonly killed: ChildRun;
  /** In words what is not as it should be. */
  readonly problems: readonly string[];
}

/** The last command of a killed controller may move slots. */
const WAIT_LOCK = 300;

/** Ends the sessions of a host, with all that they run. */
const END_SESSIONS = `
main=$(systemctl show -P MainPID ssh) && group=$(cat /proc/$main/cgroup)
for process in /proc/[0-9]*; do
  [ "$process" = "/proc/$main" ] && continue
  case $(cat $process/cgroup 2>/dev/null) in "$group" | */user.slice/*) kill -9 "\${process#/proc/}" ;; esac
done`;

/** What a run does to the cluster, or waits for: it may be killed behind each. */
export function isRedisStep(event: Event): boolean {
  return (event.kind === 'change' || event.kind === 'waiting') && event.task.module.startsWith('redis.');
}

/** Told before slots begin to move. */
export function isMoving(event: Event): boolean {
  return event.kind === 'waiting' && event.for === 'all to see the slots where they are now';
}

/** Kills the run that brings about what is described, and runs twice more. */
export async function breakRedisRun(lab: StandingLab, extraVars: readonly string[], { point, isCut }: RedisKill): Promise<RedisBroken> {
  const words = extraVars.flatMap(text => ['-e', text]);
  const killed = await runProgramUntil(['run', resolve(projectRoot(), REDIS_PLAYBOOK), '-i', lab.inventory, ...words], point);
  if (isCut) await askHosts(lab.state, END_SESSIONS);
  const next = await lab.run('run', { extraVars, prove: true, waitLock: WAIT_LOCK });
  const last = await lab.run('run', { extraVars, prove: true });
  const proof = await lab.run('verify', { extraVars });
  const problems = [
    ...failuresOf(next).map(text => `the next run failed: ${text}`),
    ...(next.exitCode === 0 ? [] : [`the next run ended with ${next.exitCode}`]),
    ...last.changes.map(text => `the run after it changed something: ${text}`),
    ...failuresOf(last).map(text => `the run after it failed: ${text}`),
    ...failuresOf(proof).map(text => `verify failed: ${text}`),
  ];
  return { killed, problems };
}
