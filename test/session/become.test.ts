// Becoming another user: once per session, and refusals in sudo's own words.
import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { readFileSync } from 'node:fs';
import { command, print, withBench } from './support/exchange.ts';
import { SHELLS } from './support/host-shells.ts';

const become = { method: 'sudo', user: 'root' } as const;

describe('become', () => {
  for (const shell of SHELLS) {
    it(`asks sudo once for a whole session under ${shell}`, () =>
      withBench({ shell, sudo: 'passes', become }, async ({ session, server, counters }) => {
        assert.equal(session.user, 'root');
        for (let round = 0; round < 3; round++) assert.equal(await print(session, 'echo in'), 'in\n');
        assert.deepEqual(server.commandLines, [
          `exec sh -c 'LC_ALL=C; export LC_ALL; exec sudo -n -H -u "$2" -- sh -c "$1"' sh 'read -r x; eval "$x"' 'root'`,
        ]);
        assert.equal(counters.roundTrips, 3);
        await session.upload(`${server.directory}/body`, Readable.from(['body']), 4);
        assert.equal(readFileSync(`${server.directory}/body`, 'utf8'), 'body');
        assert.deepEqual(server.commandLines[1], server.commandLines[0]);
      }));

    it(`gives sudo's refusal and the way out under ${shell}`, () =>
      withBench({ shell, sudo: 'refuses', become }, async ({ session }) => {
        const expected = {
          name: 'UnreachableError',
          reason: 'become',
          message:
            'tester cannot become root on web1: sudo: a password is required, ' +
            'set become_password or give -K, or let tester run sudo without a password: tester ALL=(root) NOPASSWD: ALL',
        };
        await assert.rejects(session.exchange([command(':')]), expected);
        await assert.rejects(session.upload('/nonexistent/x', Readable.from(['x']), 1), expected);
      }));
  }

  it('says what to do where there is no sudo', () =>
    withBench({ sudo: 'missing', become }, async ({ session }) => {
      await assert.rejects(session.exchange([command(':')]), {
        reason: 'become',
        message:
          /^tester cannot become root on web1: .*sudo: not found, install sudo there, name another become_method, or log in as root and leave out become$/,
      });
    }));

  it('refuses a user name that a shell could read otherwise', async () => {
    await assert.rejects(
      withBench({ sudo: 'passes', become: { method: 'sudo', user: "x'; reboot" } }, () => Promise.resolve()),
      { reason: 'become', message: `cannot become "x'; reboot": that is not a user name` },
    );
  });
});
