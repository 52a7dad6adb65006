// Lines appended to a known_hosts file by several programs at once, while others read it.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { appendKnownHosts } from '../../src/session/host-keys/append-known-hosts.ts';
import { findKnownKeys } from '../../src/session/host-keys/known-hosts.ts';
import { newKey } from './support/keys.ts';

const WRITERS = 5;
const EACH = 10;
const KEY = newKey().line;

/** Records ten hosts of its own and one that the others record, too. */
const PROGRAM = `
const [module, file, writer, key] = process.argv.slice(1);
const { appendKnownHosts } = await import(module);
for (let host = 0; host < ${EACH}; host++)
  await appendKnownHosts(file, text => ['host-' + writer + '-' + host, 'shared-' + host].map(name => name + ' ' + key).filter(line => !text.includes(line + '\\n')));
`;

describe('append-known-hosts', () => {
  let directory = '';
  let file = '';
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'tsplay-test-'));
    file = join(directory, 'known_hosts');
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('loses and mixes no line of several programs, writes none twice, and shows readers whole ones', async () => {
    const before = `first ${KEY}`;
    writeFileSync(file, before, { mode: 0o640 });
    chmodSync(file, 0o640);
    const { ino, uid, gid } = statSync(file);
    const module = fileURLToPath(new URL('../../src/session/host-keys/append-known-hosts.js', import.meta.url));
    const writers = Array.from({ length: WRITERS }, async (_, writer) => {
      const args = ['--input-type=module', '-e', PROGRAM, module, file, String(writer), KEY];
      const [status] = (await once(spawn(process.execPath, args, { stdio: 'inherit' }), 'close')) as [number | null];
      return status;
    });
    const state = { isOver: false };
    const all = Promise.all(writers).finally(() => (state.isOver = true));
    for (let seen = 0; !state.isOver;) {
      const lines = readFileSync(file, 'utf8').split('\n');
      // The last may still be on its way: it is no other host's then.
      for (const line of lines.slice(0, -1)) assert.match(line, /^(?:first|host-\d-\d|shared-\d) ssh-ed25519 \S{68}$/);
      assert.ok(lines.length >= seen, 'lines are lost');
      seen = lines.length;
      await new Promise(resolve => setImmediate(resolve));
    }
    assert.deepEqual(
      await all,
      Array.from({ length: WRITERS }, () => 0),
    );
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    const own = Array.from({ length: WRITERS }, (_, writer) => Array.from({ length: EACH }, (__, host) => `host-${writer}-${host}`)).flat();
    const shared = Array.from({ length: EACH }, (_, host) => `shared-${host}`);
    assert.deepEqual([...lines].sort(), ['first', ...own, ...shared].map(name => `${name} ${KEY}`).sort());
    const after = statSync(file);
    assert.deepEqual([after.ino, after.uid, after.gid, after.mode & 0o777], [ino, uid, gid, 0o640]);
    assert.deepEqual(readdirSync(directory), ['known_hosts'], 'no lock is left');
  });

  it('follows a link, and takes a lock of somebody who was killed for what it is', async () => {
    const link = join(directory, 'link');
    writeFileSync(file, '');
    symlinkSync(file, link);
    writeFileSync(`${file}.lock`, '');
    utimesSync(`${file}.lock`, new Date(0), new Date(0));
    await appendKnownHosts(link, () => [`web1 ${KEY}`]);
    assert.equal(findKnownKeys('f', readFileSync(file, 'utf8'), 'web1').length, 1);
    assert.equal(existsSync(`${file}.lock`), false);
  });

  it('waits for somebody who is writing', async () => {
    writeFileSync(`${file}.lock`, '');
    let isDone = false;
    const writing = appendKnownHosts(file, () => [`web1 ${KEY}`]).then(() => (isDone = true));
    await new Promise(resolve => setTimeout(resolve, 100));
    assert.deepEqual([isDone, existsSync(file)], [false, false]);
    rmSync(`${file}.lock`);
    await writing;
    assert.equal(readFileSync(file, 'utf8'), `web1 ${KEY}\n`);
  });
});
