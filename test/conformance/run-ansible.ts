// Runs all cases with ansible-core, which is installed from PyPI by its name where it is not there.
import { access, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../src/lab/command.ts';
import { cacheDir } from '../../src/lab/paths.ts';
import { projectRoot } from '../support/project-root.ts';
import type { Case } from './case.ts';
import { traceOf, type Counts, type Result, type Trace } from './trace.ts';

const OWN = join(projectRoot(), 'test', 'conformance', 'ansible');
const FOLDER = join(cacheDir(), 'ansible-core-2.19');
const PYTHON = join(FOLDER, 'bin', 'python');

/** A Python with ansible-core 2.19, the reference. @throws LabError where it cannot be installed */
export async function installAnsible(): Promise<void> {
  const isThere = await access(join(FOLDER, 'bin', 'ansible-playbook')).then(
    () => true,
    () => false,
  );
  if (isThere) return;
  await run(['/usr/bin/python3', '-m', 'venv', '--clear', '--without-pip', FOLDER]);
  await run(['/usr/bin/pip3', '--python', PYTHON, 'install', '--quiet', 'ansible-core==2.19.*']);
}

/** Runs them one after the other in one process. @returns their traces, in the order of the cases */
export async function runAnsible(folder: string, cases: readonly Case[]): Promise<readonly Trace[]> {
  const list = cases.map(({ args = [] }, index) => ({
    args: [fileFor(index), '-i', 'inventory.yml', '--forks', '1', ...args],
    trace: join(folder, `${index}.trace`),
    output: join(folder, `${index}.output`),
  }));
  await Promise.all(
    cases.map(({ playbook }, index) => writeFile(join(folder, fileFor(index)), playbook.replaceAll(/\bset: \{/g, 'set_fact: {'))),
  );
  await writeFile(join(folder, 'list.json'), JSON.stringify(list));
  const answer = await run([PYTHON, join(OWN, 'run_all.py'), join(folder, 'list.json')], {
    cwd: folder,
    env: { HOME: folder, ANSIBLE_CALLBACK_PLUGINS: OWN, ANSIBLE_STDOUT_CALLBACK: 'trace', ANSIBLE_LOCALHOST_WARNING: 'false' },
  });
  const codes = JSON.parse(answer) as readonly number[];
  return Promise.all(list.map(async ({ trace, output }, index) => readTrace(trace, output, codes[index] ?? null)));
}

function fileFor(index: number): string {
  return `${index}.ansible.yml`;
}

async function readTrace(trace: string, output: string, code: number | null): Promise<Trace> {
  const text = await readFile(trace, 'utf8').catch(() => '');
  const lines = text
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Result | { readonly recap: Readonly<Record<string, Counts>> });
  const recap = lines.find(line => 'recap' in line)?.recap;
  if (recap === undefined) return [...(await readFile(output, 'utf8')).trim().split('\n'), 'refused'];
  return traceOf(
    lines.filter(line => 'task' in line),
    recap,
    code,
  );
}
