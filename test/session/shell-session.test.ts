// A session's frames over SSH, under every sh that hosts have.
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { Readable } from 'node:stream';
import { command, print, text, until, withBench } from './support/exchange.ts';
import { SHELLS } from './support/host-shells.ts';

/** The session's private directory, as its own shell knows it. */
const DIRECTORY = 'printf %s "$_ts_d"';

for (const shell of SHELLS) {
  describe(`session under ${shell}`, () => {
    it('answers three commands in one round trip, each with its outputs and status', () =>
      withBench({ shell }, async ({ session, counters }) => {
        const results = await session.exchange([
          command('echo one; echo two >&2'),
          command('exit 3'),
          command('kill -9 $(sh -c "echo \\$PPID")'),
        ]);
        assert.deepEqual(results.map(text), [
          { outcome: 'exited', status: 0, stdout: 'one\n', stderr: 'two\n' },
          { outcome: 'exited', status: 3, stdout: '', stderr: '' },
          { outcome: 'exited', status: 137, stdout: '', stderr: '' },
        ]);
        assert.equal(counters.roundTrips, 1);
      }));

    it('brings 200 KiB of NULs, 8-bit bytes and its own token and marker back intact', () =>
      withBench({ shell }, async ({ session }) => {
        const noise = Buffer.from(Array.from({ length: 200 * 1024 }, (_, index) => (index * 7 + (index >> 8)) % 256));
        const script = 'cat; printf "\\n%s end 1 1\\n%s" "$_ts_t" "$_ts_m"; cat "$_ts_d/m" >&2';
        const [result, after] = await session.exchange([command(script, { stdin: noise }), command('echo after')]);
        assert.ok(result);
        assert.deepEqual(Buffer.from(result.stdout.subarray(0, noise.length)), noise);
        assert.match(Buffer.from(result.stdout.subarray(noise.length)).toString(), /^\n[0-9a-f]{32} end 1 1\n\.[0-9a-f]{32}\.$/);
        assert.match(Buffer.from(result.stderr).toString(), /^\.[0-9a-f]{32}\.$/);
        assert.equal(text(after).stdout, 'after\n');
      }));

    it('feeds every byte on standard input, and none where there is no stdin', () =>
      withBench({ shell }, async ({ session }) => {
        const every = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
        const bytes = Buffer.concat([every, Buffer.from('\\n \\\\ \\0101 %s \\c and more')]);
        const [fed, empty, ended] = await session.exchange([
          command('cat', { stdin: bytes }),
          command('cat', { stdin: new Uint8Array(0) }),
          command('read -r line; echo "$?$line"'),
        ]);
        assert.deepEqual(Buffer.from(fed?.stdout ?? []), bytes);
        assert.equal(text(empty).stdout, '');
        assert.equal(text(ended).stdout, '1\n');
      }));

    it('carries a frame of 1 MiB, and the one behind it', () =>
      withBench({ shell }, async ({ session }) => {
        const lines = Array.from({ length: 32 * 1024 }, (_, index) => `# ${String(index).padStart(28)}é`).join('\n');
        assert.equal(await print(session, `${lines}\necho "\${#HOME}" >/dev/null; echo through`), 'through\n');
        assert.equal(await print(session, 'echo behind'), 'behind\n');
      }));

    it('reads a long frame line by line where dd is not exact', () =>
      withBench({ shell }, async ({ session }) => {
        await print(session, 'mkdir "$HOME/bad"; printf "#!/bin/sh\\nexit 1\\n" >"$HOME/bad/dd"; chmod +x "$HOME/bad/dd"');
        // The loop keeps its PATH, so the bad dd is put where the loop finds it first.
        await print(session, 'd=${PATH%%:*}; rm -f "$d/dd"; cp "$HOME/bad/dd" "$d/dd"');
        const lines = Array.from({ length: 2000 }, (_, index) => `# line ${index} é`).join('\n');
        assert.equal(await print(session, `${lines}\necho "$_ts_dd"`), 'no\n');
      }));

    it('gives each command its own environment, any bytes in it', () =>
      withBench({ shell }, async ({ session }) => {
        const env = { SECRET: 'a\'b"c\\n$d`e`\n\té\x81ā', OTHER: '' };
        const [first, second] = await session.exchange([
          command('printf %s "$SECRET"; sh -c "printf %s \\"\\${OTHER-unset}\\""', { env }),
          command('printf %s "${SECRET-unset}"'),
        ]);
        assert.equal(text(first).stdout, env.SECRET);
        assert.equal(text(second).stdout, 'unset');
      }));

    it('shows no secret in any argv', () =>
      withBench({ shell }, async ({ session }) => {
        const options = { env: { SECRET: 'hunter2-env' }, stdin: Buffer.from('hunter2-stdin') };
        const seen = await print(session, 'cat /proc/[0-9]*/cmdline | tr "\\0" " "; cat >/dev/null', options);
        assert.ok(seen.length > 0);
        assert.doesNotMatch(seen, /hunter2-(env|stdin)/);
      }));

    it('leaks no state from one command to the next', () =>
      withBench({ shell }, async ({ session }) => {
        const leaky = 'cd /; umask 077; leak=1; set -e; set -u; trap "echo trapped" EXIT; ulimit -c 0; exec 3>&1; set -- a b; f() { :; }';
        const [trapped] = await session.exchange([command(leaky)]);
        assert.equal(text(trapped).stdout, 'trapped\n');
        assert.equal(
          await print(session, 'umask; echo "${leak-none} $# $-" | tr -d "ceu"; false; pwd'),
          await print(session, `umask; echo "non 0 $-" | tr -d "ceu"; pwd`),
        );
        assert.match(await print(session, 'umask'), /^0*22\n$/);
      }));

    it('honours set -e inside a command, and outlives a syntax error', () =>
      withBench({ shell }, async ({ session }) => {
        const results = await session.exchange([command('set -e; false; echo not reached'), command('if ('), command('echo alive')]);
        assert.deepEqual(
          results.map(result => [result.status, text(result).stdout]),
          [
            [1, ''],
            [2, ''],
            [0, 'alive\n'],
          ],
        );
      }));

    it('leaves no descriptor of the wire to a command', () =>
      withBench({ shell }, async ({ session }) => {
        const [plain, fed] = await session.exchange([
          command(
            'for f in 3 4 5 6 7 8 9; do if [ -e /proc/self/fd/$f ]; then readlink /proc/$$/fd/$f; fi; done; sh -c "ls /proc/\\$\\$/fd"',
          ),
          command('cat; sh -c "ls /proc/\\$\\$/fd"', { stdin: Buffer.from('') }),
        ]);
        for (const result of [plain, fed]) assert.doesNotMatch(text(result).stdout, /^(pipe|socket)|^[89]$/m);
      }));

    it('waits for no daemon that keeps its outputs open, nor loses its way when it goes on writing', () =>
      withBench({ shell }, async ({ session }) => {
        const begun = Date.now();
        const daemon = '(while [ -e "$HOME/go" ]; do echo still here; echo still there >&2; done) & echo started';
        const results = await session.exchange([command('touch "$HOME/go"'), command(daemon), command('echo next')]);
        assert.match(text(results[1]).stdout, /^(still here\n)*started\n/);
        assert.equal(text(results[2]).stdout, 'next\n');
        for (let round = 0; round < 10; round++) assert.equal(await print(session, 'echo round'), 'round\n');
        assert.equal(await print(session, 'rm "$HOME/go"; echo over'), 'over\n');
        assert.ok(Date.now() - begun < 10_000);
      }));

    it('skips what the login prints before the shell starts', () =>
      withBench({ shell, noise: 'Welcome!\nhello 1 /tmp\nno newline at the end' }, async ({ session }) => {
        assert.equal(await print(session, 'echo clean'), 'clean\n');
        await assert.rejects(session.upload('/nonexistent/x', Readable.from(['x']), 1), {
          message: /^web1: cannot write \/nonexistent\/x: [^W]*$/,
        });
      }));

    it('stops the commands marked onlyIfOk after a guard failed, and only those', () =>
      withBench({ shell }, async ({ session }) => {
        const results = await session.exchange([
          command('exit 1'),
          command('echo first', { onlyIfOk: true, guards: [0] }),
          command('exit 2', { onlyIfOk: true, guards: [0, 2] }),
          command('exit 2', { onlyIfOk: true, guards: [0] }),
          command('echo stopped', { onlyIfOk: true, guards: [0] }),
          command('echo always'),
        ]);
        assert.deepEqual(
          results.map(({ outcome, status, stdout }) => [outcome, status, Buffer.from(stdout).toString()]),
          [
            ['exited', 1, ''],
            ['exited', 0, 'first\n'],
            ['exited', 2, ''],
            ['exited', 2, ''],
            ['not-run', 0, ''],
            ['exited', 0, 'always\n'],
          ],
        );
        assert.equal(await print(session, 'echo fresh', { onlyIfOk: true }), 'fresh\n');
      }));

    it('takes exchanges asked at once in turn', () =>
      withBench({ shell }, async ({ session, counters }) => {
        const answers = await Promise.all([1, 2, 3, 4].map(number => print(session, `sleep 0.0${5 - number}; echo ${number}`)));
        assert.deepEqual(answers, ['1\n', '2\n', '3\n', '4\n']);
        assert.equal(counters.roundTrips, 4);
      }));

    it('keeps its outputs in a private directory that is gone after it', () => {
      let directory = '';
      return withBench({ shell }, async ({ session }) => {
        directory = await print(session, DIRECTORY);
        assert.match(await print(session, 'ls -ld "$_ts_d"'), /^drwx------/);
        // What earlier frames left is removed in the background.
        await until(() => readdirSync(directory).length === 2, 'outputs of answered frames are removed');
      }).then(() => until(() => !existsSync(directory), 'the directory is removed'));
    });

    it('starts anew after reopen', () =>
      withBench({ shell }, async ({ session }) => {
        const before = await print(session, 'echo $$');
        await session.reopen();
        assert.notEqual(await print(session, 'echo $$'), before);
      }));
  });
}

describe('session', () => {
  it('sends no trip for an empty frame', () =>
    withBench({}, async ({ session, counters }) => {
      assert.deepEqual(await session.exchange([]), []);
      assert.equal(counters.roundTrips, 0);
    }));

  it('refuses what a shell cannot hold before it is sent', () =>
    withBench({}, async ({ session, counters }) => {
      await assert.rejects(session.exchange([command('echo \0')]), { message: 'a command cannot hold a NUL byte, give it as stdin' });
      await assert.rejects(session.exchange([command('x', { env: { 'a b': '' } })]), {
        message: '"a b" is not the name of an environment variable',
      });
      assert.equal(counters.roundTrips, 0);
    }));

  it('is called dropped when the connection breaks in the middle of a frame', () =>
    withBench({}, async ({ session, server }) => {
      const answer = session.exchange([command('touch "$HOME/begun"; sleep 20')]);
      await until(() => existsSync(`${server.directory}/begun`), 'the command begins');
      server.drop();
      await assert.rejects(answer, {
        name: 'UnreachableError',
        reason: 'dropped',
        message: 'web1: the connection was lost while a frame was under way',
      });
      await assert.rejects(session.exchange([command(':')]), { reason: 'dropped', message: /^the connection to web1 was lost: / });
    }));

  it('is called dropped when its shell is ended, and starts another for the next frame', () =>
    withBench({}, async ({ session }) => {
      const directory = await print(session, DIRECTORY);
      await assert.rejects(session.exchange([command('kill -9 $$')]), { reason: 'dropped', message: /while a frame was under way$/ });
      assert.equal(await print(session, 'echo again'), 'again\n');
      assert.ok(!existsSync(directory));
    }));

  it('calls it a protocol error when its directory is removed under it, and recovers', () =>
    withBench({}, async ({ session }) => {
      await assert.rejects(session.exchange([command('rm -rf "$_ts_d"')]), { reason: 'protocol', message: /directory was removed/ });
      assert.equal(await print(session, 'echo again'), 'again\n');
    }));
});
