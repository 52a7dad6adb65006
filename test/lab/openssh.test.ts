// The same playbook by every way to log in, on real hosts: it converges as foretold, and the second run changes nothing.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ofKind } from '../cli/support/events.ts';
import type { LabRun } from './support/lab-inventory.ts';
import { ofSuite } from './support/of-suite.ts';
import { startWrittenLab, type WrittenLab } from './support/written-lab.ts';

/** The first two are passed through on the way to the third, which is changed. */
const HOSTS = ['outer', 'inner', 'target'] as const;
const [OUTER, INNER, TARGET] = HOSTS;

/** A user without a key, whom sudo asks. */
const WORKER = 'worker';
const PASSWORD = 'Wort-im-Labor 1';

/** More than goes in a frame. */
const LARGE = 'x'.repeat(400_000);

/** Something of everything that goes over a connection: questions, bodies, waits, handlers, a user of its own, a new login. */
const playbook = (place: string): string => `- hosts: ${TARGET}
  become: true
  tasks:
    - name: from where
      become: false
      command:
        cmd: sh -c 'echo "from \${SSH_CONNECTION%% *} as $(id -un)"'
      register: way
    - {name: said, debug: {msg: "{{ way.stdout }}"}}
    - {name: place, file.directory: {path: ${place}, mode: "0755"}}
    - {name: small, file.copy: {dest: ${place}/small, content: "{{ inventory_hostname }}\\n", mode: "0600"}, notify: told}
    - {name: large, file.copy: {dest: ${place}/large, src: large, mode: "0644"}}
    - {name: its user, user: {name: jo, system: true}}
    - {name: as another, become_user: jo, command: {cmd: mkdir /tmp/${basename(place)}, creates: /tmp/${basename(place)}}}
    - {name: link, file.link: {path: ${place}/link, target: small}}
  handlers:
    - {name: told, command: {cmd: touch ${place}/told}}
`;

interface Way {
  readonly variables: (lab: WrittenLab) => Readonly<Record<string, unknown>>;
  /** Whom one is logged in as, and the host that connects to the last one; the controller if absent. */
  readonly user?: string;
  readonly from?: string;
  /** The note of a way that was chosen by itself. */
  readonly note?: RegExp;
}

const addressOf = (lab: WrittenLab, host: string): string => lab.state.hosts.find(({ name }) => name === host)?.address ?? '';
const throughBoth = (lab: WrittenLab): string => [OUTER, INNER].map(host => `lab@${addressOf(lab, host)}`).join(',');
const login = { ssh_user: WORKER, ssh_key: '/nonexistent', ssh_password: PASSWORD, become_password: PASSWORD };

const WAYS: Readonly<Record<string, Way>> = {
  'the client of OpenSSH': { variables: () => ({ connection: 'openssh' }) },
  'two hosts on the way': { variables: lab => ({ ssh_jump: throughBoth(lab) }), from: INNER },
  'two hosts on the way, by the client of OpenSSH': {
    variables: lab => ({ connection: 'openssh', ssh_jump: throughBoth(lab) }),
    from: INNER,
  },
  'a certificate': { variables: lab => ({ ssh_key: join(lab.folder, 'certified') }), note: /: the certificate \S+certified-cert\.pub$/ },
  'a password, and another for sudo': { variables: () => login, user: WORKER },
  'a password, and another for sudo, by the client of OpenSSH': { variables: () => ({ ...login, connection: 'openssh' }), user: WORKER },
};

describe('a playbook on real hosts', function () {
  this.timeout(60_000);
  const lab = ofSuite(() =>
    startWrittenLab(HOSTS, folder => {
      certifyKey(folder);
      mkdirSync(join(folder, 'files'));
      writeFileSync(join(folder, 'files', 'large'), LARGE);
      return Promise.resolve({});
    }),
  );
  before(async () => {
    await lab().shell(TARGET, letIn(readFileSync(join(lab().folder, 'authority.pub'), 'utf8').trim()));
  });

  for (const [index, [what, { variables, user = 'lab', from, note }]] of Object.entries(WAYS).entries()) {
    it(`is carried out by way of ${what}`, async () => {
      const where = `/srv/way-${index}`;
      writeHostVariables(lab(), variables(lab()));
      const check = await lab().play('check', playbook(where));
      assertSound(check);
      const first = await lab().play('run', playbook(where));
      assertSound(first);
      assert.ok(first.changes.length > 5, first.changes.join('\n'));
      assert.deepEqual(withoutCommands(check), withoutCommands(first));
      const second = await lab().play('run', playbook(where));
      assertSound(second);
      assert.deepEqual(withoutCommands(second), []);
      assert.equal(
        await lab().shell(TARGET, `wc -c <${where}/large; stat -c %U:%a ${where}/small; ls ${where}/told`),
        `${LARGE.length}\nroot:600\n${where}/told`,
      );
      const said = second.results.find(({ task }) => task.name === 'said')?.message?.trim() ?? '';
      assert.ok(said.endsWith(` as ${user}`), said);
      if (from !== undefined) assert.ok(said.startsWith(`from ${addressOf(lab(), from)} `), said);
      if (note !== undefined)
        assert.ok(
          ofKind(first.events, 'note').some(({ text }) => note.test(text)),
          'it says by what it connects',
        );
      assert.ok(!JSON.stringify(first.events).includes(PASSWORD), 'no password is told');
    });
  }
});

/** A key that no host knows, and an authority that vouches for it. */
function certifyKey(folder: string): void {
  const keygen = (...words: string[]): Buffer => execFileSync('ssh-keygen', ['-q', ...words], { cwd: folder });
  for (const name of ['authority', 'certified']) keygen('-t', 'ed25519', '-N', '', '-f', name);
  keygen('-s', 'authority', '-I', 'a certificate of a test', '-n', 'lab', 'certified.pub');
}

/** Shell text that lets in whom the authority vouches for, and the worker by password. */
function letIn(authority: string): string {
  return `set -e
    echo '${authority}' >/etc/ssh/authority.pub
    echo 'TrustedUserCAKeys /etc/ssh/authority.pub' >/etc/ssh/sshd_config.d/authority.conf
    useradd --create-home --shell /bin/bash ${WORKER}
    echo '${WORKER}:${PASSWORD}' | chpasswd
    echo '${WORKER} ALL=(ALL:ALL) ALL' >/etc/sudoers.d/${WORKER}
    systemctl reload ssh`;
}

function writeHostVariables({ folder }: WrittenLab, variables: Readonly<Record<string, unknown>>): void {
  const directory = join(folder, 'inventory', 'host_vars');
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, `${TARGET}.yml`), JSON.stringify(variables));
}

function assertSound({ exitCode, results, events }: LabRun): void {
  const failed = results
    .filter(({ status }) => status === 'failed' || status === 'unreachable')
    .map(({ task, message }) => `${task.name}: ${message ?? ''}`);
  assert.deepEqual([failed, ofKind(events, 'host-lost'), exitCode], [[], [], 0]);
}

/** Changes but those of the task that asks where it is, which runs always. */
function withoutCommands({ changes }: LabRun): readonly string[] {
  return changes.filter(change => !change.includes('| from where |'));
}
