// What only the client of OpenSSH can do, against an sshd: certificates, programs on the way, sections of the configuration that a program decides on.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { connectOpenssh } from '../../src/session/openssh/openssh-transport.ts';
import { SessionPool } from '../../src/session/pool.ts';
import type { ConnectionSpec } from '../../src/session/types.ts';
import { secret } from '../../src/util/secret.ts';
import { compiledRoot } from '../support/golden.ts';
import { skipBecause } from '../support/skip.ts';
import { until } from '../support/until.ts';
import { print } from './support/exchange.ts';
import { PASSWORD } from './support/host-shells.ts';
import { processesWith } from './support/processes.ts';
import { startServer } from './support/server.ts';
import { hasSshd, startSshd, type Sshd } from './support/sshd.ts';

const USER = userInfo().username;

/** An authority, and what it vouches for in a directory of an sshd: whoever holds `key`, and the host at its address. */
function certify(directory: string): void {
  const keygen = (...words: string[]): Buffer => execFileSync('ssh-keygen', ['-q', ...words], { cwd: directory });
  keygen('-t', 'ed25519', '-N', '', '-f', 'ca');
  keygen('-s', 'ca', '-I', 'the tester', '-n', USER, 'key.pub');
  keygen('-s', 'ca', '-I', 'the host', '-h', '-n', '127.0.0.1', 'host_key.pub');
}

describe('the client of OpenSSH', function () {
  before(function () {
    if (!hasSshd()) skipBecause(this, 'there is no sshd; install openssh-server');
  });

  async function ask(spec: ConnectionSpec): Promise<string> {
    await using pool = new SessionPool(() => spec);
    return await print(await pool.get(spec.host), 'echo in');
  }

  describe('with an authority that vouches for keys', () => {
    let sshd: Sshd;
    before(async () => {
      sshd = await startSshd(
        folder => ['AuthorizedKeysFile none', `TrustedUserCAKeys ${folder}/ca.pub`, `HostCertificate ${folder}/host_key-cert.pub`],
        certify,
      );
    });
    after(() => sshd[Symbol.asyncDispose]());

    it('logs in by the certificate beside the key, which ssh2 cannot', async () => {
      assert.equal(await ask(sshd.spec({ connection: 'openssh' })), 'in\n');
      await assert.rejects(ask(sshd.spec()), { reason: 'authentication' });
    });

    it('believes a host that the authority vouches for, and no other', async () => {
      const authority = readFileSync(join(sshd.directory, 'ca.pub'), 'utf8');
      const knownHosts = [join(sshd.directory, 'authorities')];
      writeFileSync(knownHosts[0] ?? '', `@cert-authority [127.0.0.1]:${sshd.port} ${authority}`);
      await using transport = await connectOpenssh(sshd.spec({ connection: 'openssh', knownHosts }));
      const shown = execFileSync('ssh-keygen', ['-lf', join(sshd.directory, 'host_key.pub')], { encoding: 'utf8' });
      assert.equal(transport.hostKey, shown.split(' ')[1]);
      await assert.rejects(ask(sshd.spec()), { reason: 'authentication' });
      writeFileSync(knownHosts[0] ?? '', `@cert-authority elsewhere ${authority}`);
      await assert.rejects(ask(sshd.spec({ connection: 'openssh', knownHosts })), {
        reason: 'host-key',
        message: /^the host key of real .* is not known: ssh-ed25519 SHA256:/,
      });
    });
  });

  describe('with a configuration that it reads by itself', () => {
    let sshd: Sshd;
    before(async () => {
      sshd = await startSshd();
    });
    after(() => sshd[Symbol.asyncDispose]());

    /** A host that is known by name alone. */
    const configured = (text: string, changes: Partial<ConnectionSpec> = {}): ConnectionSpec => {
      const file = join(sshd.directory, 'config');
      writeFileSync(file, text.replaceAll('@', sshd.directory).replaceAll('PORT', String(sshd.port)), { mode: 0o600 });
      const config = { name: 'real', files: [file], given: [], outweighed: [] };
      return sshd.spec({ connection: 'openssh', address: 'real', port: 22, keyFiles: [], knownHosts: [], config, ...changes });
    };
    const REAL = 'Host real\n  HostName 127.0.0.1\n  Port PORT\n  IdentityFile "@/key"\n  UserKnownHostsFile @/known_hosts\n';

    it('goes through the program of ProxyCommand', async () => {
      const program = `const [from, to] = [process.stdin, require('net').connect(process.argv[3], process.argv[2])];
        require('fs').writeFileSync(__dirname + '/passed', process.argv.slice(2).join(' '));
        from.pipe(to).pipe(process.stdout);`;
      writeFileSync(join(sshd.directory, 'proxy.cjs'), program);
      assert.equal(await ask(configured(`${REAL}  ProxyCommand ${process.execPath} @/proxy.cjs %h %p\n`)), 'in\n');
      assert.equal(readFileSync(join(sshd.directory, 'passed'), 'utf8'), `127.0.0.1 ${sshd.port}`);
    });

    it('says what a program on the way says when it fails', async () => {
      await assert.rejects(ask(configured(`${REAL}  ProxyCommand sh -c 'echo no way out >&2; exit 3'\n`)), {
        reason: 'connect',
        message: /^cannot connect to real \(real port 22\): no way out; .*, check that sshd answers there$/,
      });
    });

    it('lets a program decide on a section', async () => {
      const section = REAL.replace('Host real', 'Match exec "test -e @/here"');
      await assert.rejects(ask(configured(section)), { reason: 'connect' });
      writeFileSync(join(sshd.directory, 'here'), '');
      assert.equal(await ask(configured(section)), 'in\n');
    });

    it('gives the password of a host to none that it finds on the way', async () => {
      await using hop = await startServer({ methods: ['password'] });
      await using server = await startServer({ methods: ['password'] });
      const known = `UserKnownHostsFile ${hop.knownHosts} ${server.knownHosts}\n`;
      const between = `Host hop\n  HostName 127.0.0.1\n  Port ${hop.port}\n  User tester\n`;
      const way = `${known}${between}Match originalhost real exec "true"\n  HostName 127.0.0.1\n  Port ${server.port}\n  User tester\n`;
      const password = secret(PASSWORD);
      const straight = configured(way, { password });
      assert.equal(await ask(straight), 'in\n');
      await assert.rejects(ask(configured(`${way}  ProxyJump hop\n`, { password })), {
        reason: 'authentication',
        message: 'a host on the way to real (real port 22) asks for a password, and there is none for it, log in to that one by a key',
      });
      assert.deepEqual([hop.passwords, server.passwords], [[], [PASSWORD]]);
    });

    it('counts what is said elsewhere for more', async () => {
      const wrong =
        'Host real\n  HostName 127.0.0.1\n  Port 1\n  User nobody-there\n  UserKnownHostsFile /dev/null\n  ProxyCommand false\n';
      const said = sshd.spec();
      const outweighed = ['port', 'user', 'keyFiles', 'knownHosts', 'jump'] as const;
      const spec = configured(`${wrong}  StrictHostKeyChecking no\n  LocalForward 1 127.0.0.1:1\n  RemoteCommand exit 9\n`);
      const config = { name: 'real', files: spec.config?.files ?? [], given: [], outweighed };
      assert.equal(await ask({ ...said, connection: 'openssh', config }), 'in\n');
      const unknown = { ...said, connection: 'openssh' as const, config, knownHosts: [join(sshd.directory, 'none')] };
      await assert.rejects(ask(unknown), { reason: 'host-key' });
    });
  });

  it('leaves no process and no file behind, however it ends', async () => {
    await using server = await startServer();
    const folder = join(server.directory, 'tmp');
    mkdirSync(folder);
    const before = process.env['TMPDIR'];
    process.env['TMPDIR'] = folder;
    try {
      const transport = await connectOpenssh(server.spec());
      await transport.open('cat');
      assert.ok(processesWith(folder).length > 0);
      await transport[Symbol.asyncDispose]();
      await until('what was opened is gone', () => processesWith(folder).length === 0);
      server.faults.refuseLogins = true;
      await assert.rejects(connectOpenssh(server.spec()), { reason: 'authentication' });
      await assert.rejects(connectOpenssh(server.spec({ knownHosts: [] })), { reason: 'host-key' });
      assert.deepEqual([processesWith(folder), readdirSync(folder)], [[], []]);
    } finally {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
    }
  });

  it('ends with a controller that is killed', async () => {
    await using server = await startServer();
    const folder = join(server.directory, 'tmp');
    mkdirSync(folder);
    const program = `
      import { connectOpenssh } from ${JSON.stringify(pathToFileURL(join(compiledRoot, 'src/session/openssh/openssh-transport.js')).href)};
      const transport = await connectOpenssh(JSON.parse(process.argv[1]));
      await transport.open('read -r line');
      process.stdout.write('in');
      setInterval(() => undefined, 1000);`;
    const controller = spawn(process.execPath, ['--input-type=module', '-e', program, JSON.stringify(server.spec())], {
      env: { ...process.env, TMPDIR: folder },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(controller.stdout, 'data');
    assert.ok(processesWith(folder).some(words => words.startsWith('ssh ')));
    controller.kill('SIGKILL');
    await until('its processes, its folder and its connection are gone', () => {
      return processesWith(folder).length === 0 && readdirSync(folder).length === 0 && server.connections === 0;
    });
  });

  it('shows a password to nobody but the server', async () => {
    await using server = await startServer({ methods: ['keyboard-interactive'] });
    const folder = join(server.directory, 'tmp');
    mkdirSync(folder);
    const before = process.env['TMPDIR'];
    process.env['TMPDIR'] = folder;
    try {
      await using transport = await connectOpenssh(server.spec({ keyFiles: [], password: secret(PASSWORD) }));
      assert.ok(transport.alive);
      assert.deepEqual(server.passwords, [PASSWORD]);
      assert.deepEqual([processesWith('sesame'), processesWith('sesame', 'environ')], [[], []]);
      const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => !entry.isDirectory());
      for (const file of files.filter(entry => entry.isFile()))
        assert.doesNotMatch(readFileSync(join(file.parentPath, file.name), 'utf8'), /sesame/);
      const modes = files.map(({ parentPath }) => statSync(parentPath).mode & 0o777);
      assert.ok(files.length > 0 && modes.every(mode => mode === 0o700));
    } finally {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
    }
  });
});
