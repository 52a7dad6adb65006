// The parameters of modules that run a program: command lines become words while they are still text.
import type { Position } from '../../errors/problem.ts';
import type { Schema } from '../../schema/schema.ts';
import { validate } from '../../schema/validate.ts';
import { commandProblems } from '../messages/playbook.ts';
import { watchReport, type Report } from '../report.ts';
import { splitCommand } from './split-command.ts';
import { subjectOf } from '../yaml-subject.ts';
import { getEntry, type YamlEntry, type YamlList, type YamlMap, type YamlNode, type YamlScalar } from '../yaml/node.ts';

/** Modules that take `cmd`, a line, or `argv`, its words. */
const COMMANDS: readonly string[] = ['command', 'wait.until'];
/** Their parameters that are words too, and may be written as a line. */
const PROBES: readonly string[] = ['unless', 'only_if', 'check'];

/** What a command is when it is written as a line. */
export const LINE: Schema = { type: 'string' };

/** Whether a module's parameters hold a command. */
export function isCommand(module: string): boolean {
  return COMMANDS.includes(module);
}

/** What a module is given when it is given one word. */
const SHORT: Readonly<Record<string, string>> = { command: 'cmd', meta: 'action', include_vars: 'file', group_by: 'key' };

/** `command: echo hi` as a map; other forms as they are. */
export function fromShortForm(module: string, node: YamlNode): YamlNode {
  const key = Object.hasOwn(SHORT, module) ? SHORT[module] : undefined;
  if (key === undefined || node.kind !== 'scalar' || node.value === null) return node;
  return { kind: 'map', at: node.at, entries: [{ key, keyAt: node.at, value: node }] };
}

/** Parameters in which every command is a list of words; undefined when something is wrong with one, which is reported. */
export function splitCommands(module: string, params: YamlMap, report: Report): YamlMap | undefined {
  const cmd = getEntry(params, 'cmd');
  const argv = getEntry(params, 'argv');
  const watched = watchReport(report);
  if (cmd && argv) watched.report(commandProblems.both(argv.keyAt, module));
  if (cmd === undefined && argv === undefined) watched.report(commandProblems.neither(params.at, module));
  const entries = params.entries.map(entry => {
    if (entry.key === 'cmd') return { ...entry, key: 'argv', value: wordsOf(entry, watched.report) };
    const isLine = PROBES.includes(entry.key) && entry.value.kind === 'scalar' && typeof entry.value.value === 'string';
    if (isLine) return { ...entry, value: wordsOf(entry, watched.report) };
    return entry.key === 'argv' || PROBES.includes(entry.key) ? { ...entry, value: asTexts(entry.value) } : entry;
  });
  return watched.isSound() ? Object.freeze({ ...params, entries: Object.freeze(entries.map(entry => Object.freeze(entry))) }) : undefined;
}

function wordsOf({ key, value }: YamlEntry, report: Report): YamlNode {
  if (value.kind !== 'scalar' || typeof value.value !== 'string') {
    validate(LINE, subjectOf(value), { what: key, noun: 'key' }).forEach(report);
    return value;
  }
  const watched = watchReport(report);
  const words = splitCommand(value.value, value.at, watched.report);
  if (watched.isSound() && words.length === 0) report(commandProblems.empty(value.at));
  return asTexts({ kind: 'list', items: words.map(({ text, at }) => wordAt(text, at)), at: value.at });
}

function wordAt(text: string, at: Position): YamlScalar {
  return { kind: 'scalar', value: text, text, style: 'quoted', at };
}

/**
 * A word is text, whatever its expression gives: `{{ port }}` would be a number, which no program can be given. With an empty
 * comment behind it, it is no longer an expression and nothing else.
 */
function asTexts(node: YamlNode): YamlNode {
  if (node.kind !== 'list') return node;
  const items = node.items.map((item): YamlNode => {
    const isExpression = item.kind === 'scalar' && typeof item.value === 'string' && /^\{\{.*\}\}$/s.test(item.value);
    return isExpression ? Object.freeze({ ...item, value: `${item.text}{{!}}` }) : Object.freeze(item);
  });
  const list: YamlList = { ...node, items: Object.freeze(items) };
  return Object.freeze(list);
}
