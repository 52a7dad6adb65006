// All tests in one go: the static checks, then every test file, the lab last. Ends with `N passed, N failed, N skipped`.
import { fork, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Mocha from 'mocha';
import { installNeeds } from '../src/lab/install-needs.ts';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');
const isQuick = process.argv.includes('--quick');

/** Checks that need no host; the build before this was the type check. */
const CHECKS = [
  ['lint', ['eslint', '.']],
  ['format', ['prettier', '--check', '--log-level', 'warn', '.']],
  ['dead code', ['knip']],
] as const;

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const counts: Counts = { passed: 1, failed: 0, skipped: 0 };
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** A child of this very program runs one file and tells what came of it. */
const [only] = process.argv.slice(2).filter(word => word.endsWith('.test.js'));
if (only !== undefined) {
  counts.passed = 0;
  await runMocha([only]);
  if (process.send === undefined) process.exit(counts.failed > 0 ? 1 : 0);
  // Not before it has been heard.
  await new Promise<void>(resolve => process.send?.(counts, () => resolve()));
  process.exit(0);
}

say('✓ types');
for (const [name, argv] of CHECKS) {
  const { status } = spawnSync('npx', ['--no-install', ...argv], { cwd: root, stdio: 'inherit' });
  say(`${status === 0 ? '✓' : '✗'} ${name}`);
  counts[status === 0 ? 'passed' : 'failed'] += 1;
}
await install();
const files = (readdirSync(here, { recursive: true }) as string[]).filter(file => file.endsWith('.test.js')).sort();
const isLab = (file: string): boolean => file.startsWith('lab/');
await runMocha(files.filter(file => !isLab(file) && !(isQuick && file.startsWith('conformance/'))));
if (!isQuick) await runLabs(files.filter(isLab));
say(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(counts.failed > 0 ? 1 : 0);

/** What the tests need from Debian, by name. Where it cannot be installed, what needs it says so itself. */
async function install(): Promise<void> {
  try {
    await installNeeds(say, ['tests']);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
  }
}

/** Two labs stand side by side: those with Kafka's many JVMs one after the other, the others beside and behind them. */
async function runLabs(labs: readonly string[]): Promise<void> {
  const isHeavy = (file: string): boolean => /\/(kafka|prod)/.test(file);
  const waiting = labs.filter(file => !isHeavy(file));
  const runWaiting = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) await runApart(name);
  };
  const runHeavy = async (): Promise<void> => {
    for (const name of labs.filter(isHeavy)) await runApart(name);
    await runWaiting();
  };
  await Promise.all([runHeavy(), runWaiting()]);
}

/** Runs a file in a process of its own; what it prints is shown in one piece. */
async function runApart(name: string): Promise<void> {
  const child = fork(fileURLToPath(import.meta.url), [name], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  let told: Counts | undefined;
  child.on('message', message => (told = message as Counts));
  await new Promise(resolve => child.on('close', resolve));
  process.stdout.write(Buffer.concat(chunks));
  if (told === undefined) say(`✗ ${name} ended before it had counted its tests`);
  const { passed, failed, skipped } = told ?? { passed: 0, failed: 1, skipped: 0 };
  counts.passed += passed;
  counts.failed += failed;
  counts.skipped += skipped;
}

async function runMocha(names: readonly string[]): Promise<void> {
  const mocha = new Mocha({ timeout: 20_000, forbidOnly: true });
  names.forEach(name => mocha.addFile(join(here, name)));
  await mocha.loadFilesAsync();
  await new Promise<void>(resolve => {
    const runner = mocha.run(() => resolve());
    runner.on('pass', () => (counts.passed += 1));
    runner.on('fail', () => (counts.failed += 1));
    runner.on('pending', () => (counts.skipped += 1));
  });
}
