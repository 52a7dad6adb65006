// The unit facts read on this machine, under every shell that hosts have: with systemd running or without.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { unitProcess } from '../../../src/facts/systemd/process.ts';
import { unitState } from '../../../src/facts/systemd/unit.ts';
import { readUnder, shellsHere } from '../host/shells.ts';

const hasSystemd = existsSync('/run/systemd/system');

for (const shell of shellsHere) {
  describe(`facts/systemd under ${shell}`, () => {
    it('finds no unit that is not there', () => {
      const { load, active } = readUnder(shell, unitState({ unit: 'no-unit-of-this-name.service' }));
      assert.deepEqual({ load, active }, { load: hasSystemd ? 'not-found' : 'no-systemd', active: 'inactive' });
    });

    it('finds no process of it', () => {
      assert.equal(readUnder(shell, unitProcess({ unit: 'no-unit-of-this-name.service' })).pid, 0);
    });
  });
}
