// Runs playbooks with ansible-core, which is installed from PyPI by its name where it is not there.
import { spawn } from 'node:child_process';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { run } from '../../src/lab/command.ts';
import { cacheDir } from '../../src/lab/paths.ts';
import { projectRoot } from '../support/project-root.ts';
import { refused, traceOf, type Counts, type Result, type Trace } from './trace.ts';

const OWN = join(projectRoot(), 'test', 'conformance', 'ansible');
const FOLDER = join(cacheDir(), 'ansible-core-2.19');
const PYTHON = join(FOLDER, 'bin', 'python');

/** Runs one playbook after the other. */
export interface Ansible {
  /** @param name of a playbook in the folder. @param args with its inventory */
  run(folder: string, name: string, args: readonly string[]): Promise<Trace>;
  [Symbol.asyncDispose](): Promise<void>;
}

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

/** Starts the process that runs them. @param home a folder for what it keeps */
export function startAnsible(home: string): Ansible {
  const env = {
    PATH: process.env['PATH'],
    LC_ALL: 'C.UTF-8',
    HOME: home,
    ANSIBLE_PYTHON_INTERPRETER: PYTHON,
    PYTHONDONTWRITEBYTECODE: '1',
    ANSIBLE_CALLBACK_PLUGINS: join(OWN, 'callback'),
    ANSIBLE_STDOUT_CALLBACK: 'trace',
    ANSIBLE_LOCALHOST_WARNING: 'false',
    ANSIBLE_HOST_KEY_CHECKING: 'false',
  };
  const child = spawn(PYTHON, [join(OWN, 'serve.py')], { cwd: home, env, stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<void>(resolve => child.once('close', () => resolve()));
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const asked = async (folder: string, name: string, args: readonly string[]): Promise<Trace> => {
    const [trace, output] = [join(folder, `${name}.trace`), join(folder, `${name}.output`)];
    child.stdin.write(`${JSON.stringify({ folder, args: [name, '--forks', '1', ...args], trace, output })}\n`);
    const { value, done } = (await answers.next()) as IteratorResult<string, undefined>;
    if (done === true) throw new Error('the process with ansible-core has ended');
    return readTrace(trace, output, Number(value));
  };
  let before: Promise<unknown> = Promise.resolve();
  return {
    run(...words) {
      const trace = before.then(() => asked(...words));
      before = trace.catch(() => undefined);
      return trace;
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await ended;
    },
  };
}

async function readTrace(trace: string, output: string, code: number): Promise<Trace> {
  const text = await readFile(trace, 'utf8').catch(() => '');
  const lines = text
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Result | { readonly recap: Readonly<Record<string, Counts>> });
  const recap = lines.find(line => 'recap' in line)?.recap;
  const results = lines.filter(line => 'task' in line);
  if (recap === undefined) {
    const words = await readFile(output, 'utf8');
    return results.length === 0 ? refused(words) : { ...traceOf(results, {}, code), end: 'broken off', words };
  }
  return traceOf(results, recap, code);
}
