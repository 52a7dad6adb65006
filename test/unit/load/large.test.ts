// Inventories of thousands: what is done for each host does not grow with their number. Counted, not timed.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { matchPattern } from '../../../src/load/inventory/pattern.ts';
import { readVariableFiles } from '../../../src/load/variables/variable-files.ts';

const COUNT = 2000;
const NAMES = Array.from({ length: COUNT }, (_, index) => `host${index}`);

/** The names, and how often one of them was looked at. */
function counted(): { readonly names: readonly string[]; readonly looks: () => number } {
  let looks = 0;
  const names = new Proxy(NAMES, {
    get(target, key, receiver): unknown {
      if (typeof key === 'string' && /^\d+$/.test(key)) looks += 1;
      return Reflect.get(target, key, receiver);
    },
  });
  return { names, looks: () => looks };
}

const silent = (): undefined => undefined;

describe('large inventories', () => {
  it('match a pattern without looking through a group for each host', () => {
    const { names, looks } = counted();
    const inventory = { hosts: new Map(), groups: new Map([['all', names] as const, ['web', names] as const]), written: names };
    const found = matchPattern('all:&web', inventory, { noun: 'pattern', at: undefined }, silent);
    assert.equal(found.length, COUNT);
    assert.ok(looks() <= 4 * COUNT, `${looks()} looks`);
  });

  it('read files of variables without looking through the hosts for each file', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'tsplay-large-'));
    try {
      await mkdir(join(directory, 'host_vars'));
      const files = [...NAMES.slice(0, 100), ...Array.from({ length: 100 }, (_, index) => `node${index}`)];
      await Promise.all(files.map(name => writeFile(join(directory, 'host_vars', `${name}.yml`), 'v: 1\n')));
      const { names, looks } = counted();
      const found = await readVariableFiles(join(directory, 'host_vars'), names, { cwd: directory, report: silent, note: silent });
      assert.equal(found.size, 100);
      assert.ok(looks() <= 4 * COUNT, `${looks()} looks`);
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});
