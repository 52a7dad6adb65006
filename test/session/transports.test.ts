// Two clients, one transport: whatever goes wrong on the way to a host, each says the same of it.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import type { Channel, ConnectionSpec, Transport } from '../../src/session/types.ts';
import { CLIENTS, connectBy, type ClientName } from './support/exchange.ts';
import { newKey } from './support/keys.ts';
import { startServer, type ServerOptions, type TestServer } from './support/server.ts';

type Prepare = (server: TestServer) => Partial<ConnectionSpec> | Promise<Partial<ConnectionSpec>>;

interface Failure {
  readonly server?: ServerOptions;
  /** What is wrong, and how one connects. */
  readonly prepare: Prepare;
  readonly reason: string;
  readonly message: RegExp;
}

const FAILURES: Readonly<Record<string, Failure>> = {
  'an unknown host key': {
    prepare: ({ directory }) => ({ knownHosts: [`${directory}/none`] }),
    reason: 'host-key',
    message: /^the host key of web1 .* is not known: ssh-ed25519 SHA256:.{43}, compare it with .*, then: tsplay hosts trust web1$/,
  },
  'a host key that has changed': {
    prepare: ({ knownHosts, port }) => {
      writeFileSync(knownHosts, `\n[127.0.0.1]:${port} ${newKey().line}\n`);
      return {};
    },
    reason: 'host-key',
    message: /^the host key of web1 .* has changed: got ssh-ed25519 SHA256:.{43}, \S+known_hosts:2 has ssh-ed25519 SHA256:/,
  },
  'a host key that is revoked': {
    prepare: ({ knownHosts, hostKey }) => {
      writeFileSync(knownHosts, `@revoked * ${hostKey}\n`);
      return {};
    },
    reason: 'host-key',
    message: /^the host key of web1 .* is revoked by \S+known_hosts:1: /,
  },
  'a key that is refused': {
    prepare: ({ faults }) => {
      faults.refuseLogins = true;
      return {};
    },
    reason: 'authentication',
    message: /^web1 .* refused the login of tester, tried \S+id_ed25519, add the public key to ~tester\/\.ssh\/authorized_keys there$/,
  },
  'no key': {
    prepare: () => ({ keyFiles: ['/nonexistent/key'] }),
    reason: 'authentication',
    message: /^no key to log in to web1 .*: looked for \/nonexistent\/key, set ssh_key, start an agent, or give -k$/,
  },
  'a port where nobody listens': {
    prepare: async () => ({ port: await unusedPort() }),
    reason: 'connect',
    message: /^cannot reach web1 .*: connection refused, check that sshd listens on that port$/,
  },
  'a name that nobody has': {
    prepare: () => ({ address: 'no-such-host.invalid' }),
    reason: 'connect',
    message: /^cannot reach web1 .*: (no such name|the name cannot be looked up)/,
  },
  'a server that says nothing': {
    prepare: ({ faults }) => {
      faults.silent = true;
      return { timeout: 500 };
    },
    reason: 'timeout',
    message: /^web1 .* did not finish the login within 0\.5 s, check the address, the firewall, and that sshd is not overloaded$/,
  },
};

for (const [what, { server: options, prepare, reason, message }] of Object.entries(FAILURES)) {
  describe(`connecting with ${what}`, () => {
    it('fails with the same words by each client', async () => {
      await using server = await startServer(options);
      const changes = await prepare(server);
      const said: string[] = [];
      for (const client of CLIENTS) {
        await assert.rejects(connectBy(client, server.spec(changes)), (error: Error & { reason?: string }) => {
          said.push(error.message);
          assert.deepEqual([error.name, error.reason], ['UnreachableError', reason], error.message);
          assert.match(error.message, message);
          return true;
        });
      }
      assert.equal(new Set(said).size, 1, said.join('\n'));
    });
  });
}

describe('a server that offers old algorithms alone', () => {
  for (const client of CLIENTS) {
    it(`is refused with the variable that helps, and reached with it, by ${client}`, async () => {
      await using server = await startServer({ isOld: true });
      await assert.rejects(connectBy(client, server.spec()), {
        reason: 'connect',
        message: /^web1 .* and tsplay have no algorithm in common: .*, update its sshd, or set legacy_algorithms: true for this host$/,
      });
      await using transport = await connectBy(client, server.spec({ legacyAlgorithms: true }));
      assert.equal((await readAll(await transport.open('echo in'))).stdout, 'in\n');
    });
  }
});

for (const client of CLIENTS) {
  describe(`a connection by ${client}`, () => {
    let server: TestServer;
    beforeEach(async () => {
      server = await startServer();
    });
    afterEach(() => server[Symbol.asyncDispose]());

    const withTransport = async (use: (transport: Transport) => Promise<void>, timeout = 5000): Promise<void> => {
      await using transport = await connectBy(client, server.spec({ timeout }));
      await use(transport);
    };

    it('runs a command line with its own outputs and status', () =>
      withTransport(async transport => {
        const channel = await transport.open('read -r line; echo "$line"; echo err >&2; exit 7');
        channel.stdin.end('in\n');
        assert.deepEqual(await readAll(channel), { stdout: 'in\n', stderr: 'err\n', status: 7 });
        assert.equal((await readAll(await transport.open('exit 255'))).status, 255);
        assert.equal((await readAll(await transport.open('kill -9 $$'))).status, undefined);
        assert.deepEqual([transport.host, transport.user, transport.alive], ['web1', 'tester', true]);
        assert.match(transport.hostKey ?? '', /^SHA256:.{43}$/);
        assert.equal(server.logins, 1);
      }));

    it('has what a talkative login shell says first, and nothing that was not said', () =>
      withTransport(async transport => {
        server.faults.noise = 'You have mail.\n';
        assert.deepEqual(await readAll(await transport.open('echo in; echo err >&2')), {
          stdout: 'You have mail.\nin\n',
          stderr: 'You have mail.\nerr\n',
          status: 0,
        });
      }));

    it('asks again for a channel whose place is not free yet, and says what to raise when none gets free', () =>
      withTransport(async transport => {
        server.faults.refuseChannels = 3;
        assert.equal((await readAll(await transport.open('echo in'))).stdout, 'in\n');
        server.faults.refuseChannels = Infinity;
        const message = /^web1 refused another channel for 2 s: .*, raise MaxSessions in its sshd_config$/;
        await assert.rejects(transport.open('echo in'), { reason: 'connect', message });
      }, 2000));

    it('says what hangs when a channel does not open', () =>
      withTransport(async transport => {
        server.faults.hangChannels = true;
        await assert.rejects(transport.open('echo in'), {
          reason: 'timeout',
          message: 'web1 did not open a channel within 1 s, look at what hangs at login there (PAM, logind, a name service)',
        });
      }, 1000));

    it('is not alive after it broke, and opens nothing more', () =>
      withTransport(async transport => {
        const channel = await transport.open('read -r line');
        server.drop();
        assert.equal((await readAll(channel)).status, undefined);
        assert.equal(transport.alive, false);
        await assert.rejects(transport.open('echo in'), { reason: 'dropped', message: /^the connection to web1 was lost: / });
      }));

    it('is given up when that is asked for', async () => {
      server.faults.silent = true;
      const reason = new Error('enough');
      const abort = new AbortController();
      const connecting = connectBy(client, server.spec(), abort.signal);
      setTimeout(() => abort.abort(reason), 50);
      await assert.rejects(connecting, error => error === reason);
    });

    it('records an unknown host key when it is told to', async () => {
      const knownHosts = [`${server.directory}/fresh`];
      await using first = await connectBy(client, server.spec({ knownHosts, hostKeyPolicy: 'accept-new' }));
      const other: ClientName = client === 'ssh2' ? 'openssh' : 'ssh2';
      await using second = await connectBy(other, server.spec({ knownHosts }));
      assert.ok(first.alive && second.alive);
    });
  });
}

async function readAll({ stdout, stderr, closed }: Channel): Promise<{ stdout: string; stderr: string; status: number | undefined }> {
  const outputs = { stdout: '', stderr: '' };
  stdout.on('data', (chunk: Buffer) => (outputs.stdout += chunk.toString()));
  stderr.on('data', (chunk: Buffer) => (outputs.stderr += chunk.toString()));
  const { status } = await closed;
  return { ...outputs, status };
}

async function unusedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
