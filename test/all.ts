// All tests in one go: the static checks, then every test file, the lab last. Ends with `N passed, N failed, N skipped`.
import { spawnSync } from 'node:child_process';
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

const counts = { passed: 1, failed: 0, skipped: 0 };
const say = (line: string): void => void process.stdout.write(`${line}\n`);

say('✓ types');
for (const [name, argv] of CHECKS) {
  const { status } = spawnSync('npx', ['--no-install', ...argv], { cwd: root, stdio: 'inherit' });
  say(`${status === 0 ? '✓' : '✗'} ${name}`);
  counts[status === 0 ? 'passed' : 'failed'] += 1;
}
await install();
const files = (readdirSync(here, { recursive: true }) as string[]).filter(file => file.endsWith('.test.js')).sort();
const isLab = (file: string): boolean => file.startsWith('lab/');
await runMocha(files.filter(file => !isLab(file)));
if (!isQuick) await runMocha(files.filter(isLab));
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
