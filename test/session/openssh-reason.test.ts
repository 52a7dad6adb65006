// When a host is reached by the client of OpenSSH: where something is there that ssh2 cannot use, and not otherwise.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { reasonsForOpenssh } from '../../src/session/openssh/openssh-reason.ts';
import { SshConfig } from '../../src/session/config/ssh-config.ts';
import type { ConnectionSpec } from '../../src/session/types.ts';
import { newKey, privateKeyOfType } from './support/keys.ts';

const KEY = newKey();

interface Case {
  readonly files?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly isWaySaid?: boolean;
  /** `@` is the folder. */
  readonly reason: string | undefined;
}

const AUTHORITY = `@cert-authority *.example.org,10.0.0.* ${KEY.line}\n`;
const TICKETS = { files: { config: 'GSSAPIAuthentication yes\n', tickets: '' }, environment: { KRB5CCNAME: 'FILE:@/tickets' } };

const CASES: Readonly<Record<string, Case>> = {
  'a key and nothing else': { reason: undefined },
  'a program on the way': { files: { config: '\nProxyCommand nc %h %p\n' }, reason: 'ProxyCommand at @/config:2' },
  'a program on the way to other hosts': { files: { config: 'Host other\n  ProxyCommand nc %h %p\n' }, reason: undefined },
  'a program on a way that the inventory says otherwise': {
    files: { config: 'ProxyCommand nc %h %p\n' },
    isWaySaid: true,
    reason: undefined,
  },
  'a certificate in the configuration': { files: { config: 'CertificateFile ~/it\n' }, reason: 'CertificateFile at @/config:1' },
  'a certificate beside the key': { files: { 'id-cert.pub': '' }, reason: 'the certificate @/id-cert.pub' },
  'a FIDO key': { files: { id: privateKeyOfType('sk-ssh-ed25519@openssh.com') }, reason: 'the FIDO key @/id' },
  'a key of another type': { files: { id: privateKeyOfType('ssh-ed25519') }, reason: undefined },
  'tickets, and the wish to use them': { ...TICKETS, reason: 'GSSAPIAuthentication at @/config:1 and the tickets in FILE:@/tickets' },
  'the wish to use tickets': {
    files: { config: 'GSSAPIAuthentication yes\n' },
    environment: { KRB5CCNAME: 'FILE:@/none' },
    reason: undefined,
  },
  'tickets that nobody wants to use': { ...TICKETS, files: { tickets: '' }, reason: undefined },
  'an authority for the host': { files: { known_hosts: AUTHORITY }, reason: '@cert-authority in @/known_hosts' },
  'an authority for a host whose key is known': { files: { known_hosts: `${AUTHORITY}10.0.0.7 ${KEY.line}\n` }, reason: undefined },
  'an authority for others': { files: { known_hosts: AUTHORITY.replace('10.0.0.*', '10.0.1.*') }, reason: undefined },
  'a section that a program decides on': { files: { config: 'Match exec "true"\n  Port 1\n' }, reason: 'Match exec at @/config:1' },
  'such a section for others': { files: { config: 'Match host other exec "true"\n  Port 1\n' }, reason: undefined },
  'a section for the second reading': { files: { config: 'Match final all\n  Port 1\n' }, reason: undefined },
};

describe('the client of OpenSSH', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'tsplay-reason-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  for (const [what, { files = {}, environment = {}, isWaySaid = false, reason }] of Object.entries(CASES)) {
    it(`is ${reason === undefined ? 'not ' : ''}taken for ${what}`, () => {
      const inFolder = (text: string): string => text.replaceAll('@/', `${folder}/`);
      for (const [name, text] of Object.entries({ id: KEY.private, ...files })) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), text, { mode: 0o600 });
      }
      const { uid, username: name } = userInfo();
      const options = new SshConfig({ name, uid, home: folder }, [join(folder, 'config')]).optionsFor('10.0.0.7');
      const spec: Omit<ConnectionSpec, 'connection'> = {
        host: 'web1',
        address: '10.0.0.7',
        port: 22,
        user: name,
        keyFiles: [join(folder, 'id')],
        knownHosts: [join(folder, 'known_hosts')],
        hostKeyPolicy: 'strict',
        timeout: 1000,
      };
      const before = process.env['KRB5CCNAME'];
      process.env['KRB5CCNAME'] = inFolder(environment['KRB5CCNAME'] ?? '@/no-tickets');
      try {
        assert.equal(reasonsForOpenssh(uid)(spec, options, isWaySaid), reason === undefined ? undefined : inFolder(reason));
      } finally {
        if (before === undefined) delete process.env['KRB5CCNAME'];
        else process.env['KRB5CCNAME'] = before;
      }
    });
  }
});
