// `add_host` as it was written: its name, its groups, and everything else is a variable of the host.
import { playbookProblems } from '../messages/playbook.ts';
import type { PlaybookReading } from './playbook-reading.ts';
import { isGroupName } from '../inventory/group-name.ts';
import { readHostNames } from '../inventory/host-names.ts';
import { inventoryProblems } from '../messages/inventory.ts';
import { readVariables } from '../variables/variables.ts';
import type { YamlEntry, YamlMap, YamlNode } from '../yaml/node.ts';

/** Ansible's words for the two. */
const WORDS: Readonly<Record<string, 'name' | 'groups'>> = {
  name: 'name',
  host: 'name',
  hostname: 'name',
  groups: 'groups',
  group: 'groups',
  groupname: 'groups',
};

/** The parameters of the module. What can be told now of names and variables is reported. */
export function hostToAdd(params: YamlMap, reading: PlaybookReading): YamlMap {
  const isOwn = ({ key }: YamlEntry): boolean => Object.hasOwn(WORDS, key);
  const named = params.entries.filter(isOwn).map(entry => ({ ...entry, key: WORDS[entry.key] ?? entry.key }));
  for (const [index, { key, keyAt }] of named.entries())
    if (named.findIndex(entry => entry.key === key) < index) reading.report(playbookProblems['parameter-twice'](keyAt, key));
  const rest = params.entries.filter(entry => !isOwn(entry));
  const variables = readVariables({ kind: 'map', entries: rest, at: params.at }, { ...reading, source: 'add_host', what: 'add_host' });
  for (const entry of named) checkNames(entry, reading);
  const entries = Object.entries(variables).map(([key, { node }]): YamlEntry => ({ key, keyAt: node.at, value: node }));
  const given: YamlEntry = { key: 'variables', keyAt: rest[0]?.keyAt ?? params.at, value: { kind: 'map', entries, at: params.at } };
  return { ...params, entries: [...named, ...(entries.length > 0 ? [given] : [])] };
}

function checkNames({ key, value }: YamlEntry, { report }: PlaybookReading): void {
  for (const node of value.kind === 'list' ? value.items : [value]) {
    const text = literalOf(node);
    if (text === undefined) continue;
    if (key === 'name') readHostNames(text, node.at, 'add_host', report);
    else
      for (const name of text.split(',').map(part => part.trim()))
        if (name !== '' && !isGroupName(name)) report(inventoryProblems['group-name'](node.at, name));
  }
}

function literalOf(node: YamlNode): string | undefined {
  return node.kind === 'scalar' && typeof node.value === 'string' && !node.value.includes('{{') ? node.value : undefined;
}
