// What runs too long is ended, named, and costs nobody else their results.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { command, print, text, until, WAYS, withBench } from './support/exchange.ts';

const limits = { start: 5000, grace: 400 };

for (const { name, ...way } of WAYS) {
  describe(`timeouts under ${name}`, () => {
    it('ends the command that is late, keeps the earlier results, and does not run the later ones', () =>
      withBench({ ...way, limits }, async ({ session }) => {
        const results = await session.exchange([
          command('echo early; exit 4'),
          command('echo part; echo words >&2; sleep 30; echo never', { timeout: 300 }),
          command('echo later'),
        ]);
        assert.deepEqual(results.map(text), [
          { outcome: 'exited', status: 4, stdout: 'early\n', stderr: '' },
          { outcome: 'timed-out', status: 143, stdout: 'part\n', stderr: 'words\n' },
          { outcome: 'not-run', status: 0, stdout: '', stderr: '' },
        ]);
        assert.equal(await print(session, 'echo usable'), 'usable\n');
      }));

    it('ends processes that ignore being asked, and those that they started', () =>
      withBench({ ...way, limits }, async ({ session, server }) => {
        const stubborn = `trap "" TERM; (while :; do sleep 1; done) & echo $! >"$HOME/child"; while :; do sleep 1; done`;
        const [result] = await session.exchange([command(stubborn, { timeout: 300 })]);
        assert.deepEqual([result?.outcome, result?.status], ['timed-out', 137]);
        await until(() => !isRunning(`${server.directory}/child`), 'the child is ended');
      }));

    it('ends what outlives the command that started it', () =>
      withBench({ ...way, limits }, async ({ session, server }) => {
        const script = `sh -c 'trap "" TERM; echo $$ >"$HOME/child"; while :; do sleep 1; done' & wait`;
        const [result] = await session.exchange([command(script, { timeout: 300 })]);
        assert.deepEqual([result?.outcome, result?.status], ['timed-out', 143]);
        await until(() => !isRunning(`${server.directory}/child`), 'the child is ended');
      }));

    it('gives each command its own time', () =>
      withBench({ ...way, limits }, async ({ session }) => {
        const begun = Date.now();
        const results = await session.exchange([
          command('sleep 1.2', { timeout: 15_000 }),
          command('sleep 1.2', { timeout: 15_000 }),
          command('sleep 30', { timeout: 500 }),
        ]);
        assert.deepEqual(
          results.map(({ outcome }) => outcome),
          ['exited', 'exited', 'timed-out'],
        );
        assert.ok(Date.now() - begun < 12_000);
      }));

    it('does not end a slow command for the short time of a later one', () =>
      withBench({ ...way, limits }, async ({ session }) => {
        const results = await session.exchange([
          command('sleep 1.8; echo done', { timeout: 5000 }),
          command('echo quick', { timeout: 100 }),
        ]);
        assert.deepEqual(
          results.map(result => text(result).stdout),
          ['done\n', 'quick\n'],
        );
      }));

    it('ends what runs when it is aborted, then rejects with the reason', () =>
      withBench({ ...way, limits }, async ({ session, server }) => {
        const abort = new AbortController();
        const answer = session.exchange(
          [command('echo $$ >"$HOME/loop"; sh -c "echo \\$\\$ >\\$HOME/pid; exec sleep 30"'), command('touch "$HOME/ran"')],
          abort.signal,
        );
        const pid = `${server.directory}/pid`;
        await until(() => existsSync(pid) && readFileSync(pid).length > 0, 'the command begins');
        const reason = new Error('enough');
        abort.abort(reason);
        await assert.rejects(answer, error => error === reason);
        await until(() => !isRunning(pid), 'what ran is ended');
        assert.equal(await print(session, 'ls "$HOME" | grep -c ran'), '0\n');
      }));
  });
}

describe('timeouts', () => {
  it('reject what is aborted before its turn without sending it', () =>
    withBench({ limits }, async ({ session, counters }) => {
      const first = print(session, 'sleep 0.3; echo first');
      const reason = new Error('not wanted');
      const abort = new AbortController();
      const second = session.exchange([command('echo second')], abort.signal);
      abort.abort(reason);
      await assert.rejects(second, error => error === reason);
      const third = session.exchange([command('echo third')], abort.signal);
      const before = await Promise.race([first, third.catch(() => 'rejected')]);
      assert.equal(before, 'rejected');
      assert.equal(await first, 'first\n');
      assert.equal(counters.roundTrips, 1);
    }));

  it('fetch what there is when the shell itself hangs, and start another', () =>
    withBench({ limits }, async ({ session }) => {
      // A stopped loop answers nothing, whatever becomes of its children.
      const results = await session.exchange([
        command('echo early'),
        command('echo part; kill -STOP $$; sleep 30', { timeout: 300 }),
        command('echo later'),
      ]);
      assert.deepEqual(results.map(text), [
        { outcome: 'exited', status: 0, stdout: 'early\n', stderr: '' },
        { outcome: 'timed-out', status: 137, stdout: 'part\n', stderr: '' },
        { outcome: 'not-run', status: 0, stdout: '', stderr: '' },
      ]);
      assert.equal(await print(session, 'echo again'), 'again\n');
    }));

  it('say what hangs when a shell does not start', () =>
    withBench({ limits: { start: 300, grace: 300 }, sudo: 'hangs', become: { method: 'sudo', user: 'root' } }, async ({ session }) => {
      await assert.rejects(session.exchange([command(':')]), {
        reason: 'timeout',
        message: 'sudo to root on web1 did not start sh within 0.3 s, look at what hangs there (PAM, logind, a name service)',
      });
    }));
});

/** Whether the process whose number a file holds still runs; one that only waits to be counted does not. */
function isRunning(pidFile: string): boolean {
  const stat = `/proc/${readFileSync(pidFile, 'utf8').trim()}/stat`;
  return existsSync(stat) && !/\) Z /.test(readFileSync(stat, 'utf8'));
}
