// Hosts behind others: the way there is made once, checked at every step, and closed with the rest.
import assert from 'node:assert/strict';
import { SessionPool } from '../../src/session/pool.ts';
import type { ConnectionSpec } from '../../src/session/types.ts';
import { print, type ClientName } from './support/exchange.ts';
import { startServer, type TestServer } from './support/server.ts';
import { until } from '../support/until.ts';

/** Who connects to the outer, the inner and the last hosts; the client of OpenSSH goes through itself alone. */
const WAYS: readonly (readonly [ClientName, ClientName, ClientName])[] = [
  ['ssh2', 'ssh2', 'ssh2'],
  ['openssh', 'openssh', 'openssh'],
  ['openssh', 'ssh2', 'ssh2'],
];

for (const ways of WAYS) {
  describe(`a host behind others, by ${ways.join(', ')}`, () => {
    let servers: readonly TestServer[];
    let pool: SessionPool;
    let specs: Record<string, ConnectionSpec>;

    beforeEach(async () => {
      const [outer, inner, web1, web2] = await Promise.all([startServer(), startServer(), startServer(), startServer()]);
      servers = [outer, inner, web1, web2];
      const [first, second, third] = ways;
      const jump = inner.spec({ host: 'inner', connection: second, jump: outer.spec({ host: 'outer', connection: first }) });
      const last = { connection: third, jump };
      specs = { web1: web1.spec({ host: 'web1', ...last }), web2: web2.spec({ host: 'web2', ...last }) };
      pool = new SessionPool(host => specs[host] as ConnectionSpec);
    });
    afterEach(async () => {
      await pool[Symbol.asyncDispose]();
      await Promise.all(servers.map(server => server[Symbol.asyncDispose]()));
    });

    const server = (index: number): TestServer => servers[index] as TestServer;
    const ask = async (host: string): Promise<string> => print(await pool.get(host), `echo ${host}`);

    it('is reached step by step, over connections that several hosts share', async () => {
      assert.deepEqual(await Promise.all([ask('web1'), ask('web2')]), ['web1\n', 'web2\n']);
      assert.deepEqual(
        servers.map(({ logins }) => logins),
        [1, 1, 1, 1],
      );
      assert.deepEqual(server(0).forwards, [server(1).port]);
      assert.deepEqual([...server(1).forwards].sort(), [server(2).port, server(3).port].sort());
    });

    it('leaves no connection behind', async () => {
      await ask('web1');
      await pool[Symbol.asyncDispose]();
      await until('every server is left alone', () => servers.every(({ connections }) => connections === 0));
    });

    it('is not spoken to when a host on the way shows another key', async () => {
      const { web1 } = specs;
      const outer = { ...web1?.jump?.jump, knownHosts: [server(3).knownHosts], hostKeyPolicy: 'strict' } as ConnectionSpec;
      specs['web1'] = { ...web1, jump: { ...web1?.jump, jump: outer } } as ConnectionSpec;
      await assert.rejects(ask('web1'), {
        reason: 'host-key',
        host: 'web1',
        message:
          /^web1 is reached through inner: inner is reached through outer: the host key of outer \(127\.0\.0\.1 port \d+\) is not known/,
      });
      assert.deepEqual(
        servers.map(({ logins }) => logins),
        [0, 0, 0, 0],
      );
    });

    it('has its own key checked behind them', async () => {
      specs['web1'] = { ...specs['web1'], knownHosts: [server(3).knownHosts] } as ConnectionSpec;
      await assert.rejects(ask('web1'), {
        reason: 'host-key',
        message: /the host key of web1 \(127\.0\.0\.1 port \d+, through inner\) is not known/,
      });
    });

    it('says which host on the way makes no connection', async () => {
      server(1).faults.refuseForwards = true;
      await assert.rejects(ask('web1'), {
        reason: 'connect',
        message:
          /^web1 is reached through inner: inner \(127\.0\.0\.1 port \d+, through outer\) makes no connection to 127\.0\.0\.1 port \d+: .*AllowTcpForwarding/,
      });
    });

    it('is found again when the way broke', async () => {
      await ask('web1');
      server(0).drop();
      assert.equal(await ask('web2'), 'web2\n');
      assert.equal(server(0).logins, 2);
    });
  });
}
