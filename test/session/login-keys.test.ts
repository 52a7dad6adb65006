// Key files in every format, made by ssh-keygen when the test runs: with and without a passphrase, and those that are not used.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { lockedKeys } from '../../src/session/ssh2/locked-keys.ts';
import { readLoginKeys } from '../../src/session/ssh2/login-keys.ts';
import { connectSsh2 } from '../../src/session/ssh2/ssh2-transport.ts';
import { secret } from '../../src/util/secret.ts';
import { puttyKey } from './support/putty-key.ts';
import { startServer } from './support/server.ts';

const PASSPHRASE = 'open "sesame" $';
const RIGHT = secret(PASSPHRASE);

/** What ssh-keygen is told. */
const FORMATS: Readonly<Record<string, readonly string[]>> = {
  'ed25519 of OpenSSH': ['-t', 'ed25519'],
  'rsa of OpenSSH': ['-t', 'rsa', '-b', '2048'],
  'rsa in PEM': ['-t', 'rsa', '-b', '2048', '-m', 'PEM'],
  'rsa in PKCS 8': ['-t', 'rsa', '-b', '2048', '-m', 'PKCS8'],
  'ecdsa of OpenSSH': ['-t', 'ecdsa'],
  'ecdsa in PEM': ['-t', 'ecdsa', '-b', '384', '-m', 'PEM'],
  'ecdsa in PKCS 8': ['-t', 'ecdsa', '-b', '521', '-m', 'PKCS8'],
};
const NAMES = [...Object.keys(FORMATS), 'rsa of PuTTY'] as const;

describe('login-keys', function () {
  this.timeout(60_000);
  let directory = '';
  const fileOf = (name: string, isLocked: boolean): string => join(directory, `${name}${isLocked ? ', locked' : ''}`);
  const publicKeyOf = (file: string): Buffer => Buffer.from(readFileSync(`${file}.pub`, 'utf8').split(' ')[1] ?? '', 'base64');

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'tsplay-test-'));
    const make = async ([name, words]: readonly [string, readonly string[]]): Promise<void> => {
      for (const isLocked of [false, true]) {
        const passphrase = isLocked ? PASSPHRASE : '';
        await promisify(execFile)('ssh-keygen', ['-q', ...words, '-N', passphrase, '-C', 'test', '-f', fileOf(name, isLocked)]);
      }
    };
    await Promise.all(Object.entries(FORMATS).map(make));
    const pem = fileOf('rsa in PEM', false);
    for (const isLocked of [false, true]) {
      const file = fileOf('rsa of PuTTY', isLocked);
      const text = puttyKey(readFileSync(pem, 'utf8'), publicKeyOf(pem), isLocked ? PASSPHRASE : '');
      writeFileSync(file, text, { mode: 0o600 });
      writeFileSync(`${file}.pub`, readFileSync(`${pem}.pub`));
    }
  });
  after(() => rmSync(directory, { recursive: true }));

  for (const name of NAMES) {
    it(`log in: ${name}`, async () => {
      const [plain, locked] = [fileOf(name, false), fileOf(name, true)];
      await using server = await startServer({ accepts: [plain, locked].map(publicKeyOf) });
      await using first = await connectSsh2(server.spec({ keyFiles: [plain] }));
      await using second = await connectSsh2(server.spec({ keyFiles: [locked], passphrases: { [locked]: RIGHT } }));
      assert.ok(first.alive && second.alive);
      assert.equal(server.logins, 2);
    });

    it(`are known to be locked: ${name}`, async () => {
      const [plain, locked] = [fileOf(name, false), fileOf(name, true)];
      for (const passphrases of [{}, { [locked]: secret('guess') }]) {
        const [key] = readLoginKeys({ keyFiles: [locked], passphrases });
        assert.deepEqual([key?.key, key?.problem], [undefined, `${locked} is encrypted, load it with "ssh-add ${locked}"`]);
        assert.ok(key?.publicKey?.equals(publicKeyOf(locked)));
      }
      await using server = await startServer();
      const files = async (keyFiles: readonly string[], changes = {}): Promise<readonly string[]> =>
        (await lockedKeys([server.spec({ keyFiles, ...changes })])).map(({ file }) => file);
      assert.deepEqual(await files([plain]), []);
      assert.deepEqual(await files([locked, locked]), [locked]);
      assert.deepEqual(await files([locked, plain]), [], 'there is another key');
      assert.deepEqual(await files([locked], { password: RIGHT }), [], 'there is a password');
      const jump = server.spec({ keyFiles: [locked] });
      assert.deepEqual(await files([plain], { jump }), [locked], 'for a host on the way');
    });
  }

  it('are not used when others can read them', () => {
    const file = fileOf('ed25519 of OpenSSH', false);
    for (const [mode, isUsed] of [
      [0o640, false],
      [0o604, false],
      [0o400, true],
    ] as const) {
      chmodSync(file, mode);
      const [key] = readLoginKeys({ keyFiles: [file] });
      assert.equal(key?.key !== undefined, isUsed, mode.toString(8));
      if (!isUsed) assert.equal(key?.problem, `${file} is open to others (mode ${mode.toString(8)}), run "chmod 600 ${file}"`);
    }
    chmodSync(file, 0o600);
  });

  it('are passed over when they do not exist, and said to be what they are', () => {
    const problem = (file: string): string | undefined => readLoginKeys({ keyFiles: [file] })[0]?.problem;
    assert.deepEqual(readLoginKeys({ keyFiles: [join(directory, 'none')] }), []);
    const publicKey = `${fileOf('ed25519 of OpenSSH', false)}.pub`;
    assert.equal(problem(publicKey), `${publicKey} is a public key, name the private one or load that into an agent`);
    assert.equal(problem(directory), `${directory} cannot be read (EISDIR)`);
    const write = (name: string, text: string): string => {
      writeFileSync(join(directory, name), text, { mode: 0o600 });
      return join(directory, name);
    };
    const text = write('text', 'no key\n');
    assert.equal(problem(text), `${text} is not a private key this can read, write it anew with "ssh-keygen -p -f ${text}"`);
    const putty = write('putty', readFileSync(fileOf('rsa of PuTTY', false), 'utf8').replace('File-2', 'File-3'));
    assert.equal(
      problem(putty),
      `${putty} is not a private key this can read, write it anew with "puttygen ${putty} -O private-openssh -o NEW"`,
    );
    const cut = write('cut', readFileSync(fileOf('rsa of OpenSSH', false), 'utf8').slice(0, 200));
    assert.match(problem(cut) ?? '', /cut is not a private key this can read/);
  });
});
