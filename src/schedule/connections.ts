// Where each host is and how to log in to it, from its variables. Worked out before the first connection.
import { existsSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../errors/errors.ts';
import type { Scope } from '../expression/scope.ts';
import { inventoryScope } from '../program/inventory-scope.ts';
import type { HostEntry, Program } from '../program/types.ts';
import { reasonsForOpenssh, type ReasonFor } from '../session/openssh-reason.ts';
import { SshConfig, splitJumps, type SshOptions } from '../session/ssh-config.ts';
import type { BecomeSpec, ConnectionSpec } from '../session/types.ts';
import { Secret } from '../util/secret.ts';
import { isList, type Value } from '../util/value.ts';
import { BECOME_METHODS, BECOME_MODES, type BecomeMethod, type BecomeMode } from '../util/become-method.ts';
import type { HostLogin } from './become.ts';
import { playLogins, type SaidByPlays } from './play-logins.ts';
import { clientConfigOf, needClient } from './openssh-client.ts';
import { sshArgumentsOf, type ArgumentChoices } from './ssh-arguments-of.ts';

const SYSTEM_KNOWN_HOSTS = ['/etc/ssh/ssh_known_hosts', '/etc/ssh/ssh_known_hosts2'];
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
  /** The same, for sudo or su. */
  readonly becomePassword?: Secret;
  /** How another user is become, where no task names a way. */
  readonly becomeMethod?: BecomeMethod;
  /** Of key files that are encrypted. */
  readonly passphrases?: ReadonlyMap<string, Secret>;
  /** As they were named, for words that say what to do next. */
  readonly inventories?: readonly string[];
}

/** A host's connection and login. */
export interface HostConnection {
  readonly spec: ConnectionSpec;
  readonly login: HostLogin;
  /** How it becomes other users, where no task names another method. */
  readonly become: Omit<BecomeSpec, 'user'>;
  /** Why it is reached by the client of OpenSSH, where it is. */
  readonly reason?: string;
}

/**
 * The connections of hosts. Those that a play names are worked out at once, so that what is wrong with them is said before the first
 * connection; a member of a cluster outside the plays when it is asked for.
 * @throws InputError naming a variable of the wrong type, or a line of the configuration of ssh
 */
export function connectionsOf(program: Program, choices: ConnectionChoices): (host: string) => HostConnection {
  const names = new Set(program.plays.flatMap(play => play.hosts));
  const ground: Ground = { configs: configurations(), reasonFor: reasonsForOpenssh(userInfo().uid), saidByPlays: playLogins(program) };
  // By what is said of a host: a task may say something else of it.
  const known = new WeakMap<HostEntry, HostConnection>();
  const find = (host: string): HostConnection => {
    const entry = program.hosts[host];
    const connection = (entry && known.get(entry)) ?? connectionOf(program, host, choices, ground);
    if (entry !== undefined) known.set(entry, connection);
    return connection;
  };
  for (const name of names) find(name);
  return find;
}

/** What is found out once for all hosts. */
interface Ground {
  readonly configs: Configs;
  readonly reasonFor: ReasonFor;
  /** What keywords of plays say, where neither the command line nor the inventory does. */
  readonly saidByPlays: SaidByPlays;
}

function connectionOf(
  program: Program,
  name: string,
  choices: ConnectionChoices,
  { configs, reasonFor, saidByPlays }: Ground,
): HostConnection {
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
  const wanted = choices.connection ?? text('connection') ?? saidByPlays(name, 'connection', scope) ?? 'ssh';
  const isLocal = wanted === 'local';
  const asked = text('address') ?? name;
  const named = choices.user ?? text('ssh_user') ?? saidByPlays(name, 'remote_user', scope);
  const args = isLocal ? { lines: [] } : sshArgumentsOf(entry, text, choices.sshArguments ?? {});
  const files = isLocal ? [] : filesOf(listOf(scope, 'ssh_config') ?? configOf(args));
  const config = configs(files);
  const options = config.optionsFor(asked, named, args.lines);
  const user = named ?? options.user ?? userInfo().username;
  const port = read('ssh_port', isNumber, 'a number') ?? portFrom(saidByPlays(name, 'port', scope), name);
  const own: Own = {
    keys: choices.privateKey === undefined ? listOf(scope, 'ssh_key') : [expandHome(choices.privateKey)],
    knownHosts: listOf(scope, 'ssh_known_hosts'),
    hostKeyPolicy: (text('ssh_host_key') ?? args.hostKey) === 'accept-new' ? 'accept-new' : 'strict',
    seconds: choices.timeout ?? read('connect_timeout', isNumber, 'a number of seconds'),
    choices,
  };
  const jumps = listOf(scope, 'ssh_jump')?.flatMap(splitJumps);
  if (wanted === 'ssh2' && jumps === undefined && options.proxyCommand !== undefined)
    throw new InputError([
      {
        what: `host ${name} is reached through a program (ProxyCommand ${options.proxyCommand.text}, ${options.proxyCommand.at}), which ssh2 cannot do`,
        advice: 'leave out connection: ssh2, write it as ProxyJump, or set ssh_jump for the host',
      },
    ]);
  const password = read('ssh_password', isPassword, 'a text') ?? choices.password;
  const problem = (what: string): InputError => wrongVariable(entry, 'ssh_jump', what);
  const base = {
    host: name,
    address: options.hostName ?? asked,
    port: port ?? options.port ?? 22,
    user,
    ...waysOf(own, options),
    ...(password && { password }),
    ...(read('legacy_algorithms', isBoolean, 'true or false') === true && { legacyAlgorithms: true }),
  };
  const passed = isNone(jumps) ? [] : (jumps ?? options.proxyJump ?? []);
  const reason =
    wanted === 'openssh' ? 'connection: openssh' : wanted === 'ssh' ? reasonFor(base, options, jumps !== undefined) : undefined;
  const connection = isLocal ? 'local' : reason === undefined ? 'ssh2' : 'openssh';
  // A section that a program decides on may lead another way: then the client finds its way itself.
  const isLeft = connection === 'openssh' && jumps === undefined && options.matchExecAt !== undefined;
  const jump = isLeft ? undefined : jumpOf(passed, { own, config, problem, reasonFor, connection });
  const isSaid = { port, user: named, keyFiles: own.keys, knownHosts: own.knownHosts, jump: jump ?? jumps };
  const spec: ConnectionSpec = {
    ...base,
    connection,
    ...(connection === 'openssh' && { config: clientConfigOf(asked, config.files, args.lines, isSaid) }),
    ...(jump && { jump }),
  };
  needClient(spec, reason);
  return {
    spec,
    login: { user: isLocal ? userInfo().username : user, ...become },
    become: {
      method: choices.becomeMethod ?? read('become_method', isMethod, BECOME_METHODS.join(' or ')) ?? 'sudo',
      mode: read('become_mode', isMode, BECOME_MODES.join(' or ')) ?? 'session',
      password: read('become_password', isPassword, 'a text') ?? choices.becomePassword,
    },
    ...(reason !== undefined && { reason }),
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
  readonly choices: ConnectionChoices;
}

/** What hosts on the way have from the one behind them. */
interface JumpGround {
  readonly own: Own;
  readonly config: SshConfig;
  readonly reasonFor: ReasonFor;
  /** How the host behind them is reached: the client of OpenSSH goes through itself alone. */
  readonly connection: ConnectionSpec['connection'];
  readonly problem: (what: string) => InputError;
}

/** The last of some hosts to pass through, with those before it. A single one may have a way of its own, as its configuration says. */
function jumpOf(hops: readonly string[], ground: JumpGround, depth = 0): ConnectionSpec | undefined {
  const hop = hops.at(-1);
  if (hop === undefined) return undefined;
  if (depth === MOST_JUMPS) throw ground.problem(`a way of more than ${MOST_JUMPS} hosts, look for one that leads to itself`);
  const { name, user: named, port } = HOP.exec(hop)?.groups ?? {};
  if (name === undefined) throw ground.problem(`no list of hosts, write each as [USER@]NAME[:PORT]: ${hop}`);
  const { config, own, reasonFor } = ground;
  const asked = name.replace(/^\[(.*)\]$/, '$1');
  const options = config.optionsFor(name, named);
  // Its own keys where the configuration names some; else those of the host behind it.
  const keys = options.identityFiles === undefined ? own.keys : undefined;
  const base = {
    host: name,
    address: options.hostName ?? asked,
    port: port === undefined ? (options.port ?? 22) : Number(port),
    user: named ?? options.user ?? userInfo().username,
    ...waysOf({ ...own, keys }, options),
  };
  const isOpenssh = ground.connection === 'openssh' || reasonFor(base, options, hops.length > 1) !== undefined;
  const connection = isOpenssh ? 'openssh' : 'ssh2';
  const ofItsOwn = isOpenssh && options.matchExecAt !== undefined ? [] : (options.proxyJump ?? []);
  const before = hops.length > 1 ? hops.slice(0, -1) : ofItsOwn;
  const jump = jumpOf(before, { ...ground, connection }, depth + 1);
  const said = { port, user: named, keyFiles: keys, knownHosts: own.knownHosts, jump };
  return {
    ...base,
    connection,
    ...(isOpenssh && { config: clientConfigOf(asked, config.files, [], said) }),
    ...(jump && { jump }),
  };
}

type Ways = Omit<ConnectionSpec, 'host' | 'connection' | 'address' | 'port' | 'user' | 'password' | 'jump'>;

function waysOf(own: Own, options: SshOptions): Ways {
  const { aliveInterval, aliveCount = 3, hostKeyAlias, knownHosts = inHome('known_hosts', 'known_hosts2') } = options;
  const { passphrases, inventories } = own.choices;
  const named = own.keys ?? options.identityFiles;
  const keyFiles = named ?? usualKeys();
  const agent = agentOf(options);
  const known = keyFiles.flatMap(file => {
    const passphrase = passphrases?.get(file);
    return passphrase === undefined ? [] : [[file, passphrase] as const];
  });
  return {
    keyFiles,
    ...(named === undefined && { hasUsualKeys: true }),
    ...(known.length > 0 && { passphrases: Object.fromEntries(known) }),
    ...(agent !== undefined && { agent }),
    ...(options.identitiesOnly === true && { identitiesOnly: true }),
    knownHosts: own.knownHosts ?? [...knownHosts, ...(options.systemKnownHosts ?? SYSTEM_KNOWN_HOSTS)],
    ...(hostKeyAlias !== undefined && { hostKeyAlias }),
    ...(options.hashKnownHosts === true && { hashKnownHosts: true }),
    ...(inventories !== undefined && { inventories }),
    hostKeyPolicy: own.hostKeyPolicy,
    timeout: (own.seconds ?? options.connectTimeout ?? 20) * 1000,
    ...(aliveInterval !== undefined && { alive: { interval: aliveInterval * 1000, count: aliveCount } }),
  };
}

/** The socket of the agent. */
function agentOf({ identityAgent = 'SSH_AUTH_SOCK' }: SshOptions): string | undefined {
  if (identityAgent === 'none') return undefined;
  const socket = identityAgent === 'SSH_AUTH_SOCK' ? process.env['SSH_AUTH_SOCK'] : identityAgent;
  return socket === '' ? undefined : socket;
}

/** Keys on a token where there are no others: they have to be touched. */
function usualKeys(): readonly string[] {
  const present = (...names: readonly string[]): readonly string[] => inHome(...names).filter(file => existsSync(file));
  const plain = present('id_ed25519', 'id_ecdsa', 'id_rsa');
  return plain.length > 0 ? plain : present('id_ed25519_sk', 'id_ecdsa_sk');
}

function inHome(...files: readonly string[]): readonly string[] {
  return files.map(file => join(homedir(), '.ssh', file));
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

function portFrom(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new InputError([{ what: `port of a play is a number from 1 to 65535 for host ${name}`, got: JSON.stringify(text) }]);
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
function isMethod(value: Value): value is BecomeMethod {
  return BECOME_METHODS.some(method => method === value);
}
function isMode(value: Value): value is BecomeMode {
  return BECOME_MODES.some(mode => mode === value);
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
