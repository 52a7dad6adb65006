// The command line that logs in to a host of a lab with the system's own client.
import { findHost } from './exec.ts';
import { inNetns } from './in-netns.ts';
import type { LabPlan } from './types.ts';

/** The whole argv, `ssh` included; append a command to run one. The client's own configuration is left out of it. */
export function labSshArgs(plan: LabPlan, host: string): readonly string[] {
  const options = [
    `IdentityFile=${plan.privateKey}`,
    'IdentitiesOnly=yes',
    `UserKnownHostsFile=${plan.knownHosts}`,
    'GlobalKnownHostsFile=/dev/null',
    'StrictHostKeyChecking=yes',
    'LogLevel=ERROR',
  ];
  const words = options.flatMap(option => ['-o', option]);
  return inNetns(plan.netns, ['ssh', '-F', 'none', ...words, `${plan.user}@${findHost(plan, host).address}`]);
}
