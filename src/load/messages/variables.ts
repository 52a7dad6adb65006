// What is said of variables, wherever they are written. Each entry has a case in the tests.
import type { Position } from '../../errors/problem.ts';
import { advice, problemTable } from '../../schema/problem-table.ts';

export const variableProblems = problemTable('variables', {
  'not-a-map': (at: Position, what: string, got: string) => ({
    at,
    what: `${what} must be a map of variables`,
    got,
    advice: 'write name: value',
  }),
  name: (at: Position, name: string, better: string | undefined) => ({
    at,
    what: `${JSON.stringify(name)} cannot be the name of a variable`,
    ...advice(better === undefined ? 'use letters, digits and _' : `write ${better}`),
  }),
  reserved: (at: Position, name: string) => ({ at, what: `"${name}" cannot be set`, advice: 'it is always there, choose another name' }),
  twice: (at: Position, alias: string, name: string) => ({
    at,
    what: `"${alias}" and "${name}" are the same variable`,
    advice: `keep ${name}`,
  }),
  refused: (at: Position, name: string, instead: string) => ({ at, what: `the variable "${name}" is not read here`, advice: instead }),
  foreign: (at: Position, name: string) => ({
    at,
    what: 'variables of Ansible change nothing here',
    got: name,
    advice: 'remove those that no template reads',
  }),
  shell: (at: Position, got: string) => ({
    at,
    what: 'ansible_shell_type names no shell that stands beside sh',
    got,
    advice: 'remove it for a host of Unix; others cannot be managed',
  }),
  'ssh-argument': (at: Position, word: string, name: string, text: string) => ({
    at,
    what: `${JSON.stringify(word)} in ${name} cannot be followed`,
    advice: text,
  }),
  unchecked: (at: Position, name: string) => ({
    at,
    what: `"${name}" is false`,
    advice: 'a host key that is not known is recorded, one that has changed is refused all the same',
  }),
  ignored: (at: Position, name: string, why: string) => ({ at, what: `"${name}" is passed over`, advice: why }),
});
