// A run of a playbook as a person writes it: loaded, compiled, through JSON, and run on hosts that are all this machine.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadSources } from '../../../src/load/load-sources.ts';
import { isShipped, loadModules } from '../../../src/modules/registry.ts';
import type { Typed } from '../../../src/modules/contract.ts';
import { compileProgram } from '../../../src/program/compile.ts';
import type { Program } from '../../../src/program/types.ts';
import { slotsOf } from '../../../src/program/walk.ts';
import type { TaskResult } from '../../../src/report/events.ts';
import { runLocally, type HarnessOptions, type Seen } from './harness.ts';

/** Files beside `play.yml`; without an inventory there are the hosts n1, n2 and n3. */
export interface Written {
  readonly play: string;
  readonly hosts?: string;
  readonly files?: Readonly<Record<string, string>>;
}

/** Compiles what was written. */
export async function compileWritten({ play, hosts, files }: Written, mode: HarnessOptions['mode'] = 'run'): Promise<Program> {
  const cwd = await mkdtemp(join(tmpdir(), 'tsplay-written-'));
  try {
    const all = {
      'hosts.yml': hosts ?? 'all: {hosts: {n1: , n2: , n3: }}\n',
      'package.json': '{"type": "module"}',
      ...files,
      'play.yml': play,
    };
    for (const [name, content] of Object.entries(all)) {
      await mkdir(dirname(join(cwd, name)), { recursive: true });
      await writeFile(join(cwd, name), content);
    }
    const sources = await loadSources({ playbook: 'play.yml', inventory: 'hosts.yml', cwd });
    return compileProgram(sources, { mode, tags: { only: [], skip: [] }, magic: {}, hostsOf: sources.hostsOf, cwd });
  } finally {
    await rm(cwd, { recursive: true });
  }
}

/** Runs what was written. */
export async function runWritten(written: Written, options: HarnessOptions = {}): Promise<Seen> {
  const program = await compileWritten(written, options.mode);
  const names = slotsOf(program).map(slot => slot.ref.module);
  const modules = await loadModules(names.filter(isShipped));
  const typed = [...modules.values()].map((definition): Typed<unknown> => ({ definition }));
  return runLocally(program, typed, options);
}

/** Who did what, in order: `n1 make it: changed`, with the item where there is one. Hosts of a task in their order. */
export function trace({ results }: Pick<Seen, 'results'>): readonly string[] {
  return results.map(
    result => `${result.host} ${result.task.name}${result.item === undefined ? '' : ` (${result.item})`}: ${standingOf(result)}`,
  );
}

function standingOf(result: TaskResult): string {
  if (result.ignored) return `${result.status}, ignored`;
  return result.rescued === true ? `${result.status}, rescued` : result.status;
}

/** The order of tasks, each once a time it begins: what stands in the events whoever is quicker. */
export function begun({ events }: Pick<Seen, 'events'>): readonly string[] {
  return events.flatMap(event => (event.kind === 'task-started' ? [`${event.task.name}: ${event.hosts.join(' ')}`] : []));
}

/** A row of the recap without what is zero: `n1 ok=1 rescued=1`. */
export function recap({ events }: Pick<Seen, 'events'>): readonly string[] {
  const rows = events.flatMap(event => (event.kind === 'run-finished' ? event.recap : []));
  return rows.map(({ host, ...counts }) =>
    [host, ...Object.entries(counts).flatMap(([name, count]) => (count > 0 ? [`${name}=${count}`] : []))].join(' '),
  );
}
