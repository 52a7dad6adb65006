// One YAML inventory file: groups with hosts, vars and children, into the draft.
import { describeValue } from '../../schema/describe.ts';
import { didYouMean } from '../../util/nearest.ts';
import { isGroupName } from './group-name.ts';
import { readGroupVariables } from './group-variables.ts';
import { readHostNames } from './host-names.ts';
import type { InventoryFileReading } from './inventory-file-reading.ts';
import { inventoryProblems } from '../messages/inventory.ts';
import type { Report } from '../report.ts';
import { readVariables } from '../variables/variables.ts';
import type { YamlEntry, YamlNode } from '../yaml/node.ts';
import { toValue } from '../yaml/to-value.ts';

const GROUP_KEYS = ['hosts', 'vars', 'children'] as const;

/** Reads the groups of a file; an empty file says nothing. */
export function readInventoryFile(node: YamlNode | undefined, reading: InventoryFileReading): void {
  for (const entry of entriesOf(node, 'an inventory', '"all:" and hosts: below it', reading.report)) {
    if (GROUP_KEYS.some(key => key === entry.key)) reading.report(inventoryProblems['outside-group'](entry.keyAt, entry.key));
    else readGroup(entry, reading);
  }
}

function readGroup({ key: group, keyAt, value }: YamlEntry, reading: InventoryFileReading): void {
  const { draft, report } = reading;
  if (!isGroupName(group)) {
    report(inventoryProblems['group-name'](keyAt, group));
    return;
  }
  draft.group(group, keyAt);
  for (const entry of entriesOf(value, `group ${group}`, `hosts: below ${group}:`, report)) {
    switch (entry.key) {
      case 'hosts':
        for (const host of entriesOf(entry.value, `hosts of group ${group}`, 'each host as a key: "n1:"', report))
          readHost(host, group, reading);
        break;
      case 'vars':
        readGroupVariables(entry.value, group, reading);
        break;
      case 'children':
        for (const child of entriesOf(entry.value, `children of group ${group}`, 'each group as a key: "kafka:"', report))
          readChild(child, group, reading);
        break;
      default:
        report(inventoryProblems['group-key'](entry.keyAt, entry.key, group, didYouMean(entry.key, GROUP_KEYS)));
    }
  }
}

function readChild(child: YamlEntry, group: string, reading: InventoryFileReading): void {
  if (child.key === 'all') {
    reading.report(inventoryProblems['all-child'](child.keyAt));
    return;
  }
  readGroup(child, reading);
  if (reading.draft.groups.has(child.key)) reading.draft.addChild(group, child.key, child.keyAt);
}

function readHost({ key, keyAt, value }: YamlEntry, group: string, reading: InventoryFileReading): void {
  const { draft, report } = reading;
  if (GROUP_KEYS.some(word => word === key)) {
    report(inventoryProblems['misplaced-key'](keyAt, key, group));
    return;
  }
  const named = readHostNames(key, keyAt, reading.file, report);
  if (named === undefined) return;
  if (value.kind !== 'map' && !isNothing(value)) {
    const better = value.kind === 'scalar' && typeof value.value === 'string' ? `{address: ${value.value}}` : '{address: …}';
    report(inventoryProblems['host-value'](value.at, key, describeValue(toValue(value)), better));
    return;
  }
  const own = readVariables(value, { ...reading, source: reading.file, what: `host ${key}` });
  const variables = { ...named.variables, ...own };
  for (const name of named.names) draft.addHost(name, group, keyAt, variables);
}

function entriesOf(node: YamlNode | undefined, what: string, example: string, report: Report): readonly YamlEntry[] {
  if (node === undefined || isNothing(node)) return [];
  if (node.kind === 'map') return node.entries;
  report(inventoryProblems['not-a-map'](node.at, what, describeValue(toValue(node)), example));
  return [];
}

function isNothing(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}
