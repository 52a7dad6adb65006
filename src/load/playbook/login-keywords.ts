// `connection`, `port` and `remote_user`: how the hosts of a play are logged in to, or that this machine does the tasks for them.
import { describeValue } from '../../schema/describe.ts';
import { checkTexts } from '../check-texts.ts';
import { CONNECTION_KINDS, CONNECTION_WORDS } from '../variables/connection-variables.ts';
import { NAME, PORT, readKeyword } from './keywords.ts';
import { playProblems } from '../messages/play.ts';
import type { Report } from '../report.ts';
import type { LoginSource } from '../types.ts';
import { get, getEntry, type YamlMap, type YamlNode } from '../yaml/node.ts';
import { toValue } from '../yaml/to-value.ts';

/** What they say of a play: `connection: local` has this machine do its tasks, the others are for hosts of which the inventory says nothing. */
export function readPlayLogin(node: YamlMap, report: Report): { readonly login?: LoginSource; readonly isLocal?: true } {
  const [connection, port, user] = ['connection', 'port', 'remote_user'].map(key => get(node, key));
  const isLocal = isThisMachine(connection);
  if (port && !isExpression(port)) readKeyword(node, 'port', PORT, report);
  if (user) readKeyword(node, 'remote_user', NAME, report);
  for (const each of [connection, port, user]) if (each) checkTexts(each, report);
  const login: LoginSource = {
    ...(connection && !isLocal && { connection: kindOf(connection, report) }),
    ...(port && { port }),
    ...(user && { remote_user: user }),
  };
  return { ...(Object.keys(login).length > 0 && { login }), ...(isLocal && { isLocal }) };
}

/** The host that does the tasks of a play, a block or a task instead, where `connection: local` says so. */
export function localInstead(node: YamlMap): { readonly delegateTo?: YamlNode } {
  const connection = get(node, 'connection');
  if (connection === undefined || !isThisMachine(connection)) return {};
  return { delegateTo: { kind: 'scalar', value: 'localhost', text: 'localhost', style: 'plain', at: connection.at } };
}

/** Reports a `connection` that a block or a task cannot have: a host is logged in to once in a run. */
export function refuseConnection(node: YamlMap, report: Report): void {
  const connection = getEntry(node, 'connection');
  if (connection && !isThisMachine(connection.value)) report(playProblems['connection-of-task'](connection.value.at));
}

function kindOf(node: YamlNode, report: Report): YamlNode {
  if (isExpression(node)) return node;
  const value = toValue(node);
  const kind = typeof value === 'string' ? (CONNECTION_WORDS[value] ?? value) : '';
  if (CONNECTION_KINDS.includes(kind)) return { kind: 'scalar', value: kind, text: kind, style: 'plain', at: node.at };
  report(playProblems.connection(node.at, describeValue(value), CONNECTION_KINDS));
  return node;
}

function isThisMachine(node: YamlNode | undefined): boolean {
  return node?.kind === 'scalar' && node.value === 'local';
}

function isExpression(node: YamlNode): boolean {
  return node.kind === 'scalar' && typeof node.value === 'string' && node.value.includes('{{');
}
