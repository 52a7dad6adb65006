// The rooms and the doors between them: imports go one way.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectRoot } from '../support/project-root.ts';

/** Which rooms a room may look into, beside itself. `util` and `errors` are open to all. */
const DOORS: Readonly<Record<string, readonly string[]>> = {
  util: [],
  errors: ['util'],
  schema: ['load/yaml'],
  facts: ['schema'],
  modules: ['facts', 'schema'],
  expression: [],
  'load/yaml': [],
  load: ['load/yaml', 'schema', 'modules', 'program/role', 'expression', 'roles/shipped', 'session/config/ssh-arguments'],
  session: [],
  artifact: ['schema'],
  report: ['session/types'],
  journal: ['report/events', 'report/recap'],
  program: ['load', 'load/yaml', 'modules', 'schema', 'expression', 'report/events'],
  schedule: ['program', 'modules', 'facts', 'schema', 'expression', 'session', 'artifact', 'report'],
  plan: ['facts', 'schema', 'program', 'report', 'schedule/state/ledger', 'schedule/state/fact-store'],
  lab: ['session/types'],
  cli: [
    'load',
    'program',
    'plan',
    'schedule',
    'session',
    'report',
    'journal',
    'lab',
    'artifact',
    'modules',
    'facts',
    'schema',
    'expression',
  ],
  start: ['cli/arguments/version-words'],
};

/** The rooms of the schedule stand on one another: each looks into those before it. */
const FLOORS: readonly string[] = ['state', 'hosts', 'reading', 'values', 'changing', 'tasks', 'cluster', 'plays'];

interface Import {
  readonly from: string;
  readonly to: string;
}

const root = projectRoot();

function sourceFiles(folder: string): readonly string[] {
  const names = readdirSync(join(root, folder), { recursive: true }) as string[];
  return names.filter(name => name.endsWith('.ts') && !name.endsWith('.d.ts')).map(name => join(folder, name));
}

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found = [...text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].flatMap(match => match[1] ?? []);
  return found.map(name => ({ from: file, to: normalize(join(dirname(file), name)) }));
}

function roomOf(file: string): string {
  const path = file.replace(/^src\//, '');
  return path.startsWith('load/yaml/') ? 'load/yaml' : (path.split('/')[0] ?? '');
}

function isAllowed({ from, to }: Import): boolean {
  const here = roomOf(from);
  const there = roomOf(to);
  if (here === there || there === 'util' || there === 'errors') return true;
  const path = to.replace(/^src\//, '').replace(/\.ts$/, '');
  return (DOORS[here] ?? []).some(door => door === there || path === door || path.startsWith(`${door}/`));
}

describe('imports', () => {
  const all = sourceFiles('src')
    .filter(file => file !== 'src/index.ts')
    .flatMap(importsOf);

  it('go only through the doors between rooms', () => {
    const wrong = all.filter(item => !isAllowed(item)).map(item => `${item.from} → ${item.to}`);
    assert.deepEqual(wrong, []);
  });

  it('of the schedule go down its floors', () => {
    const floorOf = (file: string): number => FLOORS.indexOf(/^src\/schedule\/([^/]+)\//.exec(file)?.[1] ?? '');
    const within = all.filter(({ from, to }) => from.startsWith('src/schedule/') && to.startsWith('src/schedule/'));
    const wrong = within.filter(({ from, to }) => floorOf(to) === -1 || floorOf(from) < floorOf(to));
    assert.deepEqual(
      wrong.map(({ from, to }) => `${from} → ${to}`),
      [],
    );
  });

  it('of roles reach the public index, or another role, and nothing else of the engine', () => {
    const wrong = sourceFiles('roles')
      .flatMap(importsOf)
      .filter(item => item.to.startsWith('src/') && item.to !== 'src/index.ts')
      .map(item => `${item.from} → ${item.to}`);
    assert.deepEqual(wrong, []);
  });

  it('lead to files that Node finds once they are compiled', () => {
    const compiled = fileURLToPath(new URL('../../src', import.meta.url));
    const files = (readdirSync(compiled, { recursive: true }) as string[]).filter(file => file.endsWith('.js'));
    const wrong = files.filter(file => /(?:from|import\()\s*['"]\.[^'"]*\.ts['"]/.test(readFileSync(join(compiled, file), 'utf8')));
    assert.deepEqual(wrong, []);
  });

  it('form no circle between files', () => {
    const graph = new Map<string, string[]>();
    for (const { from, to } of all) graph.set(from, [...(graph.get(from) ?? []), to]);
    assert.deepEqual(findCircle(graph), []);
  });
});

function findCircle(graph: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): readonly string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const next of graph.get(file) ?? []) {
      const circle = visit(next, [...path, file]);
      if (circle.length > 0) return circle;
    }
    done.add(file);
    return [];
  };
  for (const file of graph.keys()) {
    const circle = visit(file, []);
    if (circle.length > 0) return circle;
  }
  return [];
}
