// Puts a command into a lab's network namespace.
import { join } from 'node:path';

/** Where `ip netns` keeps the names of namespaces. */
export const NETNS_DIRECTORY = '/run/netns';

/**
 * The command inside the namespace, or as it is when there is none.
 * `nsenter`, not `ip netns exec`: the latter hides the control groups below /sys, which nspawn needs.
 */
export function inNetns(netns: string | undefined, argv: readonly string[]): readonly string[] {
  return netns === undefined ? argv : ['nsenter', `--net=${join(NETNS_DIRECTORY, netns)}`, '--', ...argv];
}
