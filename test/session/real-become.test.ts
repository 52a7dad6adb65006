// Becoming other users with the real sudo, su and doas, on real accounts: what each asks, how often, and its refusals in words.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { BecomeSpec } from '../../src/session/types.ts';
import { secret } from '../../src/util/secret.ts';
import { skipBecause } from '../support/skip.ts';
import { Accounts, PASSWORDS, type Account } from './support/accounts.ts';
import { command, print, text, until } from './support/exchange.ts';

/** Who runs commands, and what else stands on standard input: nothing, whatever was asked before. */
const WHO = 'echo "$(id -un) $HOME"; read -r line || echo none';

describe('becoming, by real programs', function () {
  this.timeout(60_000);
  let accounts: Accounts;
  before(async function () {
    const opened = await Accounts.open();
    if (typeof opened === 'string') skipBecause(this, opened);
    else accounts = opened;
  });
  afterEach(() => accounts.forget());
  after(() => accounts[Symbol.asyncDispose]());

  const as = async (login: Account, become: BecomeSpec, environment?: Readonly<Record<string, string>>): Promise<string> => {
    await using pool = accounts.pool(login, environment);
    return await print(await pool.get('web1', become), WHO);
  };
  /** Refused, and refused again without another try. */
  const refuses = async (login: Account, become: BecomeSpec, reason: string, message: string | RegExp): Promise<void> => {
    await using pool = accounts.pool(login, GERMAN);
    for (let time = 0; time < 2; time++)
      await assert.rejects(
        pool.get('web1', become).then(session => print(session, ':')),
        { name: 'UnreachableError', reason, message },
      );
  };

  describe('sudo', () => {
    const root = { method: 'sudo', user: 'root' } as const;
    const given = (password: string): BecomeSpec => ({ ...root, password: secret(password) });

    it('lets through without a password', async () => {
      accounts.sudoers('alice ALL=(ALL) NOPASSWD: ALL');
      assert.equal(await as('alice', root), 'root /root\nnone\n');
      assert.equal(await as('alice', { ...root, user: 'bob' }), 'bob /run/home/bob\nnone\n');
      assert.equal(await as('alice', { ...root, user: '#61002' }), 'bob /run/home/bob\nnone\n');
    });

    it('is given the password when it asks, after its lecture and in a host that speaks German', async () => {
      accounts.sudoers('Defaults lecture=always', 'alice ALL=(ALL) ALL');
      assert.equal(await as('alice', given(PASSWORDS.alice), GERMAN), 'root /root\nnone\n');
      assert.equal(accounts.read('/run/tried'), 'sudo alice\n');
      assert.doesNotMatch(accounts.read('/run/sudo.log'), /sesame|incorrect/);
    });

    it('asks for a wrong password once', async () => {
      accounts.sudoers('alice ALL=(ALL) ALL');
      const message = 'sudo on web1 does not take the password of alice, check become_password, or what you typed; it was tried once';
      await refuses('alice', given('guess'), 'authentication', message);
      const log = accounts.read('/run/sudo.log');
      assert.equal(log.match(/1 incorrect password attempt/g)?.length, 1, log);
      assert.equal(log.trim().split('\n').length, 1, log);
    });

    it('refuses in words of its own, with what to do', async () => {
      accounts.sudoers('alice ALL=(ALL) ALL');
      const cannot = (target: string): string => `alice cannot become ${target} on web1: `;
      await refuses(
        'alice',
        root,
        'become',
        `${cannot('root')}sudo: a password is required, set become_password or give -K, or let alice run sudo without a password: alice ALL=(root) NOPASSWD: ALL`,
      );
      accounts.sudoers('Defaults requiretty', 'alice ALL=(ALL) NOPASSWD: ALL');
      const terminal =
        'sudo: sorry, you must have a tty to run sudo, there is no terminal in a session: take requiretty away there with the line "Defaults:alice !requiretty" (visudo -f /etc/sudoers.d/tsplay)';
      await refuses('alice', root, 'become', cannot('root') + terminal);
      await refuses('alice', given(PASSWORDS.alice), 'become', cannot('root') + terminal);
      accounts.sudoers('Defaults requiretty', 'Defaults:alice !requiretty', 'alice ALL=(ALL) NOPASSWD: ALL');
      assert.equal(await as('alice', root), 'root /root\nnone\n');
      await refuses(
        'alice',
        { ...root, user: 'carol' },
        'become',
        `${cannot('carol')}sudo: unknown user carol; sudo: error initializing audit plugin sudoers_audit, name a user that exists there`,
      );
      accounts.sudoers('alice ALL=(root) NOPASSWD: /bin/true');
      await refuses(
        'alice',
        given(PASSWORDS.alice),
        'authentication',
        /^alice cannot become root on web1: Sorry, user alice is not allowed to execute .+, let alice run sudo as root there$/,
      );
    });
  });

  describe('su', () => {
    const root = { method: 'su', user: 'root' } as const;
    const given = (password: string): BecomeSpec => ({ ...root, password: secret(password) });

    it('is given the password of the other user when it asks', async () => {
      assert.equal(await as('alice', given(PASSWORDS.root), GERMAN), 'root /root\nnone\n');
      assert.equal(accounts.read('/run/tried'), 'su root\n');
      assert.equal(await as('bob', { ...root, user: 'alice', password: secret(PASSWORDS.alice) }), 'alice /run/home/alice\nnone\n');
    });

    it('asks root for none', async () => {
      assert.equal(await as('root', { ...root, user: 'bob', password: secret('kept') }), 'bob /run/home/bob\nnone\n');
      assert.equal(await as('root', { ...root, user: 'bob' }), 'bob /run/home/bob\nnone\n');
    });

    it('is given nothing where there is no password, nor a second one where it is wrong', async () => {
      await refuses(
        'alice',
        given('guess'),
        'authentication',
        'su on web1 does not take the password of root, check become_password, or what you typed; it was tried once',
      );
      assert.equal(accounts.read('/run/tried'), 'su root\n');
      accounts.forget();
      await assert.rejects(as('alice', root), {
        reason: 'become',
        message: 'su on web1 asks alice for the password of root, set become_password or give -K, or log in as root, who is not asked',
      });
    });

    it('refuses in words of its own, with what to do', async () => {
      await refuses(
        'root',
        { ...root, user: 'carol' },
        'become',
        'root cannot become carol on web1: su: user carol does not exist or the user entry does not contain all the required fields, name a user that exists there',
      );
    });
  });

  describe('doas', () => {
    const root = { method: 'doas', user: 'root' } as const;

    it('lets through without a password, and keeps one that it does not want', async () => {
      accounts.doas('permit nopass alice');
      assert.equal(await as('alice', { ...root, password: secret(PASSWORDS.alice) }), 'root /root\nnone\n');
      assert.equal(await as('alice', { ...root, user: 'bob' }), 'bob /run/home/bob\nnone\n');
    });

    it('refuses in words of its own, with what to do', async () => {
      const cannot = (login: string, target: string): string => `${login} cannot become ${target} on web1: doas: `;
      accounts.doas('permit alice as root');
      await refuses(
        'alice',
        { ...root, password: secret(PASSWORDS.alice) },
        'become',
        `${cannot('alice', 'root')}Authentication required, doas asks on a terminal only, which a session has not: write "permit nopass alice as root" into doas.conf, or use sudo or su`,
      );
      await refuses(
        'bob',
        root,
        'become',
        `${cannot('bob', 'root')}Operation not permitted, write into /etc/doas.conf there: permit nopass bob as root`,
      );
      await refuses(
        'alice',
        { ...root, user: 'carol' },
        'become',
        `${cannot('alice', 'carol')}unknown user, name a user that exists there`,
      );
      accounts.ask('root', 'rm', '/etc/doas.conf');
      await refuses(
        'alice',
        root,
        'become',
        `${cannot('alice', 'root')}doas is not enabled, /etc/doas.conf: No such file or directory, write /etc/doas.conf there, with the line: permit nopass alice as root`,
      );
    });
  });

  describe('another user without rights', () => {
    it('sees nothing of the one who logs in, nor is seen, and nothing is left of either', async () => {
      accounts.sudoers('alice ALL=(bob) NOPASSWD: ALL');
      {
        await using pool = accounts.pool('alice');
        const sessions = [await pool.get('web1'), await pool.get('web1', { method: 'sudo', user: 'bob' })];
        const wait = 'cat >/dev/null; : >"$HOME/ready"; until [ -e /run/home/go ]; do sleep 0.05; done; printf %s "$WORD"';
        const work = sessions.map(session => session.exchange([command(wait, { stdin: Buffer.from('body'), env: { WORD: 'secret' } })]));
        await Promise.all(sessions.map(session => session.upload(`/dev/shm/of-${session.user}`, Readable.from(['body']), 4)));
        for (const who of ['alice', 'bob']) await until(() => existsSync(accounts.path(`/run/home/${who}/ready`)), `${who} is at work`);
        const places = ['/dev/shm', '/run', '/tmp', '/var/tmp'];
        const others = (who: Account, whose: Account): string =>
          accounts.ask(
            who,
            'sh',
            '-c',
            `find ${places.join(' ')} -user ${whose} '(' -readable -o -writable -o -executable ')' 2>/dev/null || :`,
          );
        assert.deepEqual([others('bob', 'alice'), others('alice', 'bob')], ['', '']);
        assert.match(others('bob', 'bob'), /^\/dev\/shm\/of-bob$/m);
        accounts.write('/run/home/go', '');
        assert.deepEqual(
          (await Promise.all(work)).map(([result]) => text(result).stdout),
          ['secret', 'secret'],
        );
      }
      const left = accounts.ask('root', 'find', '/dev/shm', '/run/home', '-type', 'f', '-o', '-name', '.tsplay*');
      assert.equal(left.split('\n').sort().join(' ').trim(), '/run/home/alice/ready /run/home/bob/ready /run/home/go');
    });
  });
});

/** A host whose programs speak another language, where it is installed. */
const GERMAN = { LANG: 'C.UTF-8', LANGUAGE: 'de' };
