// What tasks ask of the run itself: handlers now, no more of a play, what failed forgiven; and failing, waiting, variables from files.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { begun, recap, runWritten, trace, type Written } from './support/playbook.ts';

describe('meta', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'tsplay-meta-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const same = async (play: string, more: Partial<Written> = {}): Promise<Awaited<ReturnType<typeof runWritten>>> => {
    const check = await runWritten({ play, ...more }, { mode: 'check' });
    const run = await runWritten({ play, ...more });
    assert.deepEqual([begun(check), recap(check), check.exitCode], [begun(run), recap(run), run.exitCode]);
    return run;
  };

  it('flush_handlers runs handlers now, for the hosts on which its condition holds', async () => {
    const run = await same(`- hosts: all
  tasks:
    - {name: make, file.copy: {dest: "${folder}/{{ inventory_hostname }}", content: x}, notify: told}
    - {meta: flush_handlers, when: inventory_hostname == 'n2'}
    - {name: between, debug: {msg: x}}
  handlers: [{name: told, debug: {msg: x}}]
`);
    assert.deepEqual(begun(run), ['make: n1 n2 n3', 'told: n2', 'between: n1 n2 n3', 'told: n1 n3']);
  });

  it('end_host, end_batch and end_play let hosts leave the play, and nothing has failed', async () => {
    const play = (action: string): string => `- hosts: all
  serial: 2
  tasks:
    - {name: a, debug: {msg: x}}
    - block: [{meta: ${action}}]
      always: [{name: not for those that left, debug: {msg: x}}]
    - {name: b, debug: {msg: x}}
- {hosts: all, tasks: [{name: next, debug: {msg: x}}]}
`;
    const next = 'next: n1 n2 n3';
    assert.deepEqual(begun(await same(play('end_play'))), ['a: n1 n2', next]);
    assert.deepEqual(begun(await same(play('end_batch'))), ['a: n1 n2', 'a: n3', next]);
    const one = await same(play("end_host, when: inventory_hostname == 'n1'"));
    assert.deepEqual(begun(one), [
      'a: n1 n2',
      'not for those that left: n2',
      'b: n2',
      'a: n3',
      'not for those that left: n3',
      'b: n3',
      next,
    ]);
    assert.equal(one.exitCode, 0);
    // Each host is asked, not the first for all.
    const each = await same(play("end_play, when: inventory_hostname == 'n1'"));
    assert.deepEqual(begun(each), begun(one));
  });

  it('end_host on what a dry run cannot know leaves it unknown whether the rest comes', async () => {
    const play = `- hosts: n1
  tasks:
    - {name: ask, command: echo no, register: r}
    - {meta: end_host, when: "r.stdout_lines[0] == 'yes'"}
    - {name: rest, file.copy: {dest: ${folder}/a, content: x}}
`;
    assert.deepEqual(trace(await runWritten({ play }, { mode: 'check' })), ['n1 ask: changed', 'n1 rest: unknown']);
    assert.deepEqual(trace(await runWritten({ play })), ['n1 ask: changed', 'n1 rest: changed']);
  });

  it('clear_host_errors brings hosts back for the next play, and what failed has failed', async () => {
    const run = await same(`- hosts: n1, n2
  tasks:
    - {name: t, fail: {msg: as I said}, when: inventory_hostname == 'n1'}
    - meta: clear_host_errors
    - {name: u, debug: {msg: x}}
- {hosts: n1, tasks: [{name: next, debug: {msg: x}}]}
`);
    assert.deepEqual(begun(run), ['t: n1 n2', 'u: n2', 'next: n1']);
    assert.deepEqual([run.results.find(({ status }) => status === 'failed')?.message, run.exitCode], ['as I said', 2]);
  });

  it('reset_connection, clear_facts and noop change nothing of what is described', async () => {
    const run = await same(`- hosts: n1
  tasks:
    - {name: a, file.stat: {path: /}}
    - meta: reset_connection
    - meta: clear_facts
    - meta: noop
    - {name: b, file.stat: {path: /}}
    - {name: wait, pause: {seconds: 0.01}}
`);
    assert.deepEqual(trace(run), ['n1 a: ok', 'n1 b: ok', 'n1 wait: ok']);
  });

  it('include_vars sets what a file holds when its turn comes', async () => {
    const run = await same(
      `- hosts: n1
  vars: {a: play}
  tasks:
    - {name: before, debug: {msg: "{{ a }}"}}
    - include_vars: more.yml
    - {include_vars: {file: more.yml, name: under}}
    - {name: after, debug: {msg: "{{ a }} {{ under.b }}"}}
`,
      { files: { 'vars/more.yml': 'a: file\nb: 2\n' } },
    );
    assert.deepEqual([run.results[0]?.message, run.results.at(-1)?.message], ['play', 'file 2']);
  });
});
