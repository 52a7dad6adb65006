// The variables of a group where the inventory itself writes them: there, and only there, `ansible_group_priority` weighs the group.
import { describeValue } from '../../schema/describe.ts';
import type { InventoryFileReading } from './inventory-file-reading.ts';
import { inventoryProblems } from '../messages/inventory.ts';
import { readVariables } from '../variables/variables.ts';
import type { YamlNode } from '../yaml/node.ts';
import { toValue } from '../yaml/to-value.ts';

const PRIORITY = 'ansible_group_priority';

/** Reads them into the draft; the priority is no variable. */
export function readGroupVariables(node: YamlNode, group: string, reading: InventoryFileReading & { readonly isLoose?: boolean }): void {
  const { draft, file, report } = reading;
  const isPriority = (entry: { readonly key: string }): boolean => entry.key === PRIORITY;
  const priority = node.kind === 'map' ? node.entries.find(isPriority)?.value : undefined;
  const rest = node.kind === 'map' && priority ? { ...node, entries: node.entries.filter(entry => !isPriority(entry)) } : node;
  draft.addVariables(group, readVariables(rest, { ...reading, source: file, what: `vars of group ${group}` }));
  if (priority === undefined) return;
  const value = priority.kind === 'scalar' && /^-?\d+$/.test(priority.text) ? Number(priority.text) : undefined;
  if (value === undefined) report(inventoryProblems.priority(priority.at, describeValue(toValue(priority))));
  else draft.group(group).priority = value;
}
