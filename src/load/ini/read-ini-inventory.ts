// One INI inventory file: its sections line by line, into the draft that YAML files fill too.
import type { Position } from '../../errors/problem.ts';
import { didYouMean } from '../../util/nearest.ts';
import { isGroupName } from '../inventory/group-name.ts';
import { readGroupVariables } from '../inventory/group-variables.ts';
import { readHostNames } from '../inventory/host-names.ts';
import type { InventoryFileReading } from '../inventory/inventory-file-reading.ts';
import { iniProblems } from '../messages/ini.ts';
import { inventoryProblems } from '../messages/inventory.ts';
import { readVariables } from '../variables/variables.ts';
import type { YamlEntry, YamlMap } from '../yaml/node.ts';
import { pythonLiteral } from './python-literal.ts';
import { splitLine, type Word } from './split-line.ts';

const KINDS = ['hosts', 'children', 'vars'] as const;

/** The section that a line stands in. */
interface Section {
  readonly group: string;
  readonly kind: (typeof KINDS)[number];
}

/** Reads the sections of a file; hosts before the first are in no group. */
export function readIniInventory(text: string, reading: InventoryFileReading): void {
  const { file, draft, report } = reading;
  const defined = new Set(draft.groups.keys());
  const needed = new Map<string, { readonly at: Position; readonly child: boolean }>();
  let section: Section | undefined = { group: 'ungrouped', kind: 'hosts' };
  for (const [index, whole] of text.split(/\r?\n/).entries()) {
    const line = whole.trimStart();
    const at = { file, line: index + 1, column: whole.length - line.length + 1 };
    if (line === '' || /^[#;]/.test(line)) continue;
    if (/^\[.*\]\s*(?:#.*)?$/.test(line)) {
      section = sectionOf(line, at, reading);
      if (section === undefined) continue;
      if (section.kind === 'vars') needed.set(section.group, needed.get(section.group) ?? { at, child: false });
      else defined.add(section.group);
      draft.group(section.group, at);
    } else if (section?.kind === 'hosts') readHost(line, at, section.group, reading);
    else if (section?.kind === 'vars') readVariable(line.trimEnd(), at, section.group, reading);
    else if (section !== undefined) {
      const child = readChild(line, at, section.group, reading);
      if (child !== undefined) needed.set(child, needed.get(child) ?? { at, child: true });
    }
  }
  for (const [group, { at, child }] of needed)
    if (!defined.has(group)) report(iniProblems.undefined(at, group, child, didYouMean(group, [...defined])));
}

/** The section that a line opens; undefined when it opens none, which is reported. */
function sectionOf(line: string, at: Position, { report }: InventoryFileReading): Section | undefined {
  const [, group, kind = 'hosts'] = /^\[([^:\]\s]+)(?::([^\]]*))?\]/.exec(line) ?? [];
  if (group === undefined) report(iniProblems.section(at, line));
  else if (!isGroupName(group)) report(inventoryProblems['group-name']({ ...at, column: at.column + 1 }, group));
  else {
    const known = KINDS.find(each => each === kind);
    if (known !== undefined) return { group, kind: known };
    report(iniProblems['section-kind'](at, kind, didYouMean(kind, KINDS)));
  }
  return undefined;
}

function readHost(line: string, at: Position, group: string, reading: InventoryFileReading): void {
  const { draft, report, file } = reading;
  const words = splitLine(line);
  if (words === undefined) report(iniProblems.quote(at));
  const [first, ...rest] = words ?? [];
  if (first === undefined) return;
  const named = readHostNames(first.text, at, file, report);
  const own = readVariables(assignments(rest, at, reading), { ...reading, source: file, what: `host ${first.text}`, isLoose: true });
  for (const name of named?.names ?? []) draft.addHost(name, group, at, { ...named?.variables, ...own });
}

/** `a=1 b="two words"` as a map; the last of a name holds. */
function assignments(words: readonly Word[], at: Position, { report }: InventoryFileReading): YamlMap {
  const entries = new Map<string, YamlEntry>();
  for (const { text, start } of words) {
    const place = { ...at, column: at.column + start };
    const sign = text.indexOf('=');
    if (sign < 0) report(iniProblems.assignment(place, text));
    else entries.set(text.slice(0, sign), entryOf(text, sign, place));
  }
  return { kind: 'map', entries: [...entries.values()], at };
}

function readVariable(line: string, at: Position, group: string, reading: InventoryFileReading): void {
  const sign = line.indexOf('=');
  if (sign < 0) {
    reading.report(iniProblems.assignment(at, line));
    return;
  }
  const map: YamlMap = { kind: 'map', entries: [entryOf(line, sign, at)], at };
  readGroupVariables(map, group, { ...reading, isLoose: true });
}

function entryOf(text: string, sign: number, at: Position): YamlEntry {
  const after = text.slice(sign + 1);
  const value = after.trim();
  const column = at.column + sign + 1 + (after.length - after.trimStart().length);
  return { key: text.slice(0, sign).trim(), keyAt: at, value: pythonLiteral(value, { ...at, column }) };
}

/** The group that a line names; undefined when it names none, which is reported. */
function readChild(line: string, at: Position, parent: string, { draft, report }: InventoryFileReading): string | undefined {
  const [, child] = /^([^:\]\s]+)\s*(?:#.*)?$/.exec(line) ?? [];
  if (child === undefined || !isGroupName(child)) report(inventoryProblems['group-name'](at, child ?? line.trim()));
  else if (child === 'all') report(inventoryProblems['all-child'](at));
  else {
    draft.addChild(parent, child, at);
    return child;
  }
  return undefined;
}
