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
  yaml: (at: Position, name: string) => ({
    at,
    what: `the role ${quoted(name)} has no role.ts`,
    advice: 'roles in YAML come in a later release',
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
