// Where each host is and how to log in to it, from its variables. Worked out before the first connection.
import { existsSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../errors/errors.ts';
import type { Scope } from '../expression/scope.ts';
import { inventoryScope } from '../program/inventory-scope.ts';
import type { Program } from '../program/types.ts';
import { SshConfig, splitJumps, type SshOptions } from '../session/ssh-config.ts';
import type { ConnectionSpec } from '../session/types.ts';
import { Secret } from '../util/secret.ts';
import { isList, type Value } from '../util/value.ts';
import type { HostLogin } from './become.ts';
import { sshArgumentsOf, type ArgumentChoices } from './ssh-arguments-of.ts';

const MOST_JUMPS = 8;
const HOP = /^(?:ssh:\/\/)?(?:(?<user>[^@\s]+)@)?(?<name>\[[0-9A-Fa-f:.%]+\]|[^\s:@[\]]+)(?::(?<port>\d{1,5}))?\/?$/;

/** What the command line says for all hosts; the inventory of a host outweighs its passwords, and nothing else. */
export interface ConnectionChoices {
  readonly user?: string;
  readonly privateKey?: string;
  readonly connection?: string;
  /** Seconds to wait for a connection. */
  readonly timeout?: number;
  readonly sshArguments?: ArgumentChoices;
  /** For hosts whose variables name none. */
  readonly password?: Secret;
  /** The same, for sudo. */
  readonly becomePassword?: Secret;
}

/** A host's connection and login. */
export interface HostConnection {
  readonly spec: ConnectionSpec;
  readonly login: HostLogin;
  readonly becomePassword: Secret | undefined;
}

/**
 * The connections of hosts. Those that a play names are worked out at once, so that what is wrong with them is said before the first
 * connection; a member of a cluster outside the plays when it is asked for.
 * @throws InputError naming a variable of the wrong type, or a line of the configuration of ssh
 */
export function connectionsOf(program: Program, choices: ConnectionChoices): (host: string) => HostConnection {
  const names = new Set(program.plays.flatMap(play => play.hosts));
  const configs = configurations();
  const known = new Map([...names].map(name => [name, connectionOf(program, name, choices, configs)]));
  return host => {
    const connection = known.get(host) ?? connectionOf(program, host, choices, configs);
    known.set(host, connection);
    return connection;
  };
}

function connectionOf(program: Program, name: string, choices: ConnectionChoices, configs: Configs): HostConnection {
  const entry = program.hosts[name];
  if (entry === undefined)
    throw new InputError([{ what: `there is no host "${name}" in the inventory`, advice: 'add it or correct the name' }]);
  const scope = inventoryScope(program, entry);
  const read = <T extends Value>(variable: string, is: (value: Value) => value is T, wanted: string): T | undefined => {
    const found = scope.lookup(variable);
    if (!found.found || found.value === null) return undefined;
    if (is(found.value)) return found.value;
    throw wrongVariable(entry, variable, wanted, JSON.stringify(found.value));
  };
  const text = (variable: string): string | undefined => read(variable, isText, 'a text');
  const become = { become: read('become', isBoolean, 'true or false') ?? false, becomeUser: text('become_user') ?? 'root' };
  const connection = (choices.connection ?? text('connection')) === 'local' ? 'local' : 'ssh2';
  const asked = text('address') ?? name;
  const named = choices.user ?? text('ssh_user');
  const args = connection === 'local' ? { lines: [] } : sshArgumentsOf(entry, text, choices.sshArguments ?? {});
  const config = connection === 'local' ? configs([]) : configs(filesOf(listOf(scope, 'ssh_config') ?? configOf(args)));
  const options = config.optionsFor(asked, named, args.lines);
  const user = named ?? options.user ?? userInfo().username;
  const own: Own = {
    keys: choices.privateKey === undefined ? listOf(scope, 'ssh_key') : [expandHome(choices.privateKey)],
    knownHosts: listOf(scope, 'ssh_known_hosts'),
    hostKeyPolicy: (text('ssh_host_key') ?? args.hostKey) === 'accept-new' ? 'accept-new' : 'strict',
    seconds: choices.timeout ?? read('connect_timeout', isNumber, 'a number of seconds'),
  };
  const jumps = listOf(scope, 'ssh_jump')?.flatMap(splitJumps);
  if (jumps === undefined && options.proxyCommand !== undefined)
    throw new InputError([
      {
        what: `host ${name} is reached through a program (ProxyCommand ${options.proxyCommand.text}, ${options.proxyCommand.at}), which is not there yet`,
        advice: 'write it as ProxyJump, or set ssh_jump for the host',
      },
    ]);
  const password = read('ssh_password', isPassword, 'a text') ?? choices.password;
  const problem = (what: string): InputError => wrongVariable(entry, 'ssh_jump', what);
  const jump = jumpOf(isNone(jumps) ? [] : (jumps ?? options.proxyJump ?? []), { own, config, problem });
  const spec: ConnectionSpec = {
    host: name,
    connection,
    address: options.hostName ?? asked,
    port: read('ssh_port', isNumber, 'a number') ?? options.port ?? 22,
    user,
    ...waysOf(own, options),
    ...(password && { password }),
    ...(jump && { jump }),
  };
  return {
    spec,
    login: { user: connection === 'local' ? userInfo().username : user, ...become },
    becomePassword: read('become_password', isPassword, 'a text') ?? choices.becomePassword,
  };
}

function wrongVariable(entry: Program['hosts'][string], variable: string, wanted: string, got?: string): InputError {
  const at = entry.variables[variable]?.node.at;
  return new InputError([{ ...(at && { at }), what: `${variable} of host ${entry.name} is ${wanted}`, ...(got !== undefined && { got }) }]);
}

/** What the command line or the inventory says of a host, which outweighs the configuration of ssh. */
interface Own extends Pick<ConnectionSpec, 'hostKeyPolicy'> {
  readonly keys: readonly string[] | undefined;
  readonly knownHosts: readonly string[] | undefined;
  readonly seconds: number | undefined;
}

/** What hosts on the way have from the one behind them. */
interface JumpGround {
  readonly own: Own;
  readonly config: SshConfig;
  readonly problem: (what: string) => InputError;
}

/** The last of some hosts to pass through, with those before it. A single one may have a way of its own, as its configuration says. */
function jumpOf(hops: readonly string[], ground: JumpGround, depth = 0): ConnectionSpec | undefined {
  const hop = hops.at(-1);
  if (hop === undefined) return undefined;
  if (depth === MOST_JUMPS) throw ground.problem(`a way of more than ${MOST_JUMPS} hosts, look for one that leads to itself`);
  const { name, user: named, port } = HOP.exec(hop)?.groups ?? {};
  if (name === undefined) throw ground.problem(`no list of hosts, write each as [USER@]NAME[:PORT]: ${hop}`);
  const { config, own } = ground;
  const options = config.optionsFor(name, named);
  const jump = jumpOf(hops.length > 1 ? hops.slice(0, -1) : (options.proxyJump ?? []), ground, depth + 1);
  return {
    host: name,
    connection: 'ssh2',
    address: options.hostName ?? name.replace(/^\[(.*)\]$/, '$1'),
    port: port === undefined ? (options.port ?? 22) : Number(port),
    user: named ?? options.user ?? userInfo().username,
    // Its own keys where the configuration names some; else those of the host behind it.
    ...waysOf({ ...own, keys: options.identityFiles ?? own.keys }, options),
    ...(jump && { jump }),
  };
}

type Ways = Pick<ConnectionSpec, 'keyFiles' | 'agent' | 'knownHosts' | 'hostKeyPolicy' | 'timeout' | 'alive'>;

function waysOf(own: Own, options: SshOptions): Ways {
  const agent = options.identitiesOnly === true ? undefined : process.env['SSH_AUTH_SOCK'];
  const { aliveInterval, aliveCount = 3 } = options;
  return {
    keyFiles: own.keys ?? options.identityFiles ?? usualKeys(),
    ...(agent !== undefined && { agent }),
    knownHosts: own.knownHosts ?? [...(options.knownHosts ?? [join(homedir(), '.ssh', 'known_hosts')]), '/etc/ssh/ssh_known_hosts'],
    hostKeyPolicy: own.hostKeyPolicy,
    timeout: (own.seconds ?? options.connectTimeout ?? 20) * 1000,
    ...(aliveInterval !== undefined && { alive: { interval: aliveInterval * 1000, count: aliveCount } }),
  };
}

function usualKeys(): readonly string[] {
  const usual = ['id_ed25519', 'id_ecdsa', 'id_rsa'].map(file => join(homedir(), '.ssh', file));
  return usual.filter(file => existsSync(file));
}

/** Configurations by their files; those of OpenSSH for undefined. */
type Configs = (files: readonly string[] | undefined) => SshConfig;

function configurations(): Configs {
  const known = new Map<string, SshConfig>();
  const { username: name, uid } = userInfo();
  return files => {
    const key = JSON.stringify(files ?? null);
    const config = known.get(key) ?? new SshConfig({ name, uid, home: homedir() }, files);
    known.set(key, config);
    return config;
  };
}

function configOf({ config }: { readonly config?: string }): readonly string[] | undefined {
  return config === undefined ? undefined : [expandHome(config)];
}

function filesOf(named: readonly string[] | undefined): readonly string[] | undefined {
  return isNone(named) ? [] : named;
}

function isNone(words: readonly string[] | undefined): boolean {
  return words?.length === 1 && words[0] === 'none';
}

function listOf(scope: Scope, variable: string): readonly string[] | undefined {
  const found = scope.lookup(variable);
  if (!found.found || found.value === null) return undefined;
  const values = isList(found.value) ? found.value : [found.value];
  return values.filter(isText).map(expandHome);
}

function expandHome(path: string): string {
  return path.startsWith('~/') ? join(homedir(), path.slice(2)) : path;
}

function isPassword(value: Value): value is Secret {
  return value instanceof Secret;
}
function isText(value: Value): value is string {
  return typeof value === 'string';
}
function isNumber(value: Value): value is number {
  return typeof value === 'number';
}
function isBoolean(value: Value): value is boolean {
  return typeof value === 'boolean';
}
