// known_hosts lines: which keys they hold for a host.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { findKnownKeys, knownHostsName } from '../../src/session/known-hosts.ts';

const KEY = 'AAAAC3NzaC1lZDI1NTE5AAAAIA==';

function hash(name: string): string {
  const salt = Buffer.alloc(20, 7);
  return `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`;
}

const CASES: readonly { readonly it: string; readonly names: string; readonly of: string; readonly found: boolean }[] = [
  { it: 'a plain name', names: 'web1', of: 'web1', found: true },
  { it: 'one of several names', names: 'web1,10.0.0.1', of: '10.0.0.1', found: true },
  { it: 'a name in other letters', names: 'Web1', of: 'web1', found: true },
  { it: 'no other name', names: 'web10', of: 'web1', found: false },
  { it: 'a port of its own', names: '[web1]:2222', of: '[web1]:2222', found: true },
  { it: 'no other port', names: '[web1]:2222', of: '[web1]:2223', found: false },
  { it: 'no port where none is written', names: 'web1', of: '[web1]:2222', found: false },
  { it: 'a hashed name', names: hash('web1'), of: 'web1', found: true },
  { it: 'a hashed name with a port', names: hash('[web1]:2222'), of: '[web1]:2222', found: true },
  { it: 'no other hashed name', names: hash('web2'), of: 'web1', found: false },
  { it: 'no hash of an unknown kind', names: hash('web1').replace('|1|', '|2|'), of: 'web1', found: false },
  { it: 'a star', names: '*.example.org', of: 'a.b.example.org', found: true },
  { it: 'a question mark for one letter', names: 'web?', of: 'web1', found: true },
  { it: 'a question mark for no more than one letter', names: 'web?', of: 'web10', found: false },
  { it: 'a dot that is only a dot', names: 'web.1', of: 'webx1', found: false },
  { it: 'an exclusion', names: '*.example.org,!a.example.org', of: 'a.example.org', found: false },
  { it: 'what an exclusion leaves', names: '*.example.org,!a.example.org', of: 'b.example.org', found: true },
];

describe('known-hosts', () => {
  for (const { it: title, names, of, found } of CASES) {
    it(`matches ${title}`, () => {
      assert.equal(findKnownKeys('f', `${names} ssh-ed25519 ${KEY} a comment\n`, of).length, found ? 1 : 0);
    });
  }

  it('gives every key with its type, file and line', () => {
    const text = `# comment\n\nweb1 ssh-rsa AAAA\n  web1\tssh-ed25519 ${KEY}\nweb2 ssh-rsa BBBB\nbroken\n`;
    assert.deepEqual(findKnownKeys('f', text, 'web1'), [
      { file: 'f', line: 3, revoked: false, type: 'ssh-rsa', key: 'AAAA' },
      { file: 'f', line: 4, revoked: false, type: 'ssh-ed25519', key: KEY },
    ]);
  });

  it('marks revoked keys, and passes over certificate authorities and marks it does not know', () => {
    const text = '@revoked * ssh-rsa AAAA\n@cert-authority web1 ssh-rsa BBBB\n@other web1 ssh-rsa CCCC\n';
    assert.deepEqual(findKnownKeys('f', text, 'web1'), [{ file: 'f', line: 1, revoked: true, type: 'ssh-rsa', key: 'AAAA' }]);
  });

  it('writes a name as OpenSSH does', () => {
    assert.equal(knownHostsName('Web1.Example.org', 22), 'web1.example.org');
    assert.equal(knownHostsName('10.0.0.1', 2222), '[10.0.0.1]:2222');
  });
});
