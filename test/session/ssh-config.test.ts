// The configuration of ssh: OpenSSH's own client is asked the same.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { SshConfig, type Person, type SshOptions } from '../../src/session/config/ssh-config.ts';

const HOSTS = ['web1', 'web2.example.org', 'db1', 'Web1', '10.0.0.7', 'bastion', 'other'] as const;

/** What the files hold; `@` in a text is the folder they are in. The first is the one that is named. */
const CASES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'the first value counts': { config: 'Host web1\n  Port 2201\n  User first\nHost *\n  Port 2202\n  User second\n' },
  'patterns, some of them excluded': { config: 'Host web* !web2*\n  Port 2201\nHost 10.0.0.? *.example.org\n  Port 2202\n' },
  'other ways to write it': { config: '\t hOsT = web1\n  PORT=2201\n   User\t"jo hn"   # a comment\n# Port 3\n  HostName = "10.1.1.1"\n' },
  'tokens of the name': { config: 'Host web1 db1\n  HostName %h.internal.example\nHost other\n  HostName %h%%x\n' },
  'files that are included, and what they leave as it was': {
    config: 'Include @/d/*.conf\nHost web1\n  Include @/web1\n  ConnectTimeout 7\nHost *\n  Port 2209\n',
    'd/a.conf': 'Host db1\n  Port 2201\n',
    'd/b.conf': 'Host *1\n  User b\n  Port 2202\n',
    'd/.hidden.conf': 'User hidden\n',
    web1: 'Host web1\n  ServerAliveInterval 11\nHost db1\n  ServerAliveInterval 12\n',
  },
  'criteria of Match': {
    config:
      'Match host 10.9.* \n  Port 2201\nHost web1\n  HostName 10.9.1.1\n  User web\nMatch originalhost web1 user web\n  ConnectTimeout 3\n' +
      'Match !host 10.9.*,db1\n  Port 2203\nMatch all\n  ServerAliveCountMax 9\n',
  },
  'jumps, and none of them': {
    config: 'Host bastion\n  ProxyJump none\nHost web*\n  ProxyJump jo@first:2200,second\nHost *\n  ProxyJump bastion\n',
  },
  'whichever way comes first': { config: 'Host web1\n  ProxyCommand none\nHost * !bastion\n  ProxyJump bastion\n' },
  times: { config: 'Host web1\n  ConnectTimeout 1m\n  ServerAliveInterval 30\nHost *\n  ConnectTimeout 9\n' },
  'keys, all of them': {
    config: 'Host web1\n  IdentityFile /k/one\n  IdentitiesOnly yes\nHost *\n  IdentityFile /k/two\n  IdentityFile /k/one\n',
  },
  'known hosts': { config: 'Host web1\n  UserKnownHostsFile /k/a /k/b\nHost db1\n  UserKnownHostsFile none\n' },
};

describe('the configuration of ssh', () => {
  let folder: string;
  let person: Person;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tsplay-ssh-config-'));
    const { uid, username } = userInfo();
    person = { name: username, uid, home: folder };
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text.replaceAll('@/', `${folder}/`), { mode: 0o600 });
    }
  }
  const config = (): string => join(folder, 'config');
  const read = (name: string, user?: string): SshOptions => new SshConfig(person, [config()]).optionsFor(name, user);

  for (const [what, files] of Object.entries(CASES)) {
    it(`is read as ssh reads it: ${what}`, () => {
      write(files);
      for (const host of HOSTS) assert.deepEqual(plain(read(host), host, person.name), asSsh(config(), host), host);
    });
  }

  it('knows the user whom the inventory names', () => {
    write({ config: 'Match user deploy\n  Port 2201\nMatch user other\n  Port 2202\n' });
    assert.equal(read('web1', 'deploy').port, 2201);
    assert.equal(read('web1').port, undefined);
  });

  it('puts paths together', () => {
    write({ config: 'IdentityFile ~/.ssh/%n_%r\nIdentityFile ${TSPLAY_KEY}/x\nIdentityFile none\nUser jo\nHostName 10.0.0.1\n' });
    process.env['TSPLAY_KEY'] = '/keys';
    assert.deepEqual(read('web1').identityFiles, [join(folder, '.ssh', 'web1_jo'), '/keys/x']);
    delete process.env['TSPLAY_KEY'];
  });

  it('finds what is included beside it', () => {
    write({ '.ssh/config': 'Include more/*\n', '.ssh/more/one': 'Port 2201\n' });
    assert.equal(new SshConfig(person).optionsFor('web1').port, 2201);
  });

  it('runs no program to find out whether a section applies', () => {
    write({ config: `Match exec "touch ${folder}/ran"\n  Port 2201\nMatch final\n  Port 2202\n` });
    assert.equal(read('web1').port, undefined);
    assert.throws(() => chmodSync(join(folder, 'ran'), 0o600), { code: 'ENOENT' });
  });

  it('says where a program would be started to get there', () => {
    write({ config: '\nHost web1\n  ProxyCommand nc -X 5 %h %p\n' });
    assert.deepEqual(read('web1').proxyCommand, { text: 'nc -X 5 %h %p', at: `${config()}:3` });
  });

  it('is refused where others can write it, and with the place of what makes no sense', () => {
    write({ config: 'Port 2201\n' });
    chmodSync(config(), 0o620);
    assert.throws(() => read('web1'), {
      message: `${config()} can be written by others, make it yours alone: chown and "chmod 600 ${config()}"`,
    });
    chmodSync(config(), 0o600);
    write({ config: '\nPort ssh\n' });
    assert.throws(() => read('web1'), { message: `${config()}:2:1  port is ssh, give it a whole number` });
    write({ config: 'Host\n' });
    assert.throws(() => read('web1'), { message: `${config()}:1:1  Host says nothing, give it a value or remove the line` });
    write({ config: 'Include @/config\n' });
    assert.throws(() => read('web1'), /Include goes deeper than 16 files, look for one that includes itself/);
    rmSync(config());
    assert.deepEqual(read('web1'), {});
  });
});

/** In the words of `ssh -G`. */
function plain(options: SshOptions, host: string, user: string): Readonly<Record<string, unknown>> {
  return {
    hostname: options.hostName ?? host.toLowerCase(),
    user: options.user ?? user,
    port: String(options.port ?? 22),
    proxyjump: options.proxyJump?.join(','),
    connecttimeout: String(options.connectTimeout ?? 'none'),
    serveraliveinterval: String(options.aliveInterval ?? 0),
    serveralivecountmax: String(options.aliveCount ?? 3),
    identitiesonly: options.identitiesOnly === true ? 'yes' : 'no',
    keys: options.identityFiles ?? 'the usual',
    knownHosts: options.knownHosts ?? 'the usual',
  };
}

/** What the client of OpenSSH says. */
function asSsh(file: string, host: string): Readonly<Record<string, unknown>> {
  const lines = execFileSync('ssh', ['-T', '-G', '-F', file, host], { encoding: 'utf8' }).trim().split('\n');
  const values = (keyword: string): readonly string[] =>
    lines.filter(line => line.startsWith(`${keyword} `)).map(line => line.slice(keyword.length + 1));
  const one = (keyword: string): string | undefined => values(keyword)[0];
  const keys = values('identityfile');
  const known = one('userknownhostsfile') ?? '';
  return {
    hostname: one('hostname'),
    user: one('user'),
    port: one('port'),
    proxyjump: one('proxyjump'),
    connecttimeout: one('connecttimeout'),
    serveraliveinterval: one('serveraliveinterval'),
    serveralivecountmax: one('serveralivecountmax'),
    identitiesonly: one('identitiesonly'),
    keys: keys.some(key => key.startsWith('~')) ? 'the usual' : keys,
    knownHosts: known.startsWith('~') || known.includes('/.ssh/') ? 'the usual' : known === 'none' ? [] : known.split(' '),
  };
}
