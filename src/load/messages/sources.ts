// What is said of files and of the command line. Each entry has a case in the tests.
import type { Position } from '../../errors/problem.ts';
import { problemTable } from '../../schema/problem-table.ts';

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'it may not be read',
  EISDIR: 'it is a directory',
  ENOTDIR: 'a part of the path is no directory',
};

function whyOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'an unknown error';
  return WHY[code] ?? code;
}

export const sourceProblems = problemTable('sources', {
  unreadable: (file: string, error: unknown) => ({ what: `cannot read ${file}: ${whyOf(error)}` }),
  writable: (file: string, open: string) => ({
    what: `everybody may change ${open}, and so decide through ${file} what is done to hosts`,
    advice: `chmod o-w ${open}`,
  }),
  'extra-shape': (text: string) => ({
    what: `-e takes name=value, a map in YAML or JSON, or @file`,
    got: JSON.stringify(text),
    advice: `write -e name=value or -e '{"name": value}'`,
  }),
  'extra-map': (at: Position, got: string) => ({ at, what: '-e takes a map of variables', got, advice: `write -e '{"name": value}'` }),
  'extra-quote': (text: string) => ({ what: 'a quote in -e is never closed', got: JSON.stringify(text), advice: 'close it' }),
});
