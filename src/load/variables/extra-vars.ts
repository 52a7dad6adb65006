// The variables of the command line: `-e k=v`, `-e '{"k": 1}'`, `-e @file`. They win over every other source.
import { resolve } from 'node:path';
import { describeValue } from '../../schema/describe.ts';
import { sourceProblems } from '../messages/sources.ts';
import { attempt, type Report } from '../report.ts';
import { shownPath } from '../shown-path.ts';
import type { VariableSources } from '../types.ts';
import { readVariables } from './variables.ts';
import type { YamlEntry, YamlNode } from '../yaml/node.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import { readYamlFile } from '../yaml/read-yaml-file.ts';
import { toValue } from '../yaml/to-value.ts';

/** What problems call the command line's variables. */
const FILE = '-e';

interface ExtraReading {
  readonly cwd: string;
  readonly report: Report;
  readonly note: Report;
}

/** What the command line says: each `-e` in order, and all of them. */
export interface ExtraVars {
  readonly layers: readonly VariableSources[];
  /** The last to name a variable wins. */
  readonly all: VariableSources;
}

/** Reads each `-e`. `k=v` values are strings. */
export async function readExtraVars(texts: readonly string[], reading: ExtraReading): Promise<ExtraVars> {
  const layers: VariableSources[] = [];
  for (const text of texts) layers.push(await readOne(text, reading));
  return Object.freeze({ layers, all: Object.freeze(Object.assign({}, ...layers) as VariableSources) });
}

async function readOne(text: string, { cwd, report, note }: ExtraReading): Promise<VariableSources> {
  if (text.startsWith('@')) {
    const path = resolve(cwd, text.slice(1));
    const shown = shownPath(path, cwd);
    const node = await attempt(() => readYamlFile(path, shown), report);
    return readVariables(node, { source: `-e @${shown}`, what: shown, report, note });
  }
  const node = /^\s*[{[]/.test(text) ? await attempt(() => parseYaml(text, FILE), report) : assignments(text, report);
  if (node === undefined) return {};
  if (node.kind !== 'map') {
    report(sourceProblems['extra-map'](node.at, describeValue(toValue(node))));
    return {};
  }
  return readVariables(node, { source: FILE, what: FILE, report, note });
}

/** `a=1 b="two words"`: blanks part, quotes hold together. */
function assignments(text: string, report: Report): YamlNode | undefined {
  const entries = new Map<string, YamlEntry>();
  const word = /\s*([^\s=]+)=((?:'[^']*'|"(?:\\.|[^"\\])*"|\{\{.*?\}\}|[^\s'"])*)(?=\s|$)/gsy;
  let end = 0;
  for (let match = word.exec(text); match; match = word.exec(text)) {
    const [whole, key = '', written = ''] = match;
    const column = match.index + whole.length - written.length - key.length - 1;
    const at = { file: FILE, line: 1, column: column + 1 };
    const value = written.replaceAll(
      /'([^']*)'|"((?:\\.|[^"\\])*)"/gs,
      (_, single?: string, double?: string) => single ?? (double ?? '').replaceAll(/\\(.)/gs, '$1'),
    );
    const valueAt = { ...at, column: at.column + key.length + 1 };
    entries.set(key, { key, keyAt: at, value: { kind: 'scalar', value, text: value, style: 'quoted', at: valueAt } });
    end = word.lastIndex;
  }
  const rest = text.slice(end).trim();
  if (entries.size > 0 && rest === '') return { kind: 'map', entries: [...entries.values()], at: { file: FILE, line: 1, column: 1 } };
  report(/^[^\s=]+=.*['"]/s.test(rest) ? sourceProblems['extra-quote'](text) : sourceProblems['extra-shape'](text));
  return undefined;
}
