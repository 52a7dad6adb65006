// The decision about a host's key, with the exact words of each refusal.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { fingerprint, orderHostKeyAlgorithms, refuseHostKey } from '../../src/session/host-keys/host-key.ts';
import type { ConnectionSpec } from '../../src/session/types.ts';
import { newKey } from './support/keys.ts';

const [ours, theirs] = [newKey(), newKey()];
const RSA = ssh2.utils.generateKeyPairSync('rsa', { bits: 2048 }).public.split(' ').slice(0, 2).join(' ');

describe('host-key', () => {
  let directory = '';
  let file = '';
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'tsplay-test-'));
    file = join(directory, 'known_hosts');
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  function spec(changes: Partial<ConnectionSpec> = {}): ConnectionSpec {
    const login = { user: 'u', keyFiles: [], knownHosts: [file], hostKeyPolicy: 'strict' as const, timeout: 1000 };
    return { host: 'web1', connection: 'ssh2', address: '10.0.0.1', port: 22, ...login, ...changes };
  }

  it('accepts the key that a file holds, in whichever file and place', async () => {
    writeFileSync(file, `10.0.0.2 ${theirs.line}\n`);
    const second = join(directory, 'second');
    writeFileSync(second, `10.0.0.1 ${RSA}\n10.0.0.1 ${ours.line}\n`);
    assert.equal(await refuseHostKey(spec({ knownHosts: [file, join(directory, 'none'), second] }), ours.blob), undefined);
  });

  it('refuses an unknown key with its fingerprint, and says which command to run next', async () => {
    const words =
      `the host key of web1 (10.0.0.1 port 2222) is not known: ssh-ed25519 ${fingerprint(ours.blob)}, ` +
      'compare it with "ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub" on its console, then: tsplay hosts trust ';
    assert.equal(await refuseHostKey(spec({ port: 2222, inventories: ['prod'] }), ours.blob), `${words}-i prod web1`);
    assert.equal(await refuseHostKey(spec({ port: 2222, inventories: ['my hosts.yml'] }), ours.blob), `${words}-i 'my hosts.yml' web1`);
    assert.equal(await refuseHostKey(spec({ port: 2222 }), ours.blob), `${words}web1`);
  });

  it('refuses a changed key, names the line and how to remove it, under accept-new too', async () => {
    writeFileSync(file, `# lines\n10.0.0.1 ${theirs.line}\n`);
    for (const hostKeyPolicy of ['strict', 'accept-new'] as const) {
      assert.equal(
        await refuseHostKey(spec({ hostKeyPolicy, inventories: ['prod'] }), ours.blob),
        `the host key of web1 (10.0.0.1 port 22) has changed: got ssh-ed25519 ${fingerprint(ours.blob)}, ` +
          `${file}:2 has ssh-ed25519 ${fingerprint(theirs.blob)}, if the host was reinstalled remove that line ` +
          `(ssh-keygen -R 10.0.0.1 -f ${file}), then: tsplay hosts trust -i prod web1; else somebody may be between`,
      );
    }
    assert.equal(readFileSync(file, 'utf8'), `# lines\n10.0.0.1 ${theirs.line}\n`);
  });

  it('says that a host may be known by a certificate', async () => {
    writeFileSync(file, `@cert-authority * ${theirs.line}\n`);
    const words = await refuseHostKey(spec(), ours.blob);
    assert.ok(
      words?.includes(`${file}:1 names an authority for its certificates, which connection: openssh looks at; or compare it with `),
    );
  });

  it('refuses a key of another type where the host is known', async () => {
    writeFileSync(file, `10.0.0.1 ${RSA}\n`);
    assert.match(
      (await refuseHostKey(spec({ hostKeyPolicy: 'accept-new' }), ours.blob)) ?? '',
      /has changed: got ssh-ed25519 .*:1 has ssh-rsa SHA256:/,
    );
  });

  it('refuses a revoked key even where another line accepts it', async () => {
    writeFileSync(file, `10.0.0.1 ${ours.line}\n@revoked * ${ours.line}\n`);
    assert.equal(
      await refuseHostKey(spec({ hostKeyPolicy: 'accept-new' }), ours.blob),
      `the host key of web1 (10.0.0.1 port 22) is revoked by ${file}:2: ssh-ed25519 ${fingerprint(ours.blob)}, do not log in to it`,
    );
  });

  it('records a new key under accept-new, on a line of its own, in a private file', async () => {
    const fresh = join(directory, 'new', 'known_hosts');
    assert.equal(await refuseHostKey(spec({ hostKeyPolicy: 'accept-new', knownHosts: [fresh] }), ours.blob), undefined);
    assert.equal(readFileSync(fresh, 'utf8'), `10.0.0.1 ${ours.line}\n`);
    assert.equal(statSync(fresh).mode & 0o777, 0o600);
    writeFileSync(file, 'other ssh-rsa AAAA');
    assert.equal(await refuseHostKey(spec({ hostKeyPolicy: 'accept-new' }), ours.blob), undefined);
    assert.equal(await refuseHostKey(spec(), ours.blob), undefined);
    assert.equal(readFileSync(file, 'utf8'), `other ssh-rsa AAAA\n10.0.0.1 ${ours.line}\n`);
  });

  it('records a key once, under the names that the configuration of ssh asks for', async () => {
    const accepting = spec({ hostKeyPolicy: 'accept-new', hashKnownHosts: true, port: 2222 });
    for (let time = 0; time < 2; time++) assert.equal(await refuseHostKey(accepting, ours.blob), undefined);
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    assert.equal(lines.length, 1);
    assert.match(lines[0] ?? '', /^\|1\|\S+ ssh-ed25519 AAAA/);
    assert.equal(await refuseHostKey(spec({ port: 2222 }), ours.blob), undefined);
    assert.equal(await refuseHostKey(spec({ hostKeyPolicy: 'accept-new', hostKeyAlias: 'Web' }), ours.blob), undefined);
    assert.equal(readFileSync(file, 'utf8').trimEnd().split('\n')[1], `web ${ours.line}`);
  });

  it('says when a key cannot be recorded', async () => {
    const words = await refuseHostKey(spec({ hostKeyPolicy: 'accept-new', knownHosts: ['/dev/null/known_hosts'] }), ours.blob);
    assert.match(words ?? '', /^cannot record a host key: /);
  });

  it('says when a file cannot be read', async () => {
    mkdirSync(file);
    await assert.rejects(refuseHostKey(spec(), ours.blob), {
      reason: 'host-key',
      message: `${file}, where host keys are known from, cannot be read (EISDIR), make it readable`,
    });
  });

  it('asks first for the types that are known', () => {
    writeFileSync(file, `10.0.0.1 ${RSA}\n@revoked 10.0.0.1 ${ours.line}\n`);
    const order = orderHostKeyAlgorithms(spec());
    assert.deepEqual(order.slice(0, 3), ['rsa-sha2-512', 'rsa-sha2-256', 'ssh-ed25519']);
    assert.equal(order.length, 6);
    assert.equal(orderHostKeyAlgorithms(spec({ knownHosts: [] }))[0], 'ssh-ed25519');
  });
});
