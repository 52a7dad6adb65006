// A map of variables as it was written: names checked, Ansible's connection variables under their names here, texts looked through.
import type { Position } from '../../errors/problem.ts';
import { describeValue } from '../../schema/describe.ts';
import { validate } from '../../schema/validate.ts';
import { withOurValue } from './ansible-values.ts';
import { IGNORED_VARIABLES, SHELLS } from './ansible-words.ts';
import { readSshArguments } from '../../session/config/ssh-arguments.ts';
import { checkTexts } from '../check-texts.ts';
import { CONNECTION_ALIASES, CONNECTION_VARIABLES, REFUSED_VARIABLES, SSH_ARGUMENTS } from './connection-variables.ts';
import { variableProblems } from '../messages/variables.ts';
import type { Report } from '../report.ts';
import { RESERVED_NAMES } from './reserved-names.ts';
import type { VariableSource, VariableSources } from '../types.ts';
import { subjectOf } from '../yaml-subject.ts';
import type { YamlEntry, YamlNode } from '../yaml/node.ts';
import { toValue } from '../yaml/to-value.ts';

/** Where variables come from, and who is told what. */
export interface VariableReading {
  /** In words, for `--why`: `group_vars/kafka.yml`. */
  readonly source: string;
  /** What the map is called in messages: `vars`, `the variables of host n1`. */
  readonly what: string;
  readonly report: Report;
  /** Values of connection variables are taken for what they mean: `yes` is true. For what has nothing but texts, such as an INI file. */
  readonly isLoose?: boolean;
  /** For what is no problem. */
  readonly note: Report;
}

/** One for all that have none. */
const NONE: VariableSources = Object.freeze({});

/** Reads a map of variables; nothing at all is an empty map. */
export function readVariables(node: YamlNode | undefined, reading: VariableReading): VariableSources {
  if (node === undefined || (node.kind === 'scalar' && node.value === null)) return NONE;
  if (node.kind !== 'map') {
    reading.report(variableProblems['not-a-map'](node.at, reading.what, describeValue(toValue(node))));
    return NONE;
  }
  const variables: Record<string, VariableSource> = {};
  for (const entry of node.entries) {
    const name = nameOf(entry, reading);
    if (name === undefined) continue;
    const checked = checkedValue(name, entry, reading);
    const before = Object.hasOwn(variables, name) ? variables[name]?.node : undefined;
    // Inventories for several versions of Ansible say the same twice.
    if (before !== undefined && !isSame(before, checked)) reading.report(variableProblems.twice(entry.keyAt, entry.key, name));
    variables[name] = Object.freeze({ node: checked, source: reading.source });
  }
  return Object.freeze(variables);
}

/** The name a variable has here; undefined when it is left out. */
function nameOf({ key, keyAt, value }: YamlEntry, { report, note }: VariableReading): string | undefined {
  const name = CONNECTION_ALIASES.get(key) ?? key;
  const ignored = Object.hasOwn(IGNORED_VARIABLES, name) ? IGNORED_VARIABLES[name] : undefined;
  const refused = Object.hasOwn(REFUSED_VARIABLES, name) ? REFUSED_VARIABLES[name] : undefined;
  if (ignored !== undefined) note(variableProblems.ignored(keyAt, name, ignored));
  else if (refused !== undefined) report(variableProblems.refused(keyAt, name, refused));
  else if (name === 'ansible_shell_type') checkShell(keyAt, value, { report, note });
  else if (!/^[A-Za-z_]\w*$/.test(name)) {
    const better = name.replaceAll(/\W/g, '_');
    report(variableProblems.name(keyAt, name, /^[A-Za-z]\w*$/.test(better) ? better : undefined));
  } else if (RESERVED_NAMES.includes(name)) report(variableProblems.reserved(keyAt, name));
  else {
    if (name.startsWith('ansible_')) note(variableProblems.foreign(keyAt, name));
    return name;
  }
  return undefined;
}

/** Whatever shell a user has, a session is one of `sh`, which only Windows lacks. */
function checkShell(at: Position, value: YamlNode, { report, note }: Pick<VariableReading, 'report' | 'note'>): void {
  const shell = value.kind === 'scalar' ? value.text : '';
  if (SHELLS.alike.includes(shell)) return;
  if (SHELLS.unlike.includes(shell)) note(variableProblems.ignored(at, 'ansible_shell_type', `a host is spoken to in sh, not in ${shell}`));
  else report(variableProblems.shell(at, describeValue(toValue(value))));
}

function checkedValue(
  name: string,
  { key, value: written }: YamlEntry,
  { source, report, note, isLoose: isOften = false }: VariableReading,
): YamlNode {
  checkTexts(written, report);
  const schema = Object.hasOwn(CONNECTION_VARIABLES, name) ? CONNECTION_VARIABLES[name]?.schema : undefined;
  if (schema === undefined) return written;
  // Ansible takes "yes" and "22" for what they mean, and `-e name=value` has nothing but texts.
  const isLoose = isOften || key !== name || source === '-e' || name === 'connection' || name === 'become_method';
  const node = isLoose ? withOurValue(name, written, schema) : written;
  validate(schema, subjectOf(node), { what: name, noun: 'key' }).forEach(report);
  if (name === 'ssh_host_key' && key !== name && node.kind === 'scalar' && node.value === 'accept-new')
    note(variableProblems.unchecked(written.at, key));
  if (name in SSH_ARGUMENTS && node.kind === 'scalar' && !node.text.includes('{{'))
    for (const { word, advice } of readSshArguments(node.text, node.at).problems)
      report(variableProblems['ssh-argument'](node.at, word, name, advice));
  return node;
}

function isSame(one: YamlNode, other: YamlNode): boolean {
  return JSON.stringify(toValue(one)) === JSON.stringify(toValue(other));
}
