// What is said of INI inventories. Each entry has a case in the tests.
import type { Position } from '../../errors/problem.ts';
import { advice, problemTable } from '../../schema/problem-table.ts';

const quoted = (text: string): string => JSON.stringify(text);

export const iniProblems = problemTable('ini', {
  section: (at: Position, line: string) => ({
    at,
    what: `${quoted(line)} opens no section`,
    advice: 'write [group], [group:children] or [group:vars]',
  }),
  'section-kind': (at: Position, kind: string, near: string | undefined) => ({
    at,
    what: `a section cannot be ${quoted(kind)}`,
    advice: near ?? 'write [group], [group:children] or [group:vars]',
  }),
  quote: (at: Position) => ({ at, what: 'a quote in this line is never closed', advice: 'close it' }),
  assignment: (at: Position, text: string) => ({
    at,
    what: `expected name=value, got ${quoted(text)}`,
    advice: /\{\{|\}\}/.test(text) ? 'put the whole value into quotes' : 'a value with blanks stands in quotes',
  }),
  undefined: (at: Position, group: string, child: boolean, near: string | undefined) => ({
    at,
    what: child ? `the group ${quoted(group)} has no section of its own` : `the group ${quoted(group)} has variables and is not there`,
    ...advice(near ?? `write [${group}]`),
  }),
});
