// Bad days of accounts: who may not log in, whose shell is another one, and who may not become root.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Day, DayTable } from '../support/day.ts';
import { lacksProgram, lacksSshd, startSshd, type AccountOptions, type SshdScene } from '../support/sshd.ts';

const COPY = `- hosts: all
  tasks:
    - {name: a file, file.copy: {dest: "{{ home }}/a", content: "new\\n"}}
    - {name: a command, command: {argv: [sh, -c, "echo said"], touches: []}, register: words}
    - {name: what it said, debug: {msg: "it {{ words.stdout }}"}}
`;
const AS_ROOT = COPY.replace('- hosts: all\n', '- hosts: all\n  become: true\n');

type Row = Pick<Day, 'name' | 'expect'> & {
  readonly account: AccountOptions;
  readonly lacks?: Day['lacks'];
  readonly settings?: readonly string[];
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly isRoot?: boolean;
};

/** All went well, or nothing was done. */
function row({ account, settings, variables, isRoot = false, lacks = lacksSshd, ...rest }: Row): Day {
  const isFine = rest.expect.exitCode === 0;
  const day: Day<SshdScene> = {
    ...rest,
    lacks,
    prepare: () => startSshd({ account, ...(settings && { settings }), ...(variables && { variables }) }),
    playbook: isRoot ? AS_ROOT : COPY,
    args: ['-vv'],
    check: ({ home, user }, { stdout, stderr }) => {
      if (isFine) assert.equal(readFileSync(join(home, 'a'), 'utf8'), 'new\n');
      else assert.ok(!existsSync(join(home, 'a')));
      assert.doesNotMatch(stdout + stderr, /You have mail|be nice/);
      assert.deepEqual(
        readdirSync('/dev/shm').filter(name => name.includes(user)),
        [],
      );
    },
  };
  return day;
}

const DONE = { exitCode: 0, message: 'it said', left: 'all as described' } as const;
const refused = (message: string): Day['expect'] => ({ exitCode: 4, message, left: 'nothing is changed' });
const NOISE = 'echo "You have mail"; echo "You have mail" >&2\n';

export const TABLE: DayTable = {
  title: 'Logins',
  days: [
    row({ name: '`~/.bashrc` prints on both outputs', account: { shell: '/bin/bash', files: { '.bashrc': NOISE } }, expect: DONE }),
    row({
      name: '`~/.bashrc`, `~/.profile` and `~/.bash_profile` print, and so does a motd',
      account: { shell: '/bin/bash', files: { '.bashrc': NOISE, '.profile': NOISE, '.bash_profile': NOISE } },
      settings: ['UsePAM yes', 'PrintMotd yes', 'Banner /etc/debian_version'],
      expect: DONE,
    }),
    row({
      name: '`~/.bashrc` ends the shell',
      account: { shell: '/bin/bash', files: { '.bashrc': 'exit 3\n' } },
      // A server that cannot hand on what was written closes the channel, at times before it has heard of the status.
      expect: refused(
        'no shell for … on n1: it ended with…, check that … has a login shell which neither exits nor reads at login (~/.bashrc), and …',
      ),
    }),
    row({
      name: '`~/.bashrc` reads its standard input',
      account: { shell: '/bin/bash', files: { '.bashrc': 'read -r line\n' } },
      expect: refused('no shell for … on n1: …, check that … has a login shell which neither exits nor reads at login (~/.bashrc), and …'),
    }),
    row({ name: 'the login shell is fish', lacks: lacksProgram('/usr/bin/fish'), account: { shell: '/usr/bin/fish' }, expect: DONE }),
    row({
      name: 'the login shell is tcsh, and `~/.cshrc` prints',
      lacks: lacksProgram('/usr/bin/tcsh'),
      account: { shell: '/usr/bin/tcsh', files: { '.cshrc': 'echo You have mail\n' } },
      expect: DONE,
    }),
    row({
      name: 'the login shell is nologin',
      account: { shell: '/usr/sbin/nologin' },
      expect: refused('no shell for … on n1: This account is currently not available., check that … has a login shell'),
    }),
    row({
      name: 'the login shell is not there',
      account: { shell: '/bin/gone' },
      expect: refused('refused the login of …, tried …/key, add the public key to …'),
    }),
    row({
      name: 'the account has expired',
      account: { shell: '/bin/bash', args: ['-e', '1970-01-02'] },
      settings: ['UsePAM yes'],
      expect: refused(
        'n1 (127.0.0.1 port …) closed the connection during the login of …, check that … is not expired or locked there, and what its log says',
      ),
    }),
    row({
      name: 'sudo refuses: the user is not in sudoers',
      lacks: lacksProgram('/usr/bin/sudo'),
      account: { shell: '/bin/bash' },
      isRoot: true,
      expect: refused(
        '… cannot become root on n1: sudo: a password is required, set become_password or give -K, or let … run sudo without a password',
      ),
    }),
    row({
      name: 'sudo refuses: the right password, but the user is not in sudoers',
      lacks: lacksProgram('/usr/bin/sudo'),
      account: { shell: '/bin/bash', password: 'right one' },
      variables: { become_password: 'right one' },
      isRoot: true,
      expect: refused('… cannot become root on n1: … is not in the sudoers file…, let … run sudo as root there'),
    }),
    row({
      name: 'sudo takes another password: it is given once',
      lacks: lacksProgram('/usr/bin/sudo'),
      account: { shell: '/bin/bash', password: 'right one', sudoers: 'USER ALL=(ALL) ALL' },
      variables: { become_password: 'wrong one' },
      isRoot: true,
      expect: refused('sudo on n1 does not take the password of …, check become_password, or what you typed; it was tried once'),
    }),
    row({
      name: 'sudo gives its lecture and asks for a password',
      lacks: lacksProgram('/usr/bin/sudo'),
      account: {
        shell: '/bin/bash',
        password: 'right one',
        sudoers: 'Defaults:USER lecture=always, timestamp_timeout=0, env_keep+=TSPLAY_STATE\nUSER ALL=(ALL) ALL',
      },
      variables: { become_password: 'right one' },
      isRoot: true,
      expect: DONE,
    }),
    row({
      name: 'sudo wants a terminal',
      lacks: lacksProgram('/usr/bin/sudo'),
      account: { shell: '/bin/bash', sudoers: 'Defaults:USER requiretty\nUSER ALL=(ALL) NOPASSWD: ALL' },
      isRoot: true,
      expect: refused(
        '… cannot become root on n1: sudo: sorry, you must have a tty to run sudo, there is no terminal in a session: take requiretty away there with the line …',
      ),
    }),
  ],
};
