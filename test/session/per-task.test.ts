// Becoming another user for each command: what sudo is asked, what it writes into its log, and what a list of commands in sudoers lets.
import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import type { Session } from '../../src/session/types.ts';
import { skipBecause } from '../support/skip.ts';
import { Accounts } from './support/accounts.ts';
import { command, print, text, until } from './support/exchange.ts';

describe('becoming another user for each command', function () {
  this.timeout(60_000);
  let accounts: Accounts;
  before(async function () {
    const opened = await Accounts.open();
    if (typeof opened === 'string') skipBecause(this, opened);
    else accounts = opened;
  });
  afterEach(() => accounts.forget());
  after(() => accounts[Symbol.asyncDispose]());

  /** Lends alice's session as another user's. */
  const perTask = async (
    user: string,
    use: (session: Session, own: Session) => Promise<void>,
    method: 'sudo' | 'doas' = 'sudo',
  ): Promise<void> => {
    await using pool = accounts.pool('alice');
    await use(await pool.get('web1', { method, user, mode: 'per_task' }), await pool.get('web1'));
  };
  /** What sudo ran, command by command. */
  const logged = (): readonly string[] =>
    accounts
      .read('/run/sudo.log')
      .trim()
      .split('\n')
      .map(line => line.replace(/^.*COMMAND=/, ''));
  const argv = (...words: readonly string[]) => command(`set -- ${words.join(' ')} && exec "$@"`, { argv: words });

  it('makes a call for each, and none for what is about the session', async () => {
    accounts.sudoers('alice ALL=(ALL) NOPASSWD: ALL');
    await perTask('root', async (session, own) => {
      const results = await session.exchange([
        command('id -un; umask; echo "$LC_ALL"'),
        command('id -un', { ofSession: true }),
        argv('/usr/bin/id', '-un'),
        command('cat; echo "$HOME"', { stdin: Buffer.from('given ') }),
        argv('nothing-there'),
      ]);
      assert.deepEqual(
        results.map(result => text(result).stdout),
        ['root\n0022\nC\n', 'alice\n', 'root\n', 'given /root\n', ''],
      );
      assert.deepEqual([results[4]?.outcome, results[4]?.status], ['exited', 127]);
      assert.equal(await print(own, 'id -un'), 'alice\n');
      assert.equal(session.user, 'root');
    });
    assert.deepEqual(logged(), [
      '/usr/bin/sh -c \'id -un; umask; echo "$LC_ALL"\'',
      '/usr/bin/id -un',
      '/usr/bin/sh -c \'cat; echo "$HOME"\'',
    ]);
  });

  it('keeps the environment out of arguments, and takes scripts longer than an argument can be', async () => {
    accounts.sudoers('alice ALL=(ALL) NOPASSWD: ALL');
    const odd = ' it\'s a\n\\0101 %s "secret" $HOME ü\n';
    await perTask('bob', async session => {
      const show = 'id -un; printf %s "$ODD" | od -c | tail -n 1; tr "\\0" " " </proc/$$/cmdline | grep -c s[e]cret; cat';
      const [one, two] = await session.exchange([
        command(show, { env: { ODD: odd, NONE: '' }, stdin: Buffer.from('body') }),
        command(`: '${'x'.repeat(200_000)}'; printf %s "$ODD"; read -r line || echo none`, { env: { ODD: odd } }),
      ]);
      assert.equal(text(one).stdout, `bob\n${Buffer.byteLength(odd).toString(8).padStart(7, '0')}\n0\nbody`);
      assert.equal(text(two).stdout, `${odd}none\n`);
    });
    assert.doesNotMatch(accounts.read('/run/sudo.log'), /secret/);
  });

  it('is let what sudoers lists, and refused the rest in words, none of it run', async () => {
    accounts.sudoers('alice ALL=(root) NOPASSWD: /usr/bin/id -un, /usr/bin/touch /run/let');
    await perTask('root', async session => {
      const results = await session.exchange([argv('id', '-un'), argv('touch', '/run/let'), argv('id', '-u'), command('touch /run/not')]);
      const advice = 'no password is given where become_mode is per_task: allow it with NOPASSWD in sudoers, for alice as root';
      const refused = (words: RegExp, { outcome, stderr }: ReturnType<typeof text>): void => {
        assert.equal(outcome, 'refused');
        assert.match(stderr, words);
        assert.ok(stderr.endsWith(advice), stderr);
      };
      const [id, touch, other, shell] = results.map(text);
      assert.deepEqual([id?.stdout, touch?.status], ['root\n', 0]);
      for (const result of [other, shell])
        refused(
          /^alice cannot become root on web1 for this: (sudo: a password is required|Sorry, user alice is not allowed)/,
          result ?? text(undefined),
        );
    });
    assert.equal(accounts.ask('root', 'sh', '-c', 'ls /run/let /run/not 2>&1; :').includes('/run/not\n'), false);
  });

  it('gives the words of doas, too', async () => {
    accounts.doas('permit nopass alice as root cmd id');
    await perTask(
      'root',
      async session => {
        const [id, other] = await session.exchange([argv('id', '-un'), command(':')]);
        assert.equal(text(id).stdout, 'root\n');
        assert.deepEqual(
          [text(other).outcome, text(other).stderr],
          [
            'refused',
            'alice cannot become root on web1 for this: doas: Operation not permitted, write into /etc/doas.conf there: permit nopass alice as root',
          ],
        );
      },
      'doas',
    );
  });

  it('lets root call su, which asks it for nothing', async () => {
    await using pool = accounts.pool('root');
    const session = await pool.get('web1', { method: 'su', user: 'bob', mode: 'per_task' });
    const results = await session.exchange([
      command('id -un; cat; echo "$HOME"', { stdin: Buffer.from('given ') }),
      argv('/usr/bin/id', '-un'),
      command('printf %s "$WORD"; ! grep -q "[s]wordfish" /proc/$$/cmdline /proc/$PPID/cmdline', { env: { WORD: "it's swordfish" } }),
      argv('nothing-there'),
    ]);
    assert.deepEqual(
      results.map(result => [text(result).stdout, result.outcome, result.status]),
      [
        ['bob\ngiven /run/home/bob\n', 'exited', 0],
        ['bob\n', 'exited', 0],
        ["it's swordfish", 'exited', 0],
        ['', 'exited', 127],
      ],
    );
  });

  it('uploads as the other user', async () => {
    accounts.sudoers('alice ALL=(ALL) NOPASSWD: ALL');
    await perTask('bob', async session => {
      await session.upload('/run/home/bob/body', Readable.from(['body']), 4);
      assert.equal(await print(session, 'stat -c "%U %a" ~/body; cat ~/body'), 'bob 600\nbody');
    });
  });

  it('leaves nothing that was uploaded as the other user and that nobody has placed when the session ends', async () => {
    accounts.sudoers('alice ALL=(ALL) NOPASSWD: ALL');
    for (const user of ['bob', 'root'])
      await perTask(user, async session => {
        for (const name of ["it's left", 'placed']) await session.upload(`/run/home/bob/${user} ${name}`, Readable.from(['body']), 4);
        await print(session, `mv '/run/home/bob/${user} placed' /run/home/bob/${user}-target`);
      });
    await perTask('root', async session => {
      const wait = 'i=0; while ls | grep -q left && [ $i -lt 300 ]; do sleep 0.1; i=$((i+1)); done';
      assert.equal(await print(session, `cd /run/home/bob && ${wait}; ls | grep -e target -e left`), 'bob-target\nroot-target\n');
    });
  });

  /** It does not end when it is asked to. */
  const STUBBORN = '#!/bin/sh\ntrap "" TERM; echo part; while :; do sleep 0.2; done\n';

  it('ends what takes too long, though it is not the login user’s to end', async () => {
    accounts.sudoers('alice ALL=(ALL) NOPASSWD: ALL');
    accounts.doas('permit nopass alice');
    accounts.write('/run/stubborn', STUBBORN, 0o755);
    for (const method of ['sudo', 'doas'] as const)
      for (const user of ['root', 'bob'])
        await perTask(
          user,
          async session => {
            const results = await session.exchange([command('exec /run/stubborn', { timeout: 500 }), command('echo later')]);
            assert.deepEqual(
              results.map(result => [text(result).outcome, text(result).stdout]),
              [
                ['timed-out', 'part\n'],
                ['not-run', ''],
              ],
            );
            await until(() => isOver('/run/stubborn'), `what ${user} runs is ended by ${method}`);
            assert.equal(await print(session, 'echo usable'), 'usable\n');
          },
          method,
        );
  });

  it('asks what takes too long to end where sudoers lists commands: sudo hands that on', async () => {
    accounts.sudoers('alice ALL=(root) NOPASSWD: /usr/bin/sleep 2345, /usr/bin/id');
    await perTask('root', async session => {
      const results = await session.exchange([argv('/usr/bin/id', '-un'), { ...argv('/usr/bin/sleep', '2345'), timeout: 500 }]);
      assert.deepEqual(
        results.map(({ outcome }) => outcome),
        ['exited', 'timed-out'],
      );
      await until(() => isOver('/usr/bin/sleep 2345'), 'the sleep is ended');
      assert.equal(text((await session.exchange([argv('/usr/bin/id', '-un')]))[0]).stdout, 'root\n');
    });
  });

  const isOver = (words: string): boolean =>
    accounts
      .ask('root', 'sh', '-c', `for f in /proc/[0-9]*; do tr "\\0" " " <$f/cmdline; echo; done 2>/dev/null; :`)
      .split('\n')
      .every(line => !line.includes(words));
});
