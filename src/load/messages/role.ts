// What is said of roles and their variables. Each entry has a case in the tests.
import type { Position } from '../../errors/problem.ts';
import { advice, problemTable } from '../../schema/problem-table.ts';

const quoted = (text: string): string => JSON.stringify(text);

export const roleProblems = problemTable('role', {
  unknown: (at: Position, name: string, near: string | undefined, known: readonly string[]) => ({
    at,
    what: `there is no role ${quoted(name)}`,
    ...advice(near ?? (known.length === 0 ? undefined : `there are ${known.join(', ')}`)),
  }),
  name: (at: Position, name: string) => ({ at, what: `${quoted(name)} cannot be the name of a role`, advice: 'name it, not its path' }),
  empty: (at: Position, name: string, folder: string) => ({
    at,
    what: `the role ${quoted(name)} holds nothing`,
    advice: `write ${folder}/role.ts, or ${folder}/tasks/main.yml`,
  }),
  'no-files': (at: Position, key: string, name: string) => ({
    at,
    what: `${key} is for roles in YAML, and ${name} is in TypeScript`,
    advice: 'remove it',
  }),
  outside: (at: Position, key: string, name: string, folder: string) => ({
    at,
    what: `${key} leads out of the role`,
    got: quoted(name),
    advice: `name a file in ${folder}`,
  }),
  'no-such-file': (at: Position, name: string, looked: readonly string[]) => ({
    at,
    what: 'the role has no such file',
    got: quoted(name),
    advice: `make ${looked.join(' or ')}`,
  }),
  'in-handlers': (at: Position, key: string) => ({
    at,
    what: `${key} is no handler`,
    advice: 'write include_tasks, or notify the handlers of the role',
  }),
  rolespec: (at: Position) => ({
    at,
    what: 'the variables of a role are always looked at, before anything connects',
    advice: 'remove rolespec_validate',
  }),
  'no-name': (at: Position, key: string) => ({ at, what: `${key} names no role`, advice: `write ${key}: {name: NAME}` }),
  'name-template': (at: Position, key: string) => ({
    at,
    what: `the role of ${key} is named by an expression`,
    advice: 'write its name out, once for each role, and when: at each',
  }),
  'no-package': (at: Position, name: string) => ({
    at,
    what: `there is no role ${quoted(name)}, and no package that the playbook could take it from`,
    advice: `npm install ${name}`,
  }),
  'open-package': (at: Position, name: string, open: string) => ({
    at,
    what: `the role ${quoted(name)} is a package, and everybody may change ${open}`,
    advice: `look at what it holds, then chmod o-w ${open}`,
  }),
  'package-no-role': (at: Position, name: string, folder: string) => ({
    at,
    what: `the package ${quoted(name)} is no role`,
    advice: `its main export is to be defineRole({ … }), or there is to be ${folder}/tasks/main.yml`,
  }),
  'named-wrong': (at: Position, name: string) => ({
    at,
    what: `${quoted(name)} can be neither a package nor the folder of a role`,
    advice: 'name a package of npm, or a folder as ./roles/NAME',
  }),
  'no-folder': (at: Position, name: string, folder: string) => ({
    at,
    what: `the role ${quoted(name)} is said to be in ${folder}, and there is no such folder`,
    advice: 'correct the path: it begins where tsplay.yml is',
  }),
  'open-names': (file: string, open: string) => ({
    what: `${file} is passed over: everybody may change ${open}, and so decide which roles run`,
    advice: `look at what it says, then chmod o-w ${open}`,
  }),
  typescript: (at: Position, name: string, version: string) => ({
    at,
    what: `the role ${quoted(name)} is TypeScript, which Node ${version} does not load`,
    advice: 'use Node 22.18 or newer, or compile it to role.js',
  }),
  writable: (at: Position, file: string, open: string) => ({
    at,
    what: `${file} is a program that runs here, and everybody may change ${open}`,
    advice: `look at what it holds, then chmod o-w ${open}`,
  }),
  broken: (at: Position, file: string, why: string) => ({ at, what: `${file} cannot be loaded: ${why}` }),
  'no-role': (at: Position, file: string) => ({
    at,
    what: `${file} does not export a role`,
    advice: 'write export default defineRole({ … })',
  }),
  'other-name': (at: Position, file: string, name: string) => ({
    at,
    what: `${file} defines the role ${quoted(name)}`,
    advice: 'give role and folder the same name',
  }),
  cycle: (at: Position, chain: readonly string[]) => ({ at, what: `roles require each other: ${chain.join(' > ')}` }),
  'unknown-variable': (at: Position, name: string, role: string, near: string | undefined) => ({
    at,
    what: `role ${role} has no variable ${quoted(name)}`,
    ...advice(near),
  }),
  'missing-variable': (at: Position, role: string, name: string, hosts: string) => ({
    at,
    what: `role ${role} needs ${quoted(name)} for ${hosts}`,
    advice: 'set it in the inventory or beside the role',
  }),
});
