// What is said of inventories. Each entry has a case in the tests.
import type { Position } from '../../errors/problem.ts';
import { advice, place, problemTable } from '../../schema/problem-table.ts';

const quoted = (text: string): string => JSON.stringify(text);

export const inventoryProblems = problemTable('inventory', {
  'not-found': (name: string, looked: readonly string[], near: string | undefined) => ({
    what: `there is no inventory ${quoted(name)}`,
    advice: near ?? `make ${looked.join(' or ')}`,
  }),
  'no-files': (directory: string) => ({ what: `there is no inventory file in ${directory}`, advice: 'make hosts.yml in it' }),
  empty: (name: string, file: string | undefined) => ({
    ...place(file === undefined ? undefined : { file, line: 1, column: 1 }),
    what: `the inventory ${quoted(name)} names no host`,
    advice: 'write all: hosts: and a name',
  }),
  toml: (file: string) => ({ at: { file, line: 1, column: 1 }, what: 'TOML inventories are not read', advice: 'write it in YAML or INI' }),
  script: (file: string) => ({
    at: { file, line: 1, column: 1 },
    what: 'inventories that are programs come in a later release',
    advice: 'write it in YAML',
  }),
  vault: (at: Position) => ({ at, what: 'encrypted files cannot be read yet', advice: 'give the values with -e @file' }),
  'not-a-map': (at: Position, what: string, got: string, example: string) => ({
    at,
    what: `${what} must be a map`,
    got,
    advice: `write ${example}`,
  }),
  'outside-group': (at: Position, key: string) => ({ at, what: `${quoted(key)} stands outside a group`, advice: 'write it below all:' }),
  'group-key': (at: Position, key: string, group: string, near: string | undefined) => ({
    at,
    what: `unknown key ${quoted(key)} of group ${group}`,
    advice: near ?? 'a group takes hosts, vars and children',
  }),
  'misplaced-key': (at: Position, key: string, group: string) => ({
    at,
    what: `${quoted(key)} stands among the hosts of group ${group}`,
    advice: 'indent it like hosts:',
  }),
  'host-variable': (at: Position, name: string, host: string) => ({
    at,
    what: `${quoted(name)} is a host, and stands here as a variable of host ${host} without a value`,
    advice: `indent it like ${host}:`,
  }),
  'host-value': (at: Position, host: string, got: string, better: string) => ({
    at,
    what: `host ${host} must be a map of variables`,
    got,
    ...advice(`write ${host}: ${better}`),
  }),
  'host-name': (at: Position, name: string) => ({
    at,
    what: `${quoted(name)} cannot be the name of a host`,
    advice: 'use letters, digits, "-", "_" and "."; an address goes into the variable address',
  }),
  'host-port': (at: Position, text: string, port: string) => ({
    at,
    what: `${quoted(text)} names a port that cannot be`,
    got: port,
    advice: 'write one from 1 to 65535',
  }),
  'group-name': (at: Position, name: string) => ({
    at,
    what: `${quoted(name)} cannot be the name of a group`,
    advice: 'use letters, digits, "-" and "_"',
  }),
  priority: (at: Position, got: string) => ({ at, what: 'ansible_group_priority must be a whole number', got }),
  range: (at: Position, text: string, why: string) => ({
    at,
    what: `the range [${text}] ${why}`,
    advice: 'write it like [1:3], [01:12] or [a:f]',
  }),
  loop: (at: Position, chain: readonly string[]) => ({
    at,
    what: `groups contain each other: ${chain.join(' > ')}`,
    advice: 'remove one of these children',
  }),
  'all-child': (at: Position) => ({ at, what: 'the group all cannot be inside another group', advice: 'name the groups themselves' }),
  'no-group': (file: string, name: string, near: string) => ({
    at: { file, line: 1, column: 1 },
    what: `no group or host of this inventory is called ${quoted(name)}`,
    advice: near,
  }),
});
