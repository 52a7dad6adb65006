// What is said of the schemas of roles in YAML. Each entry has a case in the tests.
import type { Position } from '../../errors/problem.ts';
import { problemTable } from '../../schema/problem-table.ts';

const quoted = (text: string): string => JSON.stringify(text);

export const schemaProblems = problemTable('role-schema', {
  keyword: (at: Position, key: string, known: readonly string[]) => ({
    at,
    what: `a schema of variables has no ${quoted(key)} here`,
    advice: `it takes ${known.filter(word => !word.startsWith('$')).join(', ')}`,
  }),
  type: (at: Position, got: string) => ({
    at,
    what: 'a variable needs a type: string, integer, number, boolean, array, object, or a list of them',
    got,
  }),
  value: (at: Position, key: string, what: string, got: string) => ({ at, what: `${quoted(key)} must be ${what}`, got }),
  'not-a-property': (at: Position, got: string) => ({
    at,
    what: '"required" names what is no property',
    got,
    advice: 'add it to the properties',
  }),
  spec: (at: Position, key: string) => ({
    at,
    what: `${quoted(key)} of an argument spec is not read`,
    advice: 'write variables.schema.json beside meta/, and check what it cannot say with assert among the tasks',
  }),
  'spec-type': (at: Position, got: string) => ({
    at,
    what: 'an option has a type: str, int, float, bool, list, dict, path or raw',
    got,
  }),
});
