// The account facts read on this machine, under every shell that hosts have.
import assert from 'node:assert/strict';
import { groupAccount, userAccount } from '../../../src/facts/account.ts';
import { readUnder, shellsHere } from '../host/shells.ts';

for (const shell of shellsHere) {
  describe(`facts/account under ${shell}`, () => {
    it('reads root', () => {
      const root = readUnder(shell, userAccount({ name: 'root' }));
      assert.deepEqual(
        { exists: root.exists, uid: root.uid, gid: root.gid, group: root.group },
        { exists: true, uid: 0, gid: 0, group: 'root' },
      );
      assert.equal(root.groups.includes('root'), false);
    });

    it('reads a user and a group that are not there as absent', () => {
      assert.equal(readUnder(shell, userAccount({ name: 'nobody-of-this-name' })).exists, false);
      assert.deepEqual(readUnder(shell, groupAccount({ name: 'nobody-of-this-name' })), { exists: false, gid: null });
    });

    it('takes a number for a name, never for an id', () => {
      assert.equal(readUnder(shell, userAccount({ name: '0' })).exists, false);
      assert.equal(readUnder(shell, groupAccount({ name: '0' })).exists, false);
    });

    it('reads a group', () => {
      assert.deepEqual(readUnder(shell, groupAccount({ name: 'root' })), { exists: true, gid: 0 });
    });
  });
}
