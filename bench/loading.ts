// `npm run bench:loading`: how long it takes to read a large playbook and a large inventory, with nothing connected; bench/LOADING.md keeps it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installNeeds } from '../src/lab/install-needs.ts';
import { packageRoot } from '../src/util/package-root.ts';
import { median } from './figures.ts';
import { writeInventory, writePlaybook, type Size } from './loading-files.ts';
import { describeCommit, describeMachine } from './machine.ts';
import { measure } from './measure.ts';
import { readVersions } from './peers.ts';

const PAGE = join(packageRoot(), 'bench', 'LOADING.md');
const SIZE: Size = { plays: 200, tasks: 50, hosts: 1000 };
const LISTED = 5000;
/** How often tsplay is measured; Ansible takes minutes, and is measured once. */
const ROUNDS = 3;

const TSPLAY: readonly string[] = [process.execPath, join(packageRoot(), 'dist', 'bundle', 'tsplay.cjs')];
const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** Seconds and MiB of the largest process, each the middle of its rounds. */
interface Figure {
  readonly seconds: number;
  readonly memory: number;
}

/** Runs a command so often. @throws Error where it fails */
async function figureOf(argv: readonly string[], rounds: number, folder: string): Promise<Figure> {
  const figures: Figure[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const file = join(folder, 'memory');
    const run = await measure(
      { argv: ['/usr/bin/time', '--format', '%M', '--output', file, ...argv], env: {} },
      folder,
      new AbortController().signal,
    );
    if (run.status !== 0) throw new Error(`${argv.join(' ')} ended with ${run.status ?? 'a signal'}: ${run.stderr.slice(-500)}`);
    figures.push({ seconds: run.milliseconds / 1000, memory: Number(readFileSync(file, 'utf8').trim()) / 1024 });
    say(`${argv.slice(0, 3).join(' ')} …: ${(run.milliseconds / 1000).toFixed(2)} s`);
  }
  return { seconds: median(figures.map(({ seconds }) => seconds)) ?? 0, memory: median(figures.map(({ memory }) => memory)) ?? 0 };
}

async function bench(folder: string): Promise<string> {
  await installNeeds(say, ['peers', 'bench']);
  const hosts = writeInventory(folder, SIZE.hosts);
  const many = writeInventory(folder, LISTED);
  const [ours, theirs] = [writePlaybook(folder, SIZE, 'set'), writePlaybook(folder, SIZE, 'set_fact')];
  const tsplay = await figureOf([...TSPLAY, 'run', ours, '-i', hosts, '--list-tasks'], ROUNDS, folder);
  const listing = await figureOf([...TSPLAY, 'inventory', '-i', many, '--list'], ROUNDS, folder);
  const ansible = await figureOf(['ansible-playbook', '-i', hosts, '--list-tasks', theirs], 1, folder);
  const theirListing = await figureOf(['ansible-inventory', '-i', many, '--list'], 1, folder);
  const { 'ansible-core': version } = await readVersions();
  const row = (what: string, figure: Figure): string => `| ${what} | ${figure.seconds.toFixed(2)} s | ${Math.round(figure.memory)} MiB |`;
  const goal = (what: string, bound: string, measured: string, isMet: boolean): string =>
    `| ${what} | ${bound} | ${measured} | ${isMet ? 'met' : 'missed'} |`;
  return `# The loading bench

Written by \`npm run bench:loading\` on ${new Date().toISOString().slice(0, 10)}: ${SIZE.plays} plays of ${SIZE.tasks} tasks on ${SIZE.hosts} hosts are read and listed, and an
inventory of ${LISTED} hosts; nothing connects. tsplay ${ROUNDS} times, the middle of them; Ansible once. tsplay compiles all of it and checks
every name, which Ansible leaves to the run.

- machine: ${await describeMachine()}
- ansible-core ${version ?? 'of another version'}
- commit: ${await describeCommit()}

| goal | bound | measured |  |
| --- | --- | --- | --- |
${goal('--list-tasks: time, as a share of Ansible’s', 'at most 0.1', (tsplay.seconds / ansible.seconds).toFixed(3), tsplay.seconds <= ansible.seconds / 10)}
${goal('--list-tasks: memory', 'at most 500 MiB', `${Math.round(tsplay.memory)} MiB`, tsplay.memory <= 500)}
${goal(`a list of ${LISTED} hosts`, 'under 1 s', `${listing.seconds.toFixed(2)} s`, listing.seconds < 1)}

|  | time | memory |
| --- | --- | --- |
${row('tsplay run --list-tasks', tsplay)}
${row('ansible-playbook --list-tasks', ansible)}
${row('tsplay inventory --list', listing)}
${row('ansible-inventory --list', theirListing)}
`;
}

const folder = mkdtempSync(join(tmpdir(), 'tsplay-loading-'));
try {
  const page = await bench(folder);
  writeFileSync(PAGE, page);
  process.stdout.write(page);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
