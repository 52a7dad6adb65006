// A map of variables as it was written: names checked, Ansible's connection variables under their names here, texts looked through.
import { describeValue } from '../schema/describe.ts';
import { validate } from '../schema/validate.ts';
import { checkTexts } from './check-texts.ts';
import {
  CONNECTION_ALIASES,
  CONNECTION_VARIABLES,
  CONNECTION_WORDS,
  IGNORED_VARIABLES,
  REFUSED_VARIABLES,
} from './connection-variables.ts';
import { variableProblems } from './messages/variables.ts';
import type { Report } from './report.ts';
import { RESERVED_NAMES } from './reserved-names.ts';
import type { VariableSource, VariableSources } from './types.ts';
import { subjectOf } from './yaml-subject.ts';
import type { YamlEntry, YamlNode } from './yaml/node.ts';
import { toValue } from './yaml/to-value.ts';

/** Where variables come from, and who is told what. */
export interface VariableReading {
  /** In words, for `--why`: `group_vars/kafka.yml`. */
  readonly source: string;
  /** What the map is called in messages: `vars`, `the variables of host n1`. */
  readonly what: string;
  readonly report: Report;
  /** For what is no problem. */
  readonly note: Report;
}

/** Reads a map of variables; nothing at all is an empty map. */
export function readVariables(node: YamlNode | undefined, reading: VariableReading): VariableSources {
  if (node === undefined || (node.kind === 'scalar' && node.value === null)) return {};
  if (node.kind !== 'map') {
    reading.report(variableProblems['not-a-map'](node.at, reading.what, describeValue(toValue(node))));
    return {};
  }
  const variables: Record<string, VariableSource> = {};
  for (const entry of node.entries) {
    const name = nameOf(entry, reading);
    if (name === undefined) continue;
    if (Object.hasOwn(variables, name)) reading.report(variableProblems.twice(entry.keyAt, entry.key, name));
    variables[name] = Object.freeze({ node: checkedValue(name, entry.value, reading.report), source: reading.source });
  }
  return Object.freeze(variables);
}

/** The name a variable has here; undefined when it is left out. */
function nameOf({ key, keyAt }: YamlEntry, { report, note }: VariableReading): string | undefined {
  const name = CONNECTION_ALIASES.get(key) ?? key;
  const ignored = Object.hasOwn(IGNORED_VARIABLES, name) ? IGNORED_VARIABLES[name] : undefined;
  const refused = Object.hasOwn(REFUSED_VARIABLES, name) ? REFUSED_VARIABLES[name] : undefined;
  if (ignored !== undefined) note(variableProblems.ignored(keyAt, name, ignored));
  else if (refused !== undefined) report(variableProblems.refused(keyAt, name, refused));
  else if (!/^[A-Za-z_]\w*$/.test(name)) {
    const better = name.replaceAll(/\W/g, '_');
    report(variableProblems.name(keyAt, name, /^[A-Za-z]\w*$/.test(better) ? better : undefined));
  } else if (RESERVED_NAMES.includes(name)) report(variableProblems.reserved(keyAt, name));
  else return name;
  return undefined;
}

function checkedValue(name: string, written: YamlNode, report: Report): YamlNode {
  checkTexts(written, report);
  const schema = Object.hasOwn(CONNECTION_VARIABLES, name) ? CONNECTION_VARIABLES[name]?.schema : undefined;
  if (schema === undefined) return written;
  const node = name === 'connection' ? withOurWord(written) : written;
  validate(schema, subjectOf(node), { what: name, noun: 'key' }).forEach(report);
  return node;
}

function withOurWord(node: YamlNode): YamlNode {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return node;
  const word = Object.hasOwn(CONNECTION_WORDS, node.value) ? CONNECTION_WORDS[node.value] : undefined;
  return word === undefined ? node : Object.freeze({ ...node, value: word });
}
