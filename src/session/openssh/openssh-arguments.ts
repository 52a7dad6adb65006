// What the client of OpenSSH is told: of a host by its configuration and arguments, of a channel by arguments alone. No secret is among it.
import { LEGACY_OPTIONS } from '../ssh2/legacy-algorithms.ts';
import { quoteWord } from '../shell/shell-text.ts';
import type { ClientConfig, ConnectionSpec } from '../types.ts';

/** The same signs of life as of the other client. */
const ALIVE = { interval: 15_000, count: 4 } as const;
/** Seconds more than this program waits: it has the better words. */
const SLACK = 10;

/** Its program. */
export const CLIENT = 'ssh';

/**
 * The configuration of the client, which it gives to those that it starts for a ProxyJump, too. What comes first counts: the policy, then the files,
 * then what holds where they say nothing.
 */
export function clientConfig(spec: ConnectionSpec): string {
  const { hostKeyPolicy, config, alive = ALIVE } = spec;
  const lines = [
    option('StrictHostKeyChecking', hostKeyPolicy === 'strict' ? 'yes' : 'accept-new'),
    option('UpdateHostKeys', 'no'),
    ...(config?.files ?? []).map(file => option('Include', file)),
    option('ServerAliveInterval', String(Math.ceil(alive.interval / 1000))),
    option('ServerAliveCountMax', String(alive.count)),
    ...(isSaid(spec, 'keyFiles') ? [] : keyOptions(spec)),
    ...(isSaid(spec, 'knownHosts') ? [] : [option('UserKnownHostsFile', ...spec.knownHosts.map(literal))]),
  ];
  return lines.map(line => `${line}\n`).join('');
}

/** The arguments of the process that holds the connection. What they say counts more than any file, and for this host alone. */
export function masterArguments(
  spec: ConnectionSpec,
  place: { readonly config: string; readonly socket: string },
  over?: string,
): string[] {
  const { port, user, timeout, jump, config, password, legacyAlgorithms } = spec;
  const proxy = over ?? (jump === undefined ? 'none' : undefined);
  const options = [
    option('LogLevel', 'DEBUG1'),
    option('BatchMode', password === undefined ? 'yes' : 'no'),
    option('NumberOfPasswordPrompts', '1'),
    option('ConnectTimeout', String(Math.ceil(timeout / 1000) + SLACK)),
    option('ControlPersist', 'no'),
    option('ClearAllForwardings', 'yes'),
    option('PermitLocalCommand', 'no'),
    option('RemoteCommand', 'none'),
    ...(isSaid(spec, 'port') ? [option('Port', String(port))] : []),
    ...(isSaid(spec, 'user') ? [option('User', user)] : []),
    ...(isSaid(spec, 'jump') && proxy !== undefined ? [`ProxyCommand ${proxy}`] : []),
    ...(isSaid(spec, 'keyFiles') ? keyOptions(spec) : []),
    ...(isSaid(spec, 'knownHosts')
      ? [option('UserKnownHostsFile', ...spec.knownHosts.map(literal)), option('GlobalKnownHostsFile', '/dev/null')]
      : []),
    ...(config?.given ?? []),
    ...(config === undefined ? [option('IdentityAgent', spec.agent ?? 'none')] : []),
    ...(legacyAlgorithms === true ? LEGACY_OPTIONS.map(([keyword, value]) => option(keyword, value)) : []),
  ];
  return [
    '-F',
    place.config,
    '-M',
    '-S',
    literal(place.socket),
    '-N',
    '-T',
    '-a',
    '-x',
    ...options.flatMap(each => ['-o', each]),
    '--',
    nameOf(spec),
  ];
}

/** Before the arguments of a connection: it is for its key alone, which is written to a file. Nobody logs in. @param type as the key names it */
export function noticingArguments(type: string, file: string): string[] {
  const plain = type.replace('-cert-v01@openssh.com', '');
  const options = [
    option('StrictHostKeyChecking', 'accept-new'),
    option('UserKnownHostsFile', literal(file)),
    option('GlobalKnownHostsFile', '/dev/null'),
    option('HashKnownHosts', 'no'),
    option('PreferredAuthentications', 'none'),
    option('HostKeyAlgorithms', plain === 'ssh-rsa' ? 'rsa-sha2-512,rsa-sha2-256,ssh-rsa' : plain),
  ];
  return options.flatMap(each => ['-o', each]);
}

/** The arguments of a channel over that connection. It never makes a connection of its own. @param log where it says what became of it */
export function channelArguments(socket: string, log: string | undefined, rest: readonly string[]): string[] {
  const options = [option('ControlMaster', 'no'), 'ProxyCommand false', option('BatchMode', 'yes')];
  const saying = log === undefined ? [] : ['-E', log, '-o', option('LogLevel', 'DEBUG2')];
  return [
    '-F',
    'none',
    '-S',
    literal(socket),
    '-T',
    '-a',
    '-x',
    '-e',
    'none',
    ...saying,
    ...options.flatMap(each => ['-o', each]),
    ...rest,
  ];
}

/** A program for clients behind this one: in ssh_config(5), where `%h` and `%p` are what they are told to reach. */
export function proxyCommandOver(socket: string): string {
  const words = channelArguments(socket, undefined, []).map(word => (/^[\w/.-]+$/.test(word) ? word : quoteWord(word)));
  return [CLIENT, ...words.map(word => word.replaceAll('%', '%%')), '-W', "'[%h]:%p'", '--', 'jump'].join(' ');
}

/** What the client is asked for. */
export function nameOf({ config, address }: ConnectionSpec): string {
  return config?.name ?? address;
}

function isSaid({ config }: ConnectionSpec, what: ClientConfig['outweighed'][number]): boolean {
  return config === undefined || config.outweighed.includes(what);
}

function keyOptions({ keyFiles }: ConnectionSpec): readonly string[] {
  return keyFiles.map(file => option('IdentityFile', literal(file)));
}

/** A line of ssh_config(5); its words are quoted, since paths may hold blanks. */
function option(keyword: string, ...words: readonly string[]): string {
  const shown = words.length === 0 ? ['none'] : words;
  return `${keyword} ${shown.map(word => (/^[\w/.,:+@%?*~-]+$/.test(word) ? word : `"${word}"`)).join(' ')}`;
}

/** A path in which nothing is to be filled in. */
function literal(path: string): string {
  return path.replaceAll('%', '%%');
}
