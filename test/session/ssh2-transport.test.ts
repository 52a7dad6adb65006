// Connecting over SSH: every way it fails says who, why and what to do.
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import ssh2 from 'ssh2';
import { dial } from '../../src/session/dial.ts';
import { connectSsh2 } from '../../src/session/ssh2/ssh2-transport.ts';
import type { Channel, Transport } from '../../src/session/types.ts';
import { newKey } from './support/keys.ts';
import { startServer, type TestServer } from './support/server.ts';

describe('ssh2-transport', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startServer();
  });
  afterEach(() => server[Symbol.asyncDispose]());

  async function withTransport(use: (transport: Transport) => Promise<void>, timeout = 5000): Promise<void> {
    await using transport = await connectSsh2(server.spec({ timeout }));
    await use(transport);
  }

  it('runs a command line with its own outputs, status and signal', () =>
    withTransport(async transport => {
      const channel = await transport.open('read -r line; echo "$line"; echo err >&2; exit 7');
      channel.stdin.end('in\n');
      assert.deepEqual(await readAll(channel), { stdout: 'in\n', stderr: 'err\n', end: { status: 7, signal: undefined } });
      assert.deepEqual((await readAll(await transport.open('kill -9 $$'))).end, { status: undefined, signal: 'SIGKILL' });
      assert.deepEqual([transport.host, transport.user, transport.alive], ['web1', 'tester', true]);
    }));

  it('logs in with one signature, without asking what the server takes', async () => {
    await withTransport(() => Promise.resolve());
    assert.equal(server.logins, 1);
  });

  it('passes over key files that do not exist, and tries the others in order', async () => {
    const wrong = `${server.directory}/wrong`;
    writeFileSync(wrong, newKey().private);
    await using transport = await connectSsh2(server.spec({ keyFiles: ['/nonexistent/key', wrong, server.keyFile] }));
    assert.equal(transport.alive, true);
  });

  it('names the keys that were refused, and asks only once', async () => {
    server.faults.refuseLogins = true;
    await assert.rejects(connectSsh2(server.spec()), {
      name: 'UnreachableError',
      reason: 'authentication',
      message:
        `web1 (127.0.0.1 port ${server.port}) refused the login of tester, tried ${server.keyFile}, ` +
        'add the public key to ~tester/.ssh/authorized_keys there',
    });
    assert.ok(server.logins <= 1);
  });

  it('says so when there is no key, before it connects', async () => {
    await assert.rejects(connectSsh2(server.spec({ keyFiles: ['/nonexistent/key'] })), {
      reason: 'authentication',
      message:
        `no key to log in to web1 (127.0.0.1 port ${server.port}) as tester: looked for /nonexistent/key, ` +
        'set ssh_key, start an agent, or give -k',
    });
  });

  it('names an encrypted key and how to load it', async () => {
    const file = `${server.directory}/encrypted`;
    writeFileSync(file, ssh2.utils.generateKeyPairSync('ed25519', { passphrase: 'x', cipher: 'aes256-ctr', rounds: 1 }).private, {
      mode: 0o600,
    });
    await assert.rejects(connectSsh2(server.spec({ keyFiles: [file] })), {
      reason: 'authentication',
      message: `no key to log in to web1 (127.0.0.1 port ${server.port}) as tester: looked for ${file}, ${file} is encrypted, load it with "ssh-add ${file}"`,
    });
  });

  it('says that an agent cannot be asked, and logs in with a key all the same', async () => {
    const agent = `${server.directory}/no-agent`;
    await assert.rejects(connectSsh2(server.spec({ keyFiles: [], agent })), {
      reason: 'authentication',
      message:
        `no key to log in to web1 (127.0.0.1 port ${server.port}) as tester: no key file is named, ` +
        `the agent at ${agent} does not answer (start one with "eval $(ssh-agent)", or unset SSH_AUTH_SOCK)`,
    });
    await using transport = await connectSsh2(server.spec({ agent }));
    assert.equal(transport.alive, true);
  });

  it('refuses an unknown and a changed host key', async () => {
    await assert.rejects(connectSsh2(server.spec({ knownHosts: [] })), {
      reason: 'host-key',
      message: /^the host key of web1 .* is not known/,
    });
    const other = newKey().line;
    writeFileSync(server.knownHosts, `[127.0.0.1]:${server.port} ${other}\n`);
    await assert.rejects(connectSsh2(server.spec()), { reason: 'host-key', message: /^the host key of web1 .* has changed/ });
    assert.equal(server.logins, 0);
  });

  it('records an unknown host key when it is told to', async () => {
    const knownHosts = [`${server.directory}/fresh`];
    await using first = await connectSsh2(server.spec({ knownHosts, hostKeyPolicy: 'accept-new' }));
    await using second = await connectSsh2(server.spec({ knownHosts }));
    assert.ok(first.alive && second.alive);
  });

  it('says that a connection is refused', async () => {
    const { port } = await unusedPort();
    await assert.rejects(connectSsh2(server.spec({ port })), {
      reason: 'connect',
      message: `cannot reach web1 (127.0.0.1 port ${port}): connection refused, check that sshd listens on that port`,
    });
  });

  it('says so of a connection that was refused before the client was there, too', async () => {
    const { port } = await unusedPort();
    const socket = dial(server.spec({ port }));
    await new Promise(resolve => socket.once('close', resolve));
    await assert.rejects(connectSsh2(server.spec({ port }), undefined, socket), {
      reason: 'connect',
      message: `cannot reach web1 (127.0.0.1 port ${port}): connection refused, check that sshd listens on that port`,
    });
  });

  it('takes a connection whose server has spoken already', async () => {
    const socket = dial(server.spec());
    await once(socket, 'connect');
    await using transport = await connectSsh2(server.spec(), undefined, socket);
    assert.ok(transport.alive);
  });

  it('leaves no connection behind when there is no key to log in with', async () => {
    const socket = dial(server.spec());
    await assert.rejects(connectSsh2(server.spec({ keyFiles: [] }), undefined, socket), { reason: 'authentication' });
    assert.ok(socket.destroyed);
  });

  it('says that a name is not found', async () => {
    await assert.rejects(connectSsh2(server.spec({ address: 'no-such-host.invalid' })), {
      reason: 'connect',
      message:
        /^cannot reach web1 \(no-such-host\.invalid port \d+\): (no such name, check its spelling or set address|the name cannot be looked up now, .*)$/,
    });
  });

  it('says how long a silent host was waited for', async () => {
    server.faults.silent = true;
    await assert.rejects(connectSsh2(server.spec({ timeout: 300 })), {
      reason: 'timeout',
      message:
        `web1 (127.0.0.1 port ${server.port}) did not finish the login within 0.3 s, ` +
        'check the address, the firewall, and that sshd is not overloaded',
    });
  });

  it('says what answers when it is no SSH server', async () => {
    const other = createServer(socket => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await assert.rejects(connectSsh2(server.spec({ port, timeout: 1000 })), {
      reason: 'connect',
      message: /^web1 .* closes connections before a login, check that sshd is what listens there, /,
    });
    other.close();
  });

  it('gives up connecting when it is aborted', async () => {
    server.faults.silent = true;
    const reason = new Error('enough');
    const abort = new AbortController();
    const connecting = connectSsh2(server.spec(), abort.signal);
    setTimeout(() => abort.abort(reason), 50);
    await assert.rejects(connecting, error => error === reason);
    await assert.rejects(connectSsh2(server.spec(), abort.signal), error => error === reason);
  });

  it('asks again for a channel whose place is not free yet', () =>
    withTransport(async transport => {
      server.faults.refuseChannels = 3;
      assert.equal((await readAll(await transport.open('echo in'))).stdout, 'in\n');
    }));

  it('says what to raise when channels stay refused', () =>
    withTransport(async transport => {
      server.faults.refuseChannels = Infinity;
      await assert.rejects(transport.open('echo in'), {
        reason: 'connect',
        message: /^web1 refused another channel for 0\.3 s: .*, raise MaxSessions in its sshd_config$/,
      });
    }, 300));

  it('says what hangs when a channel does not open', () =>
    withTransport(async transport => {
      server.faults.hangChannels = true;
      await assert.rejects(transport.open('echo in'), {
        reason: 'timeout',
        message: 'web1 did not open a channel within 0.3 s, look at what hangs at login there (PAM, logind, a name service)',
      });
    }, 300));

  it('is not alive after the connection broke, and opens nothing more', () =>
    withTransport(async transport => {
      const channel = await transport.open('sleep 20');
      server.drop();
      assert.deepEqual((await readAll(channel)).end, { status: undefined, signal: undefined });
      assert.equal(transport.alive, false);
      await assert.rejects(transport.open('echo in'), { reason: 'dropped', message: /^the connection to web1 was lost: / });
    }));
});

async function readAll({ stdout, stderr, closed }: Channel): Promise<{ stdout: string; stderr: string; end: object }> {
  const outputs = { stdout: '', stderr: '' };
  stdout.on('data', (chunk: Buffer) => (outputs.stdout += chunk.toString()));
  stderr.on('data', (chunk: Buffer) => (outputs.stderr += chunk.toString()));
  const end = await closed;
  return { ...outputs, end };
}

async function unusedPort(): Promise<{ port: number }> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return { port: typeof address === 'object' && address ? address.port : 0 };
}
