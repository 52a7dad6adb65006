// What the loading bench reads: a playbook of many plays in the words that both engines have, and inventories of many hosts.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How much of everything. */
export interface Size {
  readonly plays: number;
  readonly tasks: number;
  readonly hosts: number;
}

/** Hosts in groups of twenty; each has variables of its own, and so has each group. */
export function writeInventory(folder: string, hosts: number): string {
  const groups = Math.ceil(hosts / 20);
  const nameOf = (index: number): string => `host${String(index).padStart(5, '0')}`;
  const lines = Array.from({ length: groups }, (_, group) => [
    `    group${group}:`,
    `      vars: { rack: r${group}, port: ${1000 + group} }`,
    '      hosts:',
    ...Array.from({ length: Math.min(20, hosts - group * 20) }, (_, index) => hostLine(nameOf(group * 20 + index), group * 20 + index)),
  ]);
  const text = ['all:', '  vars: { domain: example.net, port: 80 }', '  children:', ...lines.flat(), ''].join('\n');
  const file = join(folder, `hosts-${hosts}.yml`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, text);
  return file;
}

function hostLine(name: string, index: number): string {
  return `        ${name}: { number: ${index}, ansible_host: 10.${index >> 16}.${(index >> 8) & 255}.${index & 255} }`;
}

/** Half of the tasks have a condition, a variable in their parameters and a tag. @param set what the module is called that sets variables */
export function writePlaybook(folder: string, { plays, tasks }: Size, set: 'set' | 'set_fact'): string {
  const lines = Array.from({ length: plays }, (_, play) => [
    `- name: play ${play}`,
    `  hosts: all`,
    '  gather_facts: false',
    `  vars: { of_play: p${play} }`,
    '  tasks:',
    ...Array.from({ length: tasks }, (_, task) => taskLines(play, task, set)).flat(),
  ]);
  const file = join(folder, `site-${set}.yml`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, `${lines.flat().join('\n')}\n`);
  return file;
}

function taskLines(play: number, task: number, set: string): readonly string[] {
  if (task % 2 === 0) return [`    - name: task ${play}.${task}`, '      command: echo hello', '      changed_when: false'];
  return [
    `    - name: task ${play}.${task}`,
    `      ${set}: { v${play}_${task}: "{{ of_play }} {{ rack }} {{ number }} {{ domain }}" }`,
    '      when: number > 10',
    `      tags: [t${task % 7}]`,
  ];
}
