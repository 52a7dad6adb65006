// known_hosts lines: which keys they hold for a host, with ssh-keygen as the judge.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findKnownKeys, hashedName, keyType, knownHostsName } from '../../src/session/host-keys/known-hosts.ts';
import { newKey } from './support/keys.ts';

const [ours, theirs] = [newKey(), newKey()];
const KEY = ours.line;

const CASES: readonly { readonly it: string; readonly names: string; readonly of: string; readonly found: boolean }[] = [
  { it: 'a plain name', names: 'web1', of: 'web1', found: true },
  { it: 'one of several names', names: 'web1,10.0.0.1', of: '10.0.0.1', found: true },
  { it: 'a name in other letters', names: 'Web1', of: 'web1', found: true },
  { it: 'no other name', names: 'web10', of: 'web1', found: false },
  { it: 'a port of its own', names: '[web1]:2222', of: '[web1]:2222', found: true },
  { it: 'a port of its own in other letters', names: '[WEB1]:2222', of: '[web1]:2222', found: true },
  { it: 'an address of the sixth version with a port', names: '[fe80::1]:2222,fe80::2', of: '[fe80::1]:2222', found: true },
  { it: 'no other port', names: '[web1]:2222', of: '[web1]:2223', found: false },
  { it: 'no port where none is written', names: 'web1', of: '[web1]:2222', found: false },
  { it: 'any port', names: '[web1]:*', of: '[web1]:2222', found: true },
  { it: 'a hashed name', names: hashedName('web1'), of: 'web1', found: true },
  { it: 'a hashed name with a port', names: hashedName('[web1]:2222'), of: '[web1]:2222', found: true },
  { it: 'no other hashed name', names: hashedName('web2'), of: 'web1', found: false },
  { it: 'no hash of an unknown kind', names: hashedName('web1').replace('|1|', '|2|'), of: 'web1', found: false },
  { it: 'no second hashed name', names: `${hashedName('web2')},${hashedName('web1')}`, of: 'web1', found: false },
  { it: 'a star', names: '*.example.org', of: 'a.b.example.org', found: true },
  { it: 'a star in the middle', names: '10.*.1', of: '10.0.0.1', found: true },
  { it: 'a question mark for one letter', names: 'web?', of: 'web1', found: true },
  { it: 'a question mark for no more than one letter', names: 'web?', of: 'web10', found: false },
  { it: 'a dot that is only a dot', names: 'web.1', of: 'webx1', found: false },
  { it: 'an exclusion', names: '*.example.org,!a.example.org', of: 'a.example.org', found: false },
  { it: 'an exclusion that comes first', names: '!a.example.org,*.example.org', of: 'a.example.org', found: false },
  { it: 'what an exclusion leaves', names: '*.example.org,!a.example.org', of: 'b.example.org', found: true },
  { it: 'nothing that is only excluded', names: '!a.example.org', of: 'b.example.org', found: false },
  { it: 'nothing in a comment', names: '#web1', of: 'web1', found: false },
];

const LINES: readonly { readonly it: string; readonly line: string; readonly found: string | undefined }[] = [
  { it: 'a comment behind the key', line: `web1 ${KEY} jo@home, the second`, found: 'plain' },
  { it: 'blanks and tabs', line: `  web1\t${KEY.replace(' ', '  \t')}`, found: 'plain' },
  { it: 'a line that ends as on Windows', line: `web1 ${KEY}\r`, found: 'plain' },
  { it: 'a revoked key', line: `@revoked web1 ${KEY}`, found: 'revoked' },
  { it: 'a revoked key of every host', line: `@revoked * ${KEY}`, found: 'revoked' },
  { it: 'the key of an authority', line: `@cert-authority *,!web2 ${KEY}`, found: 'authority' },
  { it: 'no mark that nobody knows', line: `@other web1 ${KEY}`, found: undefined },
  { it: 'no second mark', line: `@revoked @cert-authority web1 ${KEY}`, found: undefined },
  { it: 'no key that is missing', line: 'web1 ssh-ed25519', found: undefined },
];

describe('known-hosts', () => {
  let directory = '';
  before(() => (directory = mkdtempSync(join(tmpdir(), 'tsplay-test-'))));
  after(() => rmSync(directory, { recursive: true }));

  /** The mark of the line that ssh-keygen finds for a name. */
  function asSshKeygen(line: string, name: string): string | undefined {
    const file = join(directory, 'known_hosts');
    writeFileSync(file, `${line}\n`);
    const { stdout, status } = spawnSync('ssh-keygen', ['-F', name, '-f', file], { encoding: 'utf8' });
    if (status !== 0) return undefined;
    return /found: line 1 REVOKED/.test(stdout) ? 'revoked' : /found: line 1 CA/.test(stdout) ? 'authority' : 'plain';
  }
  const found = (line: string, name: string): string | undefined => findKnownKeys('f', `${line}\n`, name)[0]?.mark;

  for (const { it: title, names, of, found: isFound } of CASES) {
    it(`finds ${title}`, () => {
      const line = `${names} ${KEY}`;
      assert.equal(found(line, of), isFound ? 'plain' : undefined);
      assert.equal(asSshKeygen(line, of), isFound ? 'plain' : undefined, 'ssh-keygen');
    });
  }

  for (const { it: title, line, found: mark } of LINES) {
    it(`reads ${title}`, () => {
      assert.equal(found(line, 'web1'), mark);
      assert.equal(asSshKeygen(line, 'web1'), mark, 'ssh-keygen');
    });
  }

  it('gives every key with its type, file and line', () => {
    const text = `# comment\n\nweb1 ${theirs.line}\n  web1\t${KEY}\nweb2 ${KEY}\nbroken\n`;
    assert.deepEqual(findKnownKeys('f', text, 'web1'), [
      { file: 'f', line: 3, mark: 'plain', type: 'ssh-ed25519', key: theirs.blob },
      { file: 'f', line: 4, mark: 'plain', type: 'ssh-ed25519', key: ours.blob },
    ]);
  });

  it('holds no key of another type than the line says, and none that is cut off', () => {
    assert.deepEqual(findKnownKeys('f', `web1 ${KEY.replace('ssh-ed25519', 'ssh-rsa')}\n`, 'web1'), []);
    const whole = `web1 ${KEY}`;
    for (let length = 0; length < whole.length; length++)
      assert.deepEqual(findKnownKeys('f', whole.slice(0, length), 'web1'), [], whole.slice(0, length));
    assert.equal(keyType(ours.blob), 'ssh-ed25519');
    assert.equal(keyType(Buffer.from('no key')), '');
  });

  it('writes a name as OpenSSH does', () => {
    assert.equal(knownHostsName('Web1.Example.org', 22), 'web1.example.org');
    assert.equal(knownHostsName('10.0.0.1', 2222), '[10.0.0.1]:2222');
    assert.equal(asSshKeygen(`${hashedName('[10.0.0.1]:2222')} ${KEY}`, '[10.0.0.1]:2222'), 'plain');
  });
});
