// What can go wrong with the channels of a connection that was made, in words that say what to do; the same for every client.
import { UnreachableError } from '../../errors/errors.ts';
import { describeHost } from './host-key.ts';
import type { ConnectionSpec } from '../types.ts';
import { seconds } from '../wait.ts';

/** The connection is no longer there. @param lost what became of it */
export function droppedConnection({ host }: ConnectionSpec, lost: string): UnreachableError {
  return new UnreachableError(host, 'dropped', `the connection to ${host} was lost: ${lost}`);
}

/** The server had no place for another channel, however often it was asked. */
export function refusedChannels({ host, timeout }: ConnectionSpec, words: string): UnreachableError {
  return new UnreachableError(
    host,
    'connect',
    `${host} refused another channel for ${seconds(timeout)}: ${words}, raise MaxSessions in its sshd_config`,
  );
}

/** The server did not say whether there is a channel. */
export function lateChannel({ host, timeout }: ConnectionSpec): UnreachableError {
  const advice = 'look at what hangs at login there (PAM, logind, a name service)';
  return new UnreachableError(host, 'timeout', `${host} did not open a channel within ${seconds(timeout)}, ${advice}`);
}

/** There was a channel, and no command in it. */
export function refusedCommand({ host, user }: ConnectionSpec, words: string): UnreachableError {
  const advice = 'look at ForceCommand and the login shell there';
  return new UnreachableError(host, 'protocol', `${host} does not run commands for ${user}: ${words}, ${advice}`);
}

/** A host on the way does not lead on. */
export function refusedForward(spec: ConnectionSpec, address: string, port: number, words: string): UnreachableError {
  const advice = 'check that it can reach it, and AllowTcpForwarding in its sshd_config';
  return new UnreachableError(spec.host, 'connect', `${noWay(spec, address, port)}: ${words}, ${advice}`);
}

/** A host on the way does not say whether it leads on. */
export function lateForward(spec: ConnectionSpec, address: string, port: number): UnreachableError {
  const words = `${noWay(spec, address, port)} within ${seconds(spec.timeout)}, check the address and the firewall`;
  return new UnreachableError(spec.host, 'timeout', words);
}

function noWay(spec: ConnectionSpec, address: string, port: number): string {
  return `${describeHost(spec)} makes no connection to ${address} port ${port}`;
}
