// Sequences of module calls on real hosts: what a check foretells is what the run changes, from any state, and a second run finds nothing to do.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MODULES } from '../../src/modules/registry.ts';
import { SMALL_BLOB } from './modules/materials.ts';
import { writeTar } from '../unit/artifact/write-tar.ts';
import { seedOfThisRun } from '../support/seeded.ts';
import { figureLines, figuresOf } from './property/figures.ts';
import { ALL_MAKERS } from './property/makers.ts';
import { runSequences } from './property/run-sequences.ts';
import { shrink } from './property/shrink.ts';
import { needLab } from './support/lab-inventory.ts';
import { startWrittenLab, type WrittenLab } from './support/written-lab.ts';

/** The sample of `npm test` is the same each time; SEED asks for another. */
const FIRST_SEED = 300;
const SEQUENCES = Number(process.env['SEQUENCES'] ?? 12);
const HOSTS = ['h1', 'h2', 'h3', 'h4'] as const;
/** Above that, too much would be left out of the comparison. */
const UNKNOWN_SHARE = 0.1;

describe('sequences of module calls', function () {
  let lab: WrittenLab | undefined;
  before(async function () {
    this.timeout(600_000);
    await needLab(this);
    lab = await startWrittenLab(HOSTS, writePoolMaterials);
  });
  after(async function () {
    this.timeout(120_000);
    await lab?.[Symbol.asyncDispose]();
  });

  it('are made of every module', () => {
    assert.deepEqual(
      Object.keys(MODULES).filter(name => !(name in ALL_MAKERS)),
      [],
    );
  });

  it('are made smaller as long as they fail', async () => {
    const fails = (items: readonly number[]): Promise<boolean> => Promise.resolve(items.includes(3) && items.includes(17));
    assert.deepEqual(
      await shrink(
        Array.from({ length: 30 }, (_, index) => index),
        fails,
        200,
      ),
      [3, 17],
    );
  });

  it(`are foretold: ${SEQUENCES} of them`, async function () {
    this.timeout(300_000 + SEQUENCES * 60_000);
    assert.ok(lab, 'the lab is up');
    const first = process.env['SEED'] === undefined ? FIRST_SEED : seedOfThisRun();
    const seeds = Array.from({ length: SEQUENCES }, (_, index) => first + index);
    const { trials, failures } = await runSequences(lab, HOSTS, seeds, process.env['GO_ON'] !== undefined);
    const figures = figuresOf(trials);
    process.stdout.write(
      `${figureLines(figures)
        .map(line => `      ${line}`)
        .join('\n')}\n`,
    );
    assert.deepEqual(failures.length, 0, `\n${failures.join('\n\n')}`);
    assert.ok(figures.unknownShare <= UNKNOWN_SHARE, `${figures.unknown} tasks are unknown, which is too much; SEED=${first}`);
  });
});

async function writePoolMaterials(folder: string): Promise<Readonly<Record<string, string>>> {
  for (const name of ['files', 'templates']) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'files', 'small.bin'), SMALL_BLOB);
  writeFileSync(join(folder, 'templates', 'word.hbs'), '{{ word }} of {{ facts.os.name }}\n');
  const pkg = join(folder, 'pkg.tar.gz');
  await writeTar(pkg, [
    { name: 'pkg/' },
    { name: 'pkg/b/', mode: 0o750 },
    { name: 'pkg/f', content: 'one\n' },
    { name: 'pkg/b/run', mode: 0o755, content: '#!/bin/sh\necho run\n' },
    { name: 'pkg/current', linkname: 'b/run' },
  ]);
  const published = join(folder, 'published.bin');
  writeFileSync(published, 'published\n');
  return { pkg, published };
}
