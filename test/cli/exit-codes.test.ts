// What the program exits with, and what it says by then.
import assert from 'node:assert/strict';
import { newKey } from '../session/support/keys.ts';
import { freePort } from '../support/free-port.ts';
import { normal } from './support/normal.ts';
import { localHosts, Project } from './support/project.ts';

const HOSTS = localHosts('n1', 'n2');

describe('cli: exit codes', () => {
  it('0: all is as described, and the second run changes nothing', async () => {
    using project = new Project({
      'hosts.yml': HOSTS,
      'play.yml': [
        '- name: files',
        '  hosts: all',
        '  tasks:',
        '    - name: a folder',
        '      file.directory: {path: "{{ where }}/{{ inventory_hostname }}", mode: "0750"}',
        '    - name: a file',
        '      file.copy: {dest: "{{ where }}/{{ inventory_hostname }}/a", content: "hello\\n"}',
        '      notify: tell',
        '    - name: not here',
        '      file.copy: {dest: "{{ where }}/b", content: ""}',
        '      when: inventory_hostname == "n3"',
        '  handlers:',
        '    - name: tell',
        '      debug: {msg: "told {{ inventory_hostname }}"}',
        '',
      ].join('\n'),
    });
    const args = ['run', 'play.yml', '-i', 'hosts.yml', '-e', `where=${project.directory}`];
    const first = await project.run(...args);
    assert.equal(first.stderr, '');
    assert.equal(
      normal(first.stdout, project.directory),
      `RUN [play.yml] on 2 hosts of hosts.yml

PLAY [files] n1, n2
TASK [a folder]
  changed: [n1, n2]
      state: absent → directory
TASK [a file]
  changed: [n1, n2]
      content: absent → sha256:5891b5b522d5
HANDLER [tell]
  ok: [n1] told n1
  ok: [n2] told n2
  1 task skipped

RECAP
  n1 : ok=1  changed=2  failed=0  skipped=1
  n2 : ok=1  changed=2  failed=0  skipped=1

ok: 4 tasks on 2 hosts, changed=4, 4 attributes, N round trips, T s
`,
    );
    assert.equal(first.code, 0);
    const second = await project.run(...args);
    assert.equal(
      normal(second.stdout, project.directory),
      `RUN [play.yml] on 2 hosts of hosts.yml

PLAY [files] n1, n2
  2 tasks as described, 1 skipped

RECAP
  n1 : ok=2  changed=0  failed=0  skipped=1
  n2 : ok=2  changed=0  failed=0  skipped=1

ok: 3 tasks on 2 hosts, changed=0, N round trips, T s
`,
    );
    assert.equal(second.code, 0);
  });

  it('2: a task failed on a host; the others go on', async () => {
    using project = new Project({
      'hosts.yml': HOSTS,
      'play.yml': [
        '- hosts: all',
        '  tasks:',
        '    - name: only one has it',
        '      command: sh -c \'test {{ inventory_hostname }} = n1 || { echo "no space left" >&2; exit 3; }\'',
        '    - name: afterwards',
        '      debug: {msg: "{{ inventory_hostname }} went on"}',
        '',
      ].join('\n'),
    });
    const { code, stdout, stderr } = await project.run('run', 'play.yml', '-i', 'hosts.yml');
    assert.equal(stderr, '');
    assert.equal(code, 2);
    assert.match(stdout, /^ {2}failed: \[n2\] run: the command ended with status 3: no space left\n {6}command at play\.yml:3:7\n/m);
    assert.match(stdout, /^ {2}ok: \[n1\] n1 went on$/m);
    assert.match(stdout, /^ {2}n1 : ok=1 {2}changed=1 {2}failed=0\n {2}n2 : ok=0 {2}changed=0 {2}failed=1$/m);
    assert.match(stdout, /^failed: 2 tasks on 2 hosts, trouble on n2, /m);
    assert.doesNotMatch(stdout, /NOT DONE/, 'every task was begun on some host');
  });

  it('2: when every host has failed, what was not begun is named', async () => {
    using project = new Project({
      'hosts.yml': HOSTS,
      'play.yml':
        '- hosts: all\n  tasks:\n    - command: /no/such/program\n    - {name: second, debug: {msg: a}}\n- hosts: n1\n  tasks:\n    - {name: third, debug: {msg: a}}\n',
    });
    const { code, stdout } = await project.run('run', 'play.yml', '-i', 'hosts.yml');
    assert.equal(code, 2);
    assert.match(stdout, /^NOT DONE: 2 tasks not begun\n {2}- second\n {2}- third\n$/m);
  });

  it('3: changes are pending under --check --exit-code, and 0 when there are none', async () => {
    using project = new Project({
      'hosts.yml': HOSTS,
      'play.yml': '- hosts: all\n  tasks:\n    - file.directory: {path: "{{ where }}/{{ inventory_hostname }}"}\n',
    });
    const args = ['run', 'play.yml', '-i', 'hosts.yml', '-e', `where=${project.directory}`];
    const pending = await project.run(...args, '--check', '--exit-code');
    assert.equal(pending.code, 3);
    assert.match(pending.stdout, /^changes are pending: 1 task on 2 hosts, would change=2, /m);
    assert.equal((await project.run(...args, '--check')).code, 0, 'pending changes alone are no failure');
    assert.equal((await project.run(...args)).code, 0);
    assert.equal((await project.run(...args, '--check', '--exit-code')).code, 0);
  });

  it('3: what cannot be known counts as pending', async () => {
    using project = new Project({
      'hosts.yml': HOSTS,
      'play.yml':
        '- hosts: n1\n  tasks:\n    - command: {cmd: echo 1, unless: [test, -d, "{{ where }}"], touches: []}\n      register: said\n    - debug: {msg: "{{ said.stdout }}"}\n',
    });
    const { code, stdout } = await project.run('run', 'play.yml', '-i', 'hosts.yml', '--check', '--exit-code', '-e', 'where=/nonexistent');
    assert.match(stdout, /^ {2}unknown: \[n1\] depends on task 1 "command" \(play\.yml:3\)$/m);
    assert.equal(code, 3);
  });

  it('2 outweighs 3', async () => {
    using project = new Project({
      'hosts.yml': HOSTS,
      'play.yml': '- hosts: n1\n  tasks:\n    - command: "true"\n    - file.copy: {dest: /nonexistent/folder/a, content: x}\n',
    });
    const { code, stdout } = await project.run('run', 'play.yml', '-i', 'hosts.yml', '--check', '--exit-code');
    assert.match(stdout, /^would fail: /m);
    assert.equal(code, 2);
  });

  it('4: a host cannot be reached; one line says who and why, and the others go on', async () => {
    const port = await freePort();
    using project = new Project({
      'hosts.yml': `all:\n  hosts:\n    n1: {connection: local}\n    far: {address: 127.0.0.1, ssh_port: ${port}, ssh_key: key}\n`,
      key: newKey().private,
      'play.yml':
        '- hosts: all\n  tasks:\n    - {name: first, command: "true"}\n    - {name: second, debug: {msg: "{{ inventory_hostname }} went on"}}\n',
    });
    const { code, stdout, stderr } = await project.run('run', 'play.yml', '-i', 'hosts.yml');
    assert.equal(stderr, '');
    assert.equal(code, 4);
    assert.deepEqual(
      stdout.split('\n').filter(line => line.includes('cannot reach')),
      [`  unreachable: [far] cannot reach far (127.0.0.1 port ${port}): connection refused, check that sshd listens on that port`],
    );
    assert.match(stdout, /^ {2}ok: \[n1\] n1 went on$/m);
    assert.match(stdout, /^unreachable: 2 tasks on 2 hosts, trouble on far, changed=1, /m);
  });
});
