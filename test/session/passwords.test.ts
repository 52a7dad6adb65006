// Passwords: given when they are asked for, once, and never to anything else.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { SessionPool } from '../../src/session/pool.ts';
import type { ConnectionSpec } from '../../src/session/types.ts';
import { secret, type Secret } from '../../src/util/secret.ts';
import { CLIENTS, print } from './support/exchange.ts';
import { PASSWORD, SHELLS } from './support/host-shells.ts';
import { startServer, type ServerOptions, type TestServer } from './support/server.ts';

const RIGHT = secret(PASSWORD);
const WRONG = secret('guess');

async function withHost(
  options: ServerOptions,
  changes: Partial<ConnectionSpec>,
  use: (pool: SessionPool, server: TestServer) => Promise<void>,
): Promise<void> {
  await using server = await startServer(options);
  await using pool = new SessionPool(() => server.spec(changes));
  await use(pool, server);
}

for (const connection of CLIENTS) {
  describe(`a password to log in with by ${connection}`, () => {
    for (const method of ['password', 'keyboard-interactive'] as const) {
      it(`is given by ${method}, where there is no key`, () =>
        withHost({ methods: [method] }, { connection, keyFiles: [], password: RIGHT }, async (pool, server) => {
          assert.equal(await print(await pool.get('web1'), 'echo in'), 'in\n');
          assert.deepEqual(server.passwords, [PASSWORD]);
        }));

      it(`is tried once by ${method}, however often the host is asked for`, () =>
        withHost(
          { methods: ['publickey', method, 'keyboard-interactive'] },
          { connection, keyFiles: [], password: WRONG },
          async (pool, server) => {
            for (let time = 0; time < 3; time++)
              await assert.rejects(pool.get('web1'), {
                reason: 'authentication',
                message: `web1 (127.0.0.1 port ${server.port}) refused the login of tester, tried the password, check the password, which was tried once`,
              });
            assert.deepEqual(server.passwords, ['guess']);
          },
        ));
    }

    it('is not given when a key is taken', () =>
      withHost({ methods: ['publickey', 'password'] }, { connection, password: WRONG }, async (pool, server) => {
        await pool.get('web1');
        assert.deepEqual(server.passwords, []);
      }));

    it('is given when the key is refused', async () => {
      await using other = await startServer();
      await withHost(
        { methods: ['publickey', 'password'] },
        { connection, keyFiles: [other.keyFile], password: RIGHT },
        async (pool, server) => {
          await pool.get('web1');
          assert.deepEqual(server.passwords, [PASSWORD]);
        },
      );
    });

    it('is not given to a server that takes none', () =>
      withHost({ methods: ['publickey'] }, { connection, keyFiles: [], password: RIGHT }, async (pool, server) => {
        await assert.rejects(pool.get('web1'), { reason: 'authentication' });
        assert.deepEqual(server.passwords, []);
      }));
  });
}

describe('a password for sudo', () => {
  const become = (password: Secret) => ({ method: 'sudo', user: 'root', password }) as const;

  for (const shell of SHELLS) {
    it(`is given when sudo asks, for each channel, under ${shell}`, () =>
      withHost({ shell, sudo: 'asks' }, {}, async (pool, server) => {
        const session = await pool.get('web1', become(RIGHT));
        assert.equal(await print(session, 'echo in'), 'in\n');
        await session.upload(`${server.directory}/body`, Readable.from(['body']), 4);
        assert.equal(readFileSync(`${server.directory}/body`, 'utf8'), 'body');
        assert.equal(readFileSync(`${server.directory}/given`, 'utf8'), `${PASSWORD}\n`.repeat(2));
        assert.ok(!server.commandLines.join().includes('sesame'));
      }));

    it(`is kept back where sudo does not ask, under ${shell}`, () =>
      withHost({ shell, sudo: 'passes' }, {}, async pool => {
        assert.equal(await print(await pool.get('web1', become(RIGHT)), 'read -r line || echo none'), 'none\n');
      }));
  }

  it('is tried once, however often the user is asked for', () =>
    withHost({ sudo: 'asks' }, {}, async (pool, server) => {
      for (let time = 0; time < 3; time++)
        await assert.rejects(
          pool.get('web1', become(WRONG)).then(session => print(session, ':')),
          {
            reason: 'authentication',
            message: 'sudo on web1 does not take the password of tester, check become_password, or what you typed; it was tried once',
          },
        );
      assert.equal(readFileSync(`${server.directory}/given`, 'utf8'), 'guess\n');
    }));

  it("comes with sudo's own words where it refuses without asking", () =>
    withHost({ sudo: 'refuses' }, {}, async pool => {
      await assert.rejects(
        pool.get('web1', become(RIGHT)).then(session => print(session, ':')),
        { reason: 'become', message: /^tester cannot become root on web1: sudo: a password is required, / },
      );
    }));
});
