// Whether a host is up: its systemd has settled and its sshd answers with its key.
import { readFile } from 'node:fs/promises';
import { ask } from './command.ts';
import { processesOf } from './cgroup.ts';
import { execIn } from './exec.ts';
import { inNetns } from './in-netns.ts';
import { hostKeyPath, readPublicKey } from './keys.ts';
import { LabError } from './lab-error.ts';
import { leaderOf } from './leader.ts';
import { poll } from './poll.ts';
import type { HostStatus, LabHostState, LabPlan } from './types.ts';

/** One look at a host. */
export async function lookAtHost(plan: LabPlan, host: LabHostState): Promise<HostStatus> {
  const leader = await leaderOf(plan.id, host.index);
  if (!leader) return { ...host, ready: false };
  // A host that goes off in the middle of the look is simply not ready.
  const settled = await execIn(leader.pid, ['systemctl', 'is-system-running']).catch(() => undefined);
  const ready = /^(running|degraded)$/m.test(settled?.stdout ?? '') && (await answers(plan, host));
  return { ...host, pid: leader.pid, start: leader.start, ready };
}

/** Really speaks SSH with the host and compares its key with the one made for it: another machine with the same address is not it. */
async function answers(plan: LabPlan, host: LabHostState): Promise<boolean> {
  const scan = await ask(inNetns(plan.netns, ['ssh-keyscan', '-T', '5', '-t', 'ed25519', host.address]));
  return scan.stdout.includes(await readPublicKey(hostKeyPath(host)));
}

/** Waits for a host that was started. @throws LabError with the end of its console when it stops or takes too long */
export async function waitForHost(plan: LabPlan, host: LabHostState, deadline: number, signal?: AbortSignal): Promise<HostStatus> {
  const look = async (): Promise<HostStatus | undefined> => {
    const status = await lookAtHost(plan, host);
    if (status.ready) return status;
    if ((await processesOf(plan.id, host.index)).length === 0)
      throw new LabError(`host ${host.name} stopped while it booted; ${await lastWords(host)}`);
    return undefined;
  };
  const late = async () => `host ${host.name} is not up after ${deadline / 1000} s; ${await lastWords(host)}`;
  return poll(look, late, { deadline, every: 50, signal });
}

async function lastWords(host: LabHostState): Promise<string> {
  const text = await readFile(host.console, 'utf8').catch(() => '');
  const plain = text.replaceAll(/\u001b\[[0-9;?]*[A-Za-z]|\r/g, '').trimEnd();
  return `the end of its console (${host.console}):\n${plain.split('\n').slice(-10).join('\n')}`;
}
