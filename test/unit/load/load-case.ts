// One case of loading: files, what is asked for, and the lines that a person then reads.
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { InputError } from '../../../src/errors/errors.ts';
import { formatProblem } from '../../../src/errors/problem.ts';
import { loadSources } from '../../../src/load/load-sources.ts';
import type { SourceRequest, Sources } from '../../../src/load/types.ts';

/** Content by path, of a folder (`roles/`) its mode; `play.yml`, `hosts.yml` and the type of JavaScript files are there unless a case brings its own. */
export type Files = Readonly<Record<string, string>>;

/** What differs from the usual request; `undefined` leaves a part out. */
type Asked = { readonly [K in keyof SourceRequest]?: SourceRequest[K] | undefined };

/** Title, files, the lines expected, and what is asked beside `play.yml -i hosts.yml`. */
export type LoadCase = readonly [title: string, files: Files, expected: readonly string[], request?: Asked];

const USUAL: Files = { 'play.yml': '- hosts: all\n', 'hosts.yml': 'all: {hosts: {n1: }}\n', 'package.json': '{"type": "module"}' };

/** What a case came to. */
export interface Outcome {
  readonly lines: readonly string[];
  readonly codes: readonly string[];
  readonly sources?: Sources;
}

/** Loads the files of a case from a folder of their own. */
export async function runCase([, files, , request]: LoadCase): Promise<Outcome> {
  const cwd = await mkdtemp(join(tmpdir(), 'tsplay-load-'));
  try {
    for (const [name, content] of Object.entries({ ...USUAL, ...files })) {
      const isFolder = name.endsWith('/');
      await mkdir(isFolder ? join(cwd, name) : dirname(join(cwd, name)), { recursive: true });
      await (isFolder ? chmod(join(cwd, name), content) : writeFile(join(cwd, name), content));
    }
    const asked = Object.entries({ inventory: 'hosts.yml', ...request }).filter(([, value]) => value !== undefined);
    const sources = await loadSources({ playbook: 'play.yml', cwd, ...Object.fromEntries(asked) });
    const codes = sources.notes.flatMap(note => ('code' in note ? [String(note.code)] : []));
    return { lines: sources.notes.map(note => `note: ${formatProblem(note)}`.replaceAll(`${cwd}/`, '')), codes, sources };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const codes = error.problems.flatMap(problem => ('code' in problem ? [String(problem.code)] : []));
    return { lines: error.problems.map(problem => formatProblem(problem).replaceAll(`${cwd}/`, '')), codes };
  } finally {
    await rm(cwd, { recursive: true });
  }
}

/** The sources of files in which nothing is wrong. */
export async function load(files: Files, request: Asked = {}): Promise<Sources> {
  const { sources, lines } = await runCase(['', files, [], request]);
  if (!sources) throw new Error(lines.join('\n'));
  return sources;
}

/** A role for a case: its variables as JSON schemas, and whatever else. */
export function roleFile(name: string, vars: object, more = ''): string {
  return `export default { name: '${name}', summary: 'x', at: import.meta.url, vars: ${JSON.stringify(vars)}, tasks: () => [], ${more} };\n`;
}
