// The parameters of a task: those below its module, those under args, and what module_defaults has for the module.
import { describeValue } from '../../schema/describe.ts';
import { fromShortForm, isCommand, splitCommands } from './command-params.ts';
import { playbookProblems } from '../messages/playbook.ts';
import type { ModuleDefaults, PlaybookReading } from './playbook-reading.ts';
import { get, type YamlEntry, type YamlMap, type YamlNode } from '../yaml/node.ts';
import { toValue } from '../yaml/to-value.ts';

/** The parameters; undefined when there are none. What is wrong with them as a whole is reported. */
export function readParams(task: YamlMap, { key, keyAt, value }: YamlEntry, reading: PlaybookReading): YamlNode | undefined | 'wrong' {
  const { report, defaults } = reading;
  const written = fromShortForm(key, value);
  const isNothing = written.kind === 'scalar' && written.value === null;
  if (!isNothing && written.kind !== 'map') {
    report(playbookProblems.parameters(written.at, key, describeValue(toValue(written))));
    return 'wrong';
  }
  const own: YamlMap = isNothing || written.kind !== 'map' ? { kind: 'map', entries: [], at: keyAt } : written;
  const args = readArgs(get(task, 'args'), reading);
  const map = [args, defaults.get(key)].reduce<YamlMap>((params, more) => (more ? withDefaults(params, more) : params), own);
  if (isCommand(key)) return splitCommands(key, map, report) ?? 'wrong';
  return isNothing && map.entries.length === 0 ? undefined : map;
}

function readArgs(node: YamlNode | undefined, { report }: PlaybookReading): YamlMap | undefined {
  if (node === undefined || node.kind === 'map') return node;
  report(playbookProblems['not-a-map'](node.at, '"args"', describeValue(toValue(node)), 'args: {chdir: /tmp}'));
  return undefined;
}

/** What is not there yet is taken from elsewhere. */
function withDefaults(params: YamlMap, more: YamlMap): YamlMap {
  const missing = more.entries.filter(entry => !params.entries.some(({ key }) => key === entry.key || areRivals(key, entry.key)));
  return { ...params, entries: [...params.entries, ...missing] };
}

/** Two ways to say the same: the nearer one counts. */
function areRivals(one: string, other: string): boolean {
  const pair = ['cmd', 'argv'];
  return pair.includes(one) && pair.includes(other);
}

/** Defaults of a play or a block on top of those around it: module by module, parameter by parameter. */
export function readDefaults(node: YamlMap, reading: PlaybookReading, isModule: (name: string) => boolean): ModuleDefaults {
  const { report, defaults } = reading;
  const written = get(node, 'module_defaults');
  if (written === undefined) return defaults;
  if (written.kind !== 'map') {
    const example = 'module_defaults: {file.copy: {owner: root}}';
    report(playbookProblems['not-a-map'](written.at, '"module_defaults"', describeValue(toValue(written)), example));
    return defaults;
  }
  const merged = new Map(defaults);
  for (const { key, keyAt, value } of written.entries) {
    if (!isModule(key)) report(playbookProblems['unknown-module'](keyAt, key, undefined));
    else if (value.kind !== 'map') report(playbookProblems.parameters(value.at, key, describeValue(toValue(value))));
    else {
      const before = merged.get(key);
      merged.set(key, before === undefined ? value : withDefaults(value, before));
    }
  }
  return merged;
}
