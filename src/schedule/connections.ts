// Where each host is and how to log in to it, from its variables. Worked out before the first connection.
import { existsSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../errors/errors.ts';
import type { Scope } from '../expression/scope.ts';
import { inventoryScope } from '../program/inventory-scope.ts';
import type { Program } from '../program/types.ts';
import type { ConnectionSpec } from '../session/types.ts';
import { isList, type Value } from '../util/value.ts';
import type { HostLogin } from './become.ts';

/** What the command line says for all hosts; the inventory of a host does not outweigh it. */
export interface ConnectionChoices {
  readonly user?: string;
  readonly privateKey?: string;
}

/** A host's connection and login. */
export interface HostConnection {
  readonly spec: ConnectionSpec;
  readonly login: HostLogin;
}

/**
 * The connections of hosts. Those that a play names are worked out at once, so that what is wrong with them is said before the first
 * connection; a member of a cluster outside the plays when it is asked for.
 * @throws InputError naming each variable of the wrong type
 */
export function connectionsOf(program: Program, choices: ConnectionChoices): (host: string) => HostConnection {
  const names = new Set(program.plays.flatMap(play => play.hosts));
  const known = new Map([...names].map(name => [name, connectionOf(program, name, choices)]));
  return host => {
    const connection = known.get(host) ?? connectionOf(program, host, choices);
    known.set(host, connection);
    return connection;
  };
}

function connectionOf(program: Program, name: string, choices: ConnectionChoices): HostConnection {
  const entry = program.hosts[name];
  if (entry === undefined)
    throw new InputError([{ what: `there is no host "${name}" in the inventory`, advice: 'add it or correct the name' }]);
  const scope = inventoryScope(program, entry);
  const read = <T extends Value>(variable: string, fallback: T, is: (value: Value) => value is T, wanted: string): T => {
    const found = scope.lookup(variable);
    if (!found.found || found.value === null) return fallback;
    if (is(found.value)) return found.value;
    const at = entry.variables[variable]?.node.at;
    throw new InputError([{ ...(at && { at }), what: `${variable} of host ${name} is ${wanted}`, got: JSON.stringify(found.value) }]);
  };
  const text = (variable: string, fallback: string): string => read(variable, fallback, isText, 'a text');
  const user = choices.user ?? text('ssh_user', userInfo().username);
  const spec: ConnectionSpec = {
    host: name,
    connection: text('connection', 'ssh2') === 'local' ? 'local' : 'ssh2',
    address: text('address', name),
    port: read('ssh_port', 22, isNumber, 'a number'),
    user,
    keyFiles: choices.privateKey === undefined ? keyFiles(scope) : [expandHome(choices.privateKey)],
    ...(process.env['SSH_AUTH_SOCK'] !== undefined && { agent: process.env['SSH_AUTH_SOCK'] }),
    knownHosts: listOf(scope, 'ssh_known_hosts') ?? [join(homedir(), '.ssh', 'known_hosts'), '/etc/ssh/ssh_known_hosts'],
    hostKeyPolicy: text('ssh_host_key', 'strict') === 'accept-new' ? 'accept-new' : 'strict',
    timeout: read('connect_timeout', 20, isNumber, 'a number of seconds') * 1000,
  };
  const login = spec.connection === 'local' ? userInfo().username : user;
  return {
    spec,
    login: { user: login, become: read('become', false, isBoolean, 'true or false'), becomeUser: text('become_user', 'root') },
  };
}

function keyFiles(scope: Scope): readonly string[] {
  const named = listOf(scope, 'ssh_key');
  if (named !== undefined) return named;
  const usual = ['id_ed25519', 'id_ecdsa', 'id_rsa'].map(file => join(homedir(), '.ssh', file));
  return usual.filter(file => existsSync(file));
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

function isText(value: Value): value is string {
  return typeof value === 'string';
}
function isNumber(value: Value): value is number {
  return typeof value === 'number';
}
function isBoolean(value: Value): value is boolean {
  return typeof value === 'boolean';
}
