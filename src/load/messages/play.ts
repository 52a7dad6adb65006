// What is said of the variables that a play brings by vars_files and vars_prompt. Each entry has a case in the tests.
import type { Position } from '../../errors/problem.ts';
import { problemTable } from '../../schema/problem-table.ts';

export const playProblems = problemTable('play', {
  'vars-file-name': (at: Position, got: string) => ({
    at,
    what: 'vars_files takes names of files, and lists of which the first file that is there is read',
    got,
  }),
  'no-vars-file': (at: Position, looked: readonly string[]) => ({
    at,
    what: 'there is no such file of variables',
    advice: `make ${looked.join(' or ')}`,
  }),
  'prompt-name': (at: Position) => ({ at, what: 'the prompt names no variable', advice: 'write name: and the variable' }),
  'prompt-default': (at: Position, got: string) => ({ at, what: 'the default of a prompt must be a text, a number, true or false', got }),
  'prompt-hash': (at: Position, key: string) => ({
    at,
    what: `${JSON.stringify(key)} is no keyword of a prompt`,
    advice: 'hash the answer where it is used',
  }),
  connection: (at: Position, got: string, kinds: readonly string[]) => ({
    at,
    what: `connection must be one of ${kinds.join(', ')}`,
    got,
  }),
  'connection-of-task': (at: Position) => ({
    at,
    what: 'a host is logged in to once in a run: a part of a play can only have connection: local',
    advice: 'write that, or set connection at the play or in the inventory',
  }),
  'tag-template': (at: Position, tag: string) => ({
    at,
    what: `a tag cannot be an expression, got ${JSON.stringify(tag)}`,
    advice: 'write the tag out: tags are chosen before any variable is known',
  }),
});
