// Runs a command inside a host without ssh: for looking at what tsplay did with eyes that are not tsplay's.
import { ask, type Answer, type RunOptions } from './command.ts';
import { LabError } from './lab-error.ts';
import { leaderOf } from './leader.ts';
import type { LabHostState, LabPlan } from './types.ts';

/**
 * Runs argv as root in the host's namespaces; the status is the command's.
 * @throws LabError when the host is off
 */
export async function labExec(plan: LabPlan, host: string, argv: readonly string[], options: RunOptions = {}): Promise<Answer> {
  const { name, index } = findHost(plan, host);
  const leader = await leaderOf(plan.id, index);
  if (!leader) throw new LabError(`host ${name} of the lab is off, run tsplay lab up`);
  return execIn(leader.pid, argv, options);
}

/** The same in the host of that process 1. */
export function execIn(pid: number, argv: readonly string[], options: RunOptions = {}): Promise<Answer> {
  return ask(argvIn(pid, argv), options);
}

/** The whole argv that runs another as root in the namespaces of that process 1. */
export function argvIn(pid: number, argv: readonly string[]): readonly string[] {
  const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
  return ['nsenter', `--target=${pid}`, '--all', '--root', '--', 'env', '-i', '--chdir=/', path, 'HOME=/root', 'LC_ALL=C.UTF-8', ...argv];
}

/** A host of the lab by its name. @throws LabError naming the hosts there are */
export function findHost(plan: LabPlan, name: string): LabHostState {
  const host = plan.hosts.find(candidate => candidate.name === name);
  if (host) return host;
  throw new LabError(`the lab has no host ${name}, it has ${plan.hosts.map(candidate => candidate.name).join(', ')}`);
}
