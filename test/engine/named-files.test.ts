// Files of tasks and variables that an expression names: each host takes its own, and a name that no file has fails with what there is.
import assert from 'node:assert/strict';
import { InputError } from '../../src/errors/errors.ts';
import { compileWritten, recap, runWritten, trace } from './support/playbook.ts';

const FILES = {
  'os/debian.yml': '- {name: of debian, debug: {msg: "{{ inventory_hostname }}"}}\n',
  'os/redhat.yml': '- {name: of redhat, debug: {msg: "{{ only_there }}"}}\n',
  'vars/debian.yml': 'package: apache2\n',
  'vars/redhat.yml': 'package: httpd\n',
};
const HOSTS = 'all: {hosts: {n1: {os: debian}, n2: {os: redhat, only_there: yes}, n3: {os: suse}}}\n';

describe('files that an expression names', () => {
  it('are each taken by the hosts for which it comes to them, the same in a check', async () => {
    const written = {
      play: `- hosts: all
  tasks:
    - {name: take in, include_tasks: "os/{{ os }}.yml"}
    - {name: read, include_vars: "{{ os }}.yml", tags: x}
    - {name: says, debug: {msg: "{{ package }}"}}
`,
      hosts: HOSTS,
      files: FILES,
    };
    const [check, run] = [await runWritten(written, { mode: 'check' }), await runWritten(written)];
    assert.deepEqual([trace(check), recap(check)], [trace(run), recap(run)]);
    const lines = trace(run);
    assert.deepEqual(lines.slice(3, 5), ['n1 of debian: ok', 'n2 of redhat: ok']);
    assert.ok(lines.includes('n3 take in: failed'));
    const failed = run.results.find(({ status }) => status === 'failed');
    assert.equal(failed?.message, 'no file is called "os/suse.yml": there are os/debian.yml and os/redhat.yml');
    assert.deepEqual(
      run.results.filter(({ task }) => task.name === 'says').map(({ host, message }) => `${host} ${message ?? ''}`),
      ['n1 apache2', 'n2 httpd'],
    );
  });

  it('are looked through for names that nothing defines, for hosts that are sure to take them', async () => {
    const play = (name: string, before = ''): string =>
      `- hosts: all\n  tasks:\n${before}    - {name: take in, include_tasks: "${name}"}\n`;
    const refusalOf = async (text: string): Promise<string> =>
      compileWritten({ play: text, files: FILES, hosts: HOSTS.replace(', only_there: yes', '') }).then(
        () => '',
        (error: unknown) => (error instanceof InputError ? error.message : String(error)),
      );
    assert.match(
      await refusalOf(play('os/{{ os }}.yml')),
      /^os\/redhat.yml:1:\d+ {2}nothing defines "only_there" for host n2, used by task "of redhat"[^\n]*$/,
    );
    const find = '    - {name: find, set: {os: "{{ facts.os.family }}"}}\n';
    assert.equal(await refusalOf(play('os/{{ facts.os.family }}.yml')), '');
    assert.equal(await refusalOf(play('os/{{ os }}.yml', find)), '');
  });

  it('come in once for each item of a loop', async () => {
    const run = await runWritten({
      play: '- hosts: n1\n  tasks:\n    - {name: each, include_tasks: "os/{{ item }}.yml", loop: [debian, redhat], vars: {only_there: here}}\n',
      files: FILES,
    });
    assert.deepEqual(trace(run), [
      'n1 each (debian): ok',
      'n1 of debian (debian): ok',
      'n1 each (redhat): ok',
      'n1 of redhat (redhat): ok',
    ]);
  });
});
