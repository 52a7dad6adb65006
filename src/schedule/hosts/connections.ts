// Where each host is and how to log in to it, from its variables. Worked out before the first connection.
import { userInfo } from 'node:os';
import { InputError } from '../../errors/errors.ts';
import type { HostEntry, Program } from '../../program/types.ts';
import { reasonsForOpenssh, type ReasonFor } from '../../session/openssh/openssh-reason.ts';
import { splitJumps } from '../../session/config/ssh-config.ts';
import type { BecomeSpec, ConnectionSpec } from '../../session/types.ts';
import { BECOME_METHODS, BECOME_MODES, type BecomeMethod, type BecomeMode } from '../../util/become-method.ts';
import { Secret } from '../../util/secret.ts';
import type { Value } from '../../util/value.ts';
import type { HostLogin } from './become.ts';
import { configurations, type Configs } from './configurations.ts';
import type { ConnectionChoices } from './connection-choices.ts';
import { expandHome, hostVariables, isBoolean, isNumber } from './host-variables.ts';
import { jumpOf } from './jump-of.ts';
import { playLogins, type SaidByPlays } from './play-logins.ts';
import { clientConfigOf, needClient } from './openssh-client.ts';
import { sshArgumentsOf } from './ssh-arguments-of.ts';
import { waysOf, type Own } from './ways-in.ts';

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
  const { scope, read, text, list, problem } = hostVariables(program, entry);
  const become = { become: read('become', isBoolean, 'true or false') ?? false, becomeUser: text('become_user') ?? 'root' };
  const wanted = choices.connection ?? text('connection') ?? saidByPlays(name, 'connection', scope) ?? 'ssh';
  const isLocal = wanted === 'local';
  const asked = text('address') ?? name;
  const named = choices.user ?? text('ssh_user') ?? saidByPlays(name, 'remote_user', scope);
  const args = isLocal ? { lines: [] } : sshArgumentsOf(entry, text, choices.sshArguments ?? {});
  const files = isLocal ? [] : filesOf(list('ssh_config') ?? configOf(args));
  const config = configs(files);
  const options = config.optionsFor(asked, named, args.lines);
  const user = named ?? options.user ?? userInfo().username;
  const port = read('ssh_port', isNumber, 'a number') ?? portFrom(saidByPlays(name, 'port', scope), name);
  const own: Own = {
    keys: choices.privateKey === undefined ? list('ssh_key') : [expandHome(choices.privateKey)],
    knownHosts: list('ssh_known_hosts'),
    hostKeyPolicy: (text('ssh_host_key') ?? args.hostKey) === 'accept-new' ? 'accept-new' : 'strict',
    seconds: choices.timeout ?? read('connect_timeout', isNumber, 'a number of seconds'),
    choices,
  };
  const jumps = list('ssh_jump')?.flatMap(splitJumps);
  if (wanted === 'ssh2' && jumps === undefined && options.proxyCommand !== undefined)
    throw new InputError([
      {
        what: `host ${name} is reached through a program (ProxyCommand ${options.proxyCommand.text}, ${options.proxyCommand.at}), which ssh2 cannot do`,
        advice: 'leave out connection: ssh2, write it as ProxyJump, or set ssh_jump for the host',
      },
    ]);
  const password = read('ssh_password', isPassword, 'a text') ?? choices.password;
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
  const jump = isLeft ? undefined : jumpOf(passed, { own, config, reasonFor, connection, problem: what => problem('ssh_jump', what) });
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

function isPassword(value: Value): value is Secret {
  return value instanceof Secret;
}
function isMethod(value: Value): value is BecomeMethod {
  return BECOME_METHODS.some(method => method === value);
}
function isMode(value: Value): value is BecomeMode {
  return BECOME_MODES.some(mode => mode === value);
}
