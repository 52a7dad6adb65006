// What became of a login by the client of OpenSSH, out of its own words: the same errors as of the other client.
import { UnreachableError } from '../../errors/errors.ts';
import { refusedForward } from '../host-keys/channel-errors.ts';
import { describeHost, wordsAgainst } from '../host-keys/host-key.ts';
import { ASKED } from './openssh-programs.ts';
import { explainConnectFailure, refusedLogin } from '../ssh2/ssh2-errors.ts';
import type { ConnectionSpec } from '../types.ts';

const NOTHING_TRIED = { tried: [], problems: [] };

/** Why there is no connection. @param shown the key that the host showed, where the client refused it */
export function explainLogin(spec: ConnectionSpec, lines: readonly string[], shown: Buffer | undefined): UnreachableError {
  const has = (pattern: RegExp): boolean => lines.some(line => pattern.test(line));
  if (lines.includes(ASKED.onTheWay)) return askedOnTheWay(spec);
  if (has(/^Stdio forwarding request failed: /)) return explainWay(spec, lines);
  if (isKeyRefused(lines)) return explainHostKey(spec, lines, shown);
  if (isLoginRefused(lines)) return explainRefusal(spec, lines);
  const code = CODES.find(([, pattern]) => has(pattern))?.[0];
  if (code !== undefined) return explainConnectFailure(spec, Object.assign(new Error(code), { code }), NOTHING_TRIED);
  const negotiation = lines.find(line => /^Unable to negotiate with /.test(line));
  const words = negotiation?.replace(/^Unable to negotiate with [^:]*: /, '') ?? lastWords(lines);
  return explainConnectFailure(spec, new Error(words), NOTHING_TRIED);
}

/** Whether the client did not like the key of the host. */
export function isKeyRefused(lines: readonly string[]): boolean {
  return lines.includes('Host key verification failed.');
}

/** `SHA256:…` of the key that the host showed; of its plain key, where it showed a certificate. */
export function shownKey(lines: readonly string[]): { readonly type: string; readonly fingerprint: string } | undefined {
  for (const line of lines) {
    const [, type, fingerprint] = /^debug1: Server host (?:key|certificate): (\S+) (SHA256:[^ ,]+)/.exec(line) ?? [];
    if (type !== undefined && fingerprint !== undefined) return { type, fingerprint };
  }
  return undefined;
}

/** What the client said last that is not for its own developers. @param most how many lines of it */
export function lastWords(lines: readonly string[], most = 3): string {
  const words = lines.filter(
    line => line.trim() !== '' && !/^(?:debug\d: |tsplay: |Authenticated to |Transferred: |Bytes per second: )/.test(line),
  );
  const said = words.slice(-most).map(line => line.trim().replace(/\.$/, ''));
  return said.join('; ') || 'the client of OpenSSH ended without a word';
}

function isLoginRefused(lines: readonly string[]): boolean {
  return lines.some(line => line === ASKED.again || /Permission denied \(.*\)\.$|Too many authentication failures/.test(line));
}

function explainRefusal(spec: ConnectionSpec, lines: readonly string[]): UnreachableError {
  const named = (pattern: RegExp): string[] => lines.flatMap(line => pattern.exec(line)?.[1] ?? []);
  const offered = [...new Set(named(/^debug1: Offering public key: (.*?) [A-Z0-9-]+ SHA256:/))];
  // The server would take it, and nothing was signed with it.
  const closed = named(/^debug1: Server accepts key: (.*?) [A-Z0-9-]+ SHA256:/).filter(file => !file.includes(' '));
  const problems = closed.map(file => `${file} is taken there and cannot be used here: load it with "ssh-add ${file}" if it is encrypted`);
  const tried = lines.includes(ASKED.once) ? [...offered, 'the password'] : offered;
  return refusedLogin(spec, { tried, problems });
}

function explainHostKey(spec: ConnectionSpec, lines: readonly string[], shown: Buffer | undefined): UnreachableError {
  const words = shown && wordsAgainst(spec, shown);
  const what = shownKey(lines);
  const plain = `the host key of ${describeHost(spec)} is refused by the client of OpenSSH${what ? `: got ${what.type} ${what.fingerprint}` : ''}`;
  return new UnreachableError(spec.host, 'host-key', words ?? `${plain}, ${lastWords(lines)}`);
}

/** The password is for the last host, whatever leads there. */
function askedOnTheWay(spec: ConnectionSpec): UnreachableError {
  const what = `a host on the way to ${describeHost(spec)} asks for a password, and there is none for it`;
  return new UnreachableError(spec.host, 'authentication', `${what}, log in to that one by a key`);
}

/** The host before it does not lead here. */
function explainWay(spec: ConnectionSpec, lines: readonly string[]): UnreachableError {
  const { host, address, port, jump } = spec;
  const words = (lines.find(line => line.startsWith('Stdio forwarding')) ?? '').replace(/^Stdio forwarding request failed: /, '');
  if (jump === undefined) return explainConnectFailure(spec, new Error(lastWords(lines)), NOTHING_TRIED);
  const { message } = refusedForward(jump, address, port, words);
  return new UnreachableError(host, 'connect', `${host} is reached through ${jump.host}: ${message}`);
}

/** Its words for what the operating system says. */
const CODES: readonly (readonly [code: string, pattern: RegExp])[] = [
  ['ECONNREFUSED', /^ssh: connect to host .*: Connection refused$/],
  ['ENOTFOUND', /^ssh: Could not resolve hostname .*: (?:Name or service not known|No address associated|nodename nor servname)/],
  ['EAI_AGAIN', /^ssh: Could not resolve hostname .*: Temporary failure/],
  ['EHOSTUNREACH', /^ssh: connect to host .*: No route to host$/],
  ['ENETUNREACH', /^ssh: connect to host .*: Network is unreachable$/],
  ['ETIMEDOUT', /^ssh: connect to host .*: (?:Connection|Operation) timed out$/],
  ['ECONNRESET', /^Connection (?:reset|closed) by (?!UNKNOWN)|^kex_exchange_identification: read: Connection reset/],
];
