// Files as people mistype them: a letter, an indent, a type, a missing key, a tab, a duplicate. No crash, and each refusal points at the fault.
// SEED=n repeats what was seen, MUTATIONS=n says how many.
import assert from 'node:assert/strict';
import { seeded, seedOfThisRun } from '../support/seeded.ts';
import { judge } from './judge.ts';
import { KINDS, mutate, type Mutation } from './mutate.ts';
import { Workshop, type Subject } from './subjects.ts';

const COUNT = Number(process.env['MUTATIONS'] ?? 200);
const SEED = seedOfThisRun();

describe('mutations of the shipped files', () => {
  let workshop: Workshop;
  before(() => (workshop = new Workshop()));
  after(() => workshop[Symbol.dispose]());

  it('are of files that compile as they are', async function () {
    this.timeout(60_000);
    for (const subject of workshop.subjects()) await workshop.compile(subject, subject.text);
  });

  it(`${COUNT} of them are compiled, or refused within two lines of the fault`, async function () {
    this.timeout(60_000 + COUNT * 1000);
    const random = seeded(SEED);
    const subjects = workshop.subjects();
    const counts = { refused: 0, compiled: 0, wrong: 0 };
    const wrong: string[] = [];
    for (let index = 0; index < COUNT; index += 1) {
      const { subject, mutation } = next(subjects, random);
      const verdict = await judge(workshop, subject, mutation);
      counts[verdict.kind] += 1;
      if (verdict.kind === 'wrong')
        wrong.push(`${subject.file}:${mutation.lines.join('-')} ${mutation.kind}, ${mutation.says}\n  ${verdict.words}`);
    }
    process.stdout.write(`    SEED=${SEED}: ${counts.refused} refused, ${counts.compiled} compiled, ${counts.wrong} wrong\n`);
    assert.equal(wrong.length, 0, `SEED=${SEED}\n${wrong.join('\n')}`);
  });
});

/** A fault in one of the files: longer ones are chosen as often as short ones. */
function next(subjects: readonly Subject[], random: () => number): { readonly subject: Subject; readonly mutation: Mutation } {
  for (;;) {
    const subject = subjects[Math.floor(random() * subjects.length)];
    const kind = KINDS[Math.floor(random() * KINDS.length)];
    const mutation = subject && kind && mutate(subject.text, kind, random);
    if (mutation) return { subject, mutation };
  }
}
