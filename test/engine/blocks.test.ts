// Blocks: what is in them runs for all hosts in step, what fails is rescued, and what always runs does; in a dry run as in a run.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { begun, recap, runWritten, trace } from './support/playbook.ts';

const fails = (host: string): string => `{that: ["inventory_hostname != '${host}'"]}`;

/** Runs in a check and in a run, which have to tell the same. */
async function runBoth(play: string): Promise<Awaited<ReturnType<typeof runWritten>>> {
  const check = await runWritten({ play }, { mode: 'check' });
  const run = await runWritten({ play });
  assert.deepEqual(trace(check).toSorted(), trace(run).toSorted());
  assert.deepEqual([begun(check), recap(check), check.exitCode], [begun(run), recap(run), run.exitCode]);
  return run;
}

describe('blocks', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'tsplay-blocks-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('send hosts that fail through rescue, and all through always, in step', async () => {
    const run = await runBoth(`- hosts: all
  tasks:
    - block:
        - {name: first, assert: ${fails('n2')}}
        - {name: second, debug: {msg: x}}
      rescue:
        - {name: mend, debug: {msg: "{{ failed_task.name }}, {{ ansible_failed_result.msg }}"}}
      always:
        - {name: last, debug: {msg: x}}
    - {name: after, debug: {msg: "{{ default failed_task.name \\"none\\" }}"}}
`);
    assert.deepEqual(begun(run), ['first: n1 n2 n3', 'second: n1 n3', 'mend: n2', 'last: n1 n2 n3', 'after: n1 n2 n3']);
    assert.deepEqual(recap(run), ['n1 ok=4', 'n2 ok=3 rescued=1', 'n3 ok=4']);
    assert.equal(run.exitCode, 0);
    const said = run.results.filter(({ host }) => host === 'n2').map(({ message }) => message);
    assert.match(said[1] ?? '', /^first, this does not hold/);
    assert.equal(said[3], 'first');
  });

  it('fail a host whose rescue fails, and one whose always does, once always has run', async () => {
    const run = await runBoth(`- hosts: all
  tasks:
    - block:
        - {name: first, assert: ${fails('n2')}}
      rescue:
        - {name: mend, assert: {that: [false]}}
      always:
        - {name: last, assert: ${fails('n3')}}
    - {name: after, debug: {msg: x}}
`);
    assert.deepEqual(begun(run), ['first: n1 n2 n3', 'mend: n2', 'last: n1 n2 n3', 'after: n1']);
    assert.deepEqual(recap(run), ['n1 ok=3', 'n2 ok=1 failed=1 rescued=1', 'n3 ok=1 failed=1']);
    assert.equal(run.exitCode, 2);
  });

  it('without a rescue leave a failed host failed, after always', async () => {
    const run = await runBoth(`- hosts: all
  tasks:
    - block: [{name: first, assert: ${fails('n2')}}]
      always: [{name: last, debug: {msg: x}}]
    - {name: after, debug: {msg: x}}
`);
    assert.deepEqual(begun(run), ['first: n1 n2 n3', 'last: n1 n2 n3', 'after: n1 n3']);
    assert.deepEqual(recap(run), ['n1 ok=3', 'n2 ok=1 failed=1', 'n3 ok=3']);
  });

  it('within blocks hand on what their own rescue cannot mend', async () => {
    const run = await runBoth(`- hosts: n1
  tasks:
    - block:
        - block: [{name: inner, assert: {that: [false]}}]
          rescue: [{name: inner mend, assert: {that: [false]}}]
          always: [{name: inner last, debug: {msg: x}}]
        - {name: not reached, debug: {msg: x}}
      rescue: [{name: outer mend, debug: {msg: "{{ failed_task.name }}"}}]
`);
    assert.deepEqual(trace(run), ['n1 inner: failed, rescued', 'n1 inner mend: failed, rescued', 'n1 inner last: ok', 'n1 outer mend: ok']);
    assert.equal(run.results.at(-1)?.message, 'inner mend');
    assert.deepEqual(recap(run), ['n1 ok=2 rescued=2']);
  });

  it('hand their keywords on: conditions first, variables, ignored failures, tags', async () => {
    const run = await runBoth(`- hosts: n1
  vars: {a: play, b: play}
  tasks:
    - when: b == 'block'
      vars: {b: block}
      ignore_errors: true
      block:
        - {name: said, debug: {msg: "{{ a }} {{ b }} {{ c }}"}, vars: {c: task}}
        - {name: not, debug: {msg: x}, when: a == 'block'}
        - {name: wrong, assert: {that: [false]}}
        - {name: fatal, assert: {that: [false]}, ignore_errors: false}
`);
    assert.deepEqual(trace(run), ['n1 said: ok', 'n1 not: skipped', 'n1 wrong: failed, ignored', 'n1 fatal: failed']);
    assert.equal(run.results[0]?.message, 'play block task');
  });

  it('go over a list, each host over its own', async () => {
    const run = await runBoth(`- hosts: n1, n2
  vars: {list: "{{#if (eq inventory_hostname 'n1')}}a{{else}}b{{/if}}"}
  tasks:
    - loop: "{{ split list ',' }}"
      block:
        - {name: one, debug: {msg: "{{ item }} {{ loop.index }}"}}
        - {name: two, debug: {msg: "{{ item }}"}, when: item == 'a'}
      rescue: [{name: never, debug: {msg: x}}]
    - loop: [1, 2]
      block: [{name: both, debug: {msg: "{{ item }}"}}]
`);
    assert.deepEqual(begun(run), ['one: n1 n2', 'two: n1 n2', 'both: n1 n2', 'both: n1 n2']);
    const said = run.results.filter(({ host }) => host === 'n1').map(({ message, item }) => `${item ?? ''}: ${message ?? ''}`);
    assert.deepEqual(said, ['a: a 0', 'a: a', '1: 1', '2: 2']);
  });

  it('that go over no list fail before their first task, and are rescued all the same by the block around', async () => {
    const run = await runBoth(`- hosts: n1
  tasks:
    - block:
        - {name: over, loop: "{{ inventory_hostname }}", block: [{name: not reached, debug: {msg: x}}]}
      rescue: [{name: mend, debug: {msg: x}}]
`);
    assert.deepEqual(trace(run), ['n1 over: failed, rescued', 'n1 mend: ok']);
  });

  it('whose failure is fatal send everyone to the rescue, with what failed', async () => {
    const run = await runBoth(`- hosts: all
  tasks:
    - block:
        - {name: first, assert: ${fails('n2')}, any_errors_fatal: true}
        - {name: second, debug: {msg: x}}
      rescue: [{name: mend, debug: {msg: "{{ failed_task.name }}"}}]
    - {name: after, assert: ${fails('n3')}, any_errors_fatal: true}
    - {name: never, debug: {msg: x}}
`);
    assert.deepEqual(begun(run), ['first: n1 n2 n3', 'mend: n1 n2 n3', 'after: n1 n2 n3']);
    assert.ok(run.results.filter(({ task }) => task.name === 'mend').every(({ message }) => message === 'first'));
    assert.deepEqual(
      run.events.flatMap(event => (event.kind === 'run-finished' ? event.notDone : [])),
      ['never'],
    );
  });

  it('notify for those of their tasks that notify nobody themselves', async () => {
    const run = await runBoth(`- hosts: n1
  tasks:
    - block:
        - {name: silent, debug: {msg: x}, changed_when: true}
      notify: outer
    - meta: flush_handlers
    - block:
        - {name: own, debug: {msg: x}, changed_when: true, notify: inner}
      notify: outer
  handlers:
    - {name: outer, debug: {msg: x}}
    - {name: inner, debug: {msg: x}}
`);
    assert.deepEqual(trace(run), ['n1 silent: changed', 'n1 outer: ok', 'n1 own: changed', 'n1 inner: ok']);
  });

  it('may be handlers', async () => {
    const run = await runBoth(`- hosts: n1
  tasks:
    - {name: make, file.copy: {dest: ${folder}/a, content: x, mode: "0600"}, notify: mend it}
  handlers:
    - name: mend it
      block: [{name: try, assert: {that: [false]}}]
      rescue: [{name: again, debug: {msg: x}}]
`);
    assert.deepEqual(trace(run), ['n1 make: changed', 'n1 try: failed, rescued', 'n1 again: ok']);
  });
});
