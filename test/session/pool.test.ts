// The pool: one connection per host, one session per user, asked once, made anew when lost.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { SessionPool } from '../../src/session/pool.ts';
import { connectSsh2 } from '../../src/session/ssh2/ssh2-transport.ts';
import type { ConnectionSpec, Transport } from '../../src/session/types.ts';
import { command, print, until } from './support/exchange.ts';
import { startServer, type TestServer } from './support/server.ts';

const root = { method: 'sudo', user: 'root' } as const;

describe('pool', () => {
  let server: TestServer;
  let pool: SessionPool;
  beforeEach(async () => {
    server = await startServer({ sudo: 'passes' });
    pool = new SessionPool(host => server.spec({ host }));
  });
  afterEach(async () => {
    await pool[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  it('shares a connection per host and a session per user, also when they are asked for at once', async () => {
    const [one, two, become, other] = await Promise.all([pool.get('a'), pool.get('a'), pool.get('a', root), pool.get('b')]);
    assert.equal(one, two);
    assert.notEqual(one, become);
    assert.equal(other.host, 'b');
    assert.equal(pool.counters.connects, 2);
    assert.equal(server.commandLines.length, 3);
  });

  it('lends a session for the time of a use', async () => {
    assert.equal(await pool.withSession('a', undefined, session => print(session, 'echo lent')), 'lent\n');
    assert.equal(pool.counters.roundTrips, 1);
  });

  it('does not ask a host again that could not be connected to, until it is forgotten', async () => {
    server.faults.refuseLogins = true;
    const first = await pool.get('a').catch((error: unknown) => error);
    server.faults.refuseLogins = false;
    await assert.rejects(pool.get('a', root), error => error === first);
    assert.equal(pool.counters.connects, 1);
    await pool.forget('a');
    assert.equal((await pool.get('a')).host, 'a');
  });

  it('makes a lost connection anew', async () => {
    const before = await pool.get('a');
    const answer = before.exchange([command('touch "$HOME/begun"; sleep 20')]);
    await until(() => existsSync(`${server.directory}/begun`), 'the command begins');
    server.drop();
    await assert.rejects(answer, { reason: 'dropped' });
    const after = await pool.get('a');
    assert.notEqual(after, before);
    assert.equal(await print(after, 'echo back'), 'back\n');
    assert.equal(pool.counters.connects, 2);
  });

  it('logs in again for a reopened session of the login user, and keeps the others', async () => {
    const [login, become] = await Promise.all([pool.get('a'), pool.get('a', root)]);
    await become.reopen();
    assert.equal(pool.counters.connects, 1);
    await login.reopen();
    assert.equal(pool.counters.connects, 2);
    assert.deepEqual(await Promise.all([print(login, 'echo one'), print(become, 'echo two')]), ['one\n', 'two\n']);
    assert.equal(await pool.get('a'), login);
    assert.equal(await print(await pool.get('a', root), 'echo three'), 'three\n');
  });

  it('logs in at one server eight times at once and no more', async () => {
    const now = { logins: 0, most: 0 };
    const connect = async (spec: ConnectionSpec): Promise<Transport> => {
      now.most = Math.max(now.most, (now.logins += 1));
      try {
        return await connectSsh2(spec);
      } finally {
        now.logins -= 1;
      }
    };
    await using many = new SessionPool(host => server.spec({ host }), { connect });
    const names = Array.from({ length: 20 }, (_, index) => `h${index}`);
    const said = await Promise.all(names.map(async name => print(await many.get(name), `echo ${name}`)));
    assert.deepEqual(
      said,
      names.map(name => `${name}\n`),
    );
    assert.equal(now.most, 8);
  });

  it('closes everything at its end', async () => {
    const directory = await print(await pool.get('a', root), 'printf %s "$_ts_d"');
    await pool[Symbol.asyncDispose]();
    await until(() => !existsSync(directory), 'the directory is removed');
    await assert.rejects(pool.get('a'), { reason: 'dropped', message: 'a: the connections are closed' });
  });

  it('waits until hosts have seen the end only if it is told to: shells end by themselves', async () => {
    for (const waits of [true, false]) {
      const asked = new SessionPool(host => server.spec({ host }), { waitsForEnd: () => waits });
      const session = await asked.get('a');
      const directory = await print(session, 'printf %s "$_ts_d"');
      // Who does not wait is gone long before this is.
      if (!waits) session.exchange([{ script: 'sleep 1', timeout: 60_000 }]).catch(() => undefined);
      await asked[Symbol.asyncDispose]();
      assert.equal(existsSync(directory), !waits);
      await until(() => !existsSync(directory), 'the directory is removed');
    }
  });

  it('runs local hosts without SSH', async () => {
    await using local = new SessionPool(host => server.spec({ host, connection: 'local' }));
    assert.equal(await print(await local.get('here'), 'echo local'), 'local\n');
    assert.equal(server.commandLines.length, 0);
  });
});
