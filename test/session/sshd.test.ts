// The same session against OpenSSH's own sshd, on loopback, by each client.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { SessionPool } from '../../src/session/pool.ts';
import { CLIENTS, command, print, text } from './support/exchange.ts';
import { hasSshd, startSshd, type Sshd } from './support/sshd.ts';
import { skipBecause } from '../support/skip.ts';

for (const connection of CLIENTS) {
  describe(`sshd, by ${connection}`, function () {
    let sshd: Sshd;

    before(async function () {
      if (!hasSshd()) skipBecause(this, 'there is no sshd; install openssh-server');
      sshd = await startSshd(() => ['MaxSessions 3']);
    });
    after(() => sshd[Symbol.asyncDispose]());

    const newPool = (): SessionPool => new SessionPool(() => sshd.spec({ connection }));

    it('answers frames, ends what is late, and takes bodies', async () => {
      await using pool = newPool();
      const session = await pool.get('real');
      const results = await session.exchange([
        command('echo out; echo err >&2'),
        command('head -c 200000 /dev/zero'),
        command('sleep 20', { timeout: 300 }),
      ]);
      assert.deepEqual(
        results.map(({ outcome, stdout }) => [outcome, stdout.length]),
        [
          ['exited', 4],
          ['exited', 200_000],
          ['timed-out', 0],
        ],
      );
      assert.equal(text(results[0]).stderr, 'err\n');
      const body = Buffer.alloc(3_000_000, 'body');
      await session.upload(join(sshd.directory, 'uploaded'), Readable.from([body]), body.length);
      assert.ok(readFileSync(join(sshd.directory, 'uploaded')).equals(body));
    });

    it('waits for a free place where sshd allows few channels', async () => {
      await using pool = newPool();
      const session = await pool.get('real');
      const uploads = Array.from({ length: 8 }, (_, index) =>
        session.upload(join(sshd.directory, `many-${index}`), Readable.from(['x'.repeat(1000)]), 1000),
      );
      await Promise.all([print(session, 'sleep 0.2; echo frame'), ...uploads]);
      assert.equal(pool.counters.uploads, 8);
    });
  });
}
