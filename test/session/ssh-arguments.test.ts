// Arguments for ssh: OpenSSH's own client is asked the same, and what it would do that a session here cannot is said.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { userInfo } from 'node:os';
import { readSshArguments } from '../../src/session/config/ssh-arguments.ts';
import { SshConfig, type SshOptions } from '../../src/session/config/ssh-config.ts';

const PERSON = { name: userInfo().username, uid: userInfo().uid, home: '/home/nobody' };
const AT = { file: 'hosts.yml', line: 3 };

/** As words for the client, which leaves out the files of `-i` that are not there. */
const FOLLOWED: Readonly<Record<string, readonly string[]>> = {
  '-p 2201 -l jo -i /k/one -i "/k/t wo"': ['-p', '2201', '-l', 'jo', '-o', 'IdentityFile=/k/one', '-o', 'IdentityFile="/k/t wo"'],
  '-p2202 -o User=jo -oPort=2203': ['-p2202', '-o', 'User=jo', '-oPort=2203'],
  '-J jo@outer:2200,inner -o ProxyCommand=none': ['-J', 'jo@outer:2200,inner', '-o', 'ProxyCommand=none'],
  "-o 'HostName %h.internal' -qo ConnectTimeout=9": ['-o', 'HostName %h.internal', '-qo', 'ConnectTimeout=9'],
  '-o ProxyCommand="nc -X 5 %h %p"': ['-o', 'ProxyCommand=nc -X 5 %h %p'],
  '-C -tt -o ControlMaster=auto -o ControlPersist=60s -o identitiesonly=yes': [
    '-C',
    '-tt',
    '-o',
    'ControlMaster=auto',
    '-o',
    'identitiesonly=yes',
  ],
};

describe('arguments for ssh', () => {
  for (const [text, words] of Object.entries(FOLLOWED)) {
    it(`are followed as ssh follows them: ${text}`, () => {
      const { lines, problems } = readSshArguments(text, AT);
      assert.deepEqual(problems, []);
      assert.deepEqual(plain(new SshConfig(PERSON, []).optionsFor('web1', undefined, lines)), asSsh(words));
    });
  }

  it('stand above the files', () => {
    const { lines, config } = readSshArguments('-o Port=2201 -F /etc/other', AT);
    assert.equal(
      new SshConfig(PERSON, []).optionsFor('web1', undefined, [...lines, { ...AT, keyword: 'port', words: ['2202'] }]).port,
      2201,
    );
    assert.equal(config, '/etc/other');
  });

  it('say where they are written', () => {
    const { lines } = readSshArguments('-o ProxyCommand="nc %h %p"', AT);
    assert.equal(new SshConfig(PERSON, []).optionsFor('web1', undefined, lines).proxyCommand?.at, 'hosts.yml:3');
  });

  it('say what is to be done with a host key that is not known', () => {
    const said = (word: string): string | undefined =>
      readSshArguments(`-o StrictHostKeyChecking=${word} -o StrictHostKeyChecking=yes`, AT).hostKey;
    assert.deepEqual(['yes', 'ask', 'accept-new', 'no', 'OFF'].map(said), ['strict', 'strict', 'accept-new', 'accept-new', 'accept-new']);
  });

  const passed = ['-qv -C', '-o ForwardAgent=no', '-o PreferredAuthentications=publickey,password', ''];
  for (const text of passed) {
    it(`are passed over where a session does the same: ${text}`, () => {
      assert.deepEqual(readSshArguments(text, AT), { lines: [], problems: [] });
    });
  }

  const refused = [
    '-A',
    '-4',
    '-b 10.0.0.1',
    '-o ForwardAgent=yes',
    '-o Ciphers=x',
    '-o PreferredAuthentications=password',
    '-p',
    '-o',
    'web1',
    '-',
  ];
  for (const text of refused) {
    it(`are refused by their word: ${text}`, () => {
      const { lines, problems } = readSshArguments(`-q ${text}`, AT);
      assert.deepEqual([lines, problems.map(({ word }) => word)], [[], [text]]);
    });
  }
});

/** In the words of `ssh -G`. */
function plain(options: SshOptions): object {
  return {
    hostname: options.hostName ?? 'web1',
    user: options.user ?? PERSON.name,
    port: String(options.port ?? 22),
    proxyjump: options.proxyJump?.join(','),
    proxycommand: options.proxyCommand?.text,
    connecttimeout: String(options.connectTimeout ?? 'none'),
    identitiesonly: options.identitiesOnly === true ? 'yes' : 'no',
    keys: options.identityFiles,
  };
}

function asSsh(words: readonly string[]): object {
  const lines = execFileSync('ssh', ['-G', '-F', 'none', ...words, 'web1'], { encoding: 'utf8' })
    .trim()
    .split('\n');
  const values = (keyword: string): readonly string[] =>
    lines.filter(line => line.startsWith(`${keyword} `)).map(line => line.slice(keyword.length + 1));
  const one = (keyword: string): string | undefined => values(keyword)[0];
  const keys = values('identityfile').filter(file => !file.startsWith('~/.ssh/id_'));
  return {
    hostname: one('hostname'),
    user: one('user'),
    port: one('port'),
    proxyjump: one('proxyjump'),
    proxycommand: one('proxycommand'),
    connecttimeout: one('connecttimeout'),
    identitiesonly: one('identitiesonly'),
    keys: keys.length === 0 ? undefined : keys,
  };
}
