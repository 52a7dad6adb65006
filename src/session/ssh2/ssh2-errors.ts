// What can go wrong on the way to a login, in words that say what to do.
import { UnreachableError } from '../../errors/errors.ts';
import { describeHost } from '../host-keys/host-key.ts';
import type { LoginNotes } from './login-ways.ts';
import type { ConnectionSpec } from '../types.ts';
import { seconds } from '../wait.ts';

/** The server hung up before anything was asked of it: it is asked again for a while, since it does so where too many come at once. */
export class TurnedAway extends UnreachableError {
  constructor(spec: ConnectionSpec) {
    const advice = 'check that sshd is what listens there, that it lets this machine in, and MaxStartups in its sshd_config';
    super(spec.host, 'connect', `${describeHost(spec)} closes connections before a login, ${advice}`);
  }
}

/** The server hung up. @param isKnown whether it had shown its key */
export function hungUp(spec: ConnectionSpec, isKnown: boolean, tried: readonly string[]): UnreachableError {
  if (!isKnown) return new TurnedAway(spec);
  const when = tried.length === 0 ? 'before' : 'during';
  const advice = `check that ${spec.user} is not expired or locked there, and what its log says`;
  return new UnreachableError(
    spec.host,
    'connect',
    `${describeHost(spec)} closed the connection ${when} the login of ${spec.user}, ${advice}`,
  );
}

/** Turns an error of ssh2 or of the socket into one that names the host, the cause and the next step. */
export function explainConnectFailure(spec: ConnectionSpec, error: Error, notes: LoginNotes): UnreachableError {
  const { level, code } = error as Error & { level?: string; code?: string };
  if (level === 'client-authentication') return refusedLogin(spec, notes);
  const said = typeof code === 'string' ? SOCKET[code] : undefined;
  if (said) return new UnreachableError(spec.host, 'connect', `cannot reach ${describeHost(spec)}: ${said}`);
  if (/no matching/i.test(error.message)) {
    const what = `${describeHost(spec)} and tsplay have no algorithm in common: ${error.message}`;
    const advice = spec.legacyAlgorithms === true ? 'update its sshd' : 'update its sshd, or set legacy_algorithms: true for this host';
    return new UnreachableError(spec.host, 'connect', `${what}, ${advice}`);
  }
  return new UnreachableError(
    spec.host,
    'connect',
    `cannot connect to ${describeHost(spec)}: ${error.message}, check that sshd answers there`,
  );
}

/** No key fitted, or there was none to try. */
export function refusedLogin(spec: ConnectionSpec, { tried, problems }: LoginNotes): UnreachableError {
  const unusable = problems.map(problem => `, ${problem}`).join('');
  if (tried.length === 0) {
    const looked = spec.keyFiles.length === 0 ? 'no key file is named' : `looked for ${spec.keyFiles.join(', ')}`;
    const what = `no key to log in to ${describeHost(spec)} as ${spec.user}: ${looked}${unusable}`;
    return new UnreachableError(
      spec.host,
      'authentication',
      problems.length > 0 ? what : `${what}, set ssh_key, start an agent, or give -k`,
    );
  }
  const key = `add the public key to ~${spec.user}/.ssh/authorized_keys there`;
  const advice =
    spec.password === undefined
      ? key
      : `check the password, which was tried ${tried.includes('the password') ? 'once' : 'not at all: the server takes none'}`;
  return new UnreachableError(
    spec.host,
    'authentication',
    `${describeHost(spec)} refused the login of ${spec.user}, tried ${tried.join(', ')}${unusable}, ${advice}`,
  );
}

/** A prompt that is not for the password. */
export function unanswered(spec: ConnectionSpec, prompt: string): UnreachableError {
  const advice = 'run it on a terminal and answer there, or log in with a key';
  return new UnreachableError(
    spec.host,
    'authentication',
    `${describeHost(spec)} asks ${spec.user} ${JSON.stringify(prompt)}, which nobody answered, ${advice}`,
  );
}

/** The host was silent. */
export function timedOut(spec: ConnectionSpec): UnreachableError {
  const advice = 'check the address, the firewall, and that sshd is not overloaded';
  return new UnreachableError(
    spec.host,
    'timeout',
    `${describeHost(spec)} did not finish the login within ${seconds(spec.timeout)}, ${advice}`,
  );
}

const SOCKET: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused, check that sshd listens on that port',
  ENOTFOUND: 'no such name, check its spelling or set address',
  EAI_AGAIN: 'the name cannot be looked up now, check the name server of this machine',
  EHOSTUNREACH: 'no route to it, check the address and that the host is up',
  ENETUNREACH: 'no route to its network, check the address and this machine’s network',
  ETIMEDOUT: 'no answer, check the address and the firewall',
  ECONNRESET: 'it closed the connection, check that sshd is what listens there and MaxStartups',
};
