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
  ignored: (at: Position, name: string, why: string) => ({ at, what: `"${name}" is passed over`, advice: why }),
});
