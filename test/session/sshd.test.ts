// The same session against OpenSSH's own sshd, on loopback.
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { SessionPool } from '../../src/session/pool.ts';
import type { ConnectionSpec } from '../../src/session/types.ts';
import { command, print, text } from './support/exchange.ts';
import { newKey } from './support/keys.ts';
import { skipBecause } from '../support/skip.ts';

const SSHD = '/usr/sbin/sshd';

describe('sshd', function () {
  let directory = '';
  let port = 0;
  let sshd: ChildProcess | undefined;

  before(async function () {
    if (!existsSync(SSHD)) skipBecause(this, 'there is no sshd; install openssh-server');
    directory = mkdtempSync(join(tmpdir(), 'tsplay-test-'));
    const host = newKey();
    const login = newKey();
    port = await freePort();
    const files = {
      host_key: host.private,
      key: login.private,
      authorized_keys: login.line,
      known_hosts: `[127.0.0.1]:${port} ${host.line}\n`,
    };
    for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, name), content, { mode: 0o600 });
    const settings = [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${directory}/host_key`,
      `AuthorizedKeysFile ${directory}/authorized_keys`,
      `PidFile ${directory}/pid`,
      'StrictModes no',
      'UsePAM no',
      'MaxSessions 3',
    ];
    writeFileSync(join(directory, 'sshd_config'), `${settings.join('\n')}\n`);
    if (userInfo().uid === 0) mkdirSync('/run/sshd', { recursive: true });
    sshd = spawn(SSHD, ['-D', '-e', '-f', join(directory, 'sshd_config')], { stdio: 'ignore' });
    await answers(port);
  });

  after(async () => {
    if (sshd?.exitCode === null) {
      sshd.kill();
      await once(sshd, 'exit');
    }
    rmSync(directory, { recursive: true, force: true });
  });

  function newPool(): SessionPool {
    const login = { user: userInfo().username, keyFiles: [join(directory, 'key')], knownHosts: [join(directory, 'known_hosts')] };
    const spec: ConnectionSpec = {
      host: 'real',
      connection: 'ssh2',
      address: '127.0.0.1',
      port,
      hostKeyPolicy: 'strict',
      timeout: 10_000,
      ...login,
    };
    return new SessionPool(() => spec);
  }

  it('answers frames, ends what is late, and takes bodies', async () => {
    await using pool = newPool();
    const session = await pool.get('real');
    const results = await session.exchange([
      command('echo out; echo err >&2'),
      command('head -c 200000 /dev/zero'),
      command('sleep 20', { timeout: 300 }),
    ]);
    assert.deepEqual(
      results.map(({ outcome, stdout }) => [outcome, stdout.length]),
      [
        ['exited', 4],
        ['exited', 200_000],
        ['timed-out', 0],
      ],
    );
    assert.equal(text(results[0]).stderr, 'err\n');
    const body = Buffer.alloc(3_000_000, 'body');
    await session.upload(join(directory, 'uploaded'), Readable.from([body]), body.length);
    assert.ok(readFileSync(join(directory, 'uploaded')).equals(body));
  });

  it('waits for a free place where sshd allows few channels', async () => {
    await using pool = newPool();
    const session = await pool.get('real');
    const uploads = Array.from({ length: 8 }, (_, index) =>
      session.upload(join(directory, `many-${index}`), Readable.from(['x'.repeat(1000)]), 1000),
    );
    await Promise.all([print(session, 'sleep 0.2; echo frame'), ...uploads]);
    assert.equal(pool.counters.uploads, 8);
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

async function answers(port: number): Promise<void> {
  const deadline = Date.now() + 5000;
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const said = await Promise.race([once(socket, 'data'), once(socket, 'error')]).catch(() => undefined);
    socket.destroy();
    if (said?.[0] instanceof Buffer) return;
    if (Date.now() > deadline) throw new Error('sshd does not start');
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}
