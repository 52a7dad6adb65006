// A sample of `npm run test:breaks`: a run of playbooks/kafka.yml breaks at one place, and the next one ends as if nothing had been.
import assert from 'node:assert/strict';
import { seeded, seedOfThisRun } from '../support/seeded.ts';
import { measureExtent, nameOfBreak, tryBreak, type Break, type Extent } from './support/breaks.ts';
import { needLab } from './support/lab-inventory.ts';

describe('playbooks/kafka.yml that breaks on its way', function () {
  this.timeout(600_000);
  const seed = seedOfThisRun();
  const random = seeded(seed);
  let extent: Extent;

  before(async function () {
    this.timeout(600_000);
    await needLab(this);
    extent = await measureExtent();
    assert.ok(extent.answers > 20, `${extent.answers} answers`);
  });

  const among = (count: number): number => 1 + Math.floor(random() * count);
  const mends = async (place: Break): Promise<void> => {
    assert.deepEqual(await tryBreak(place), [], `SEED=${seed}: ${nameOfBreak(place)}`);
    process.stdout.write(`      SEED=${seed}: ${nameOfBreak(place)}\n`);
  };

  it('is mended where the link broke behind an answer', () => mends({ kind: 'answer', number: among(extent.answers) }));
  it('is mended where the controller was killed', () =>
    mends({ kind: 'moment', number: among(extent.events), milliseconds: Math.floor(random() * 1500) }));
});
