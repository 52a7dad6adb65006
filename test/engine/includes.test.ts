// Tasks from files: imported, they are the play's own; included, they come in when their turn has come.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { begun, recap, runWritten, trace } from './support/playbook.ts';

describe('import_tasks and include_tasks', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'tsplay-includes-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const same = async (play: string, files: Readonly<Record<string, string>>): Promise<Awaited<ReturnType<typeof runWritten>>> => {
    const check = await runWritten({ play, files }, { mode: 'check' });
    const run = await runWritten({ play, files });
    assert.deepEqual([begun(check), trace(check).toSorted(), recap(check)], [begun(run), trace(run).toSorted(), recap(run)]);
    return run;
  };

  it('differ in what a condition is of: each task, or the coming in', async () => {
    const run = await same(
      `- hosts: n1, n2
  tasks:
    - {set: {go: true}, when: inventory_hostname == 'n1'}
    - {import_tasks: tasks/steps.yml, when: has(go) && go, vars: {word: imported}}
    - {set: {go: true}, when: inventory_hostname == 'n1'}
    - {name: come in, include_tasks: tasks/steps.yml, when: has(go) && go, vars: {word: included}}
`,
      {
        'tasks/steps.yml':
          '- {name: turn, set: {go: false}}\n- {name: say, debug: {msg: "{{ word }} {{ go }}"}}\n- import_tasks: more.yml\n',
        'tasks/more.yml': '- {name: more, debug: {msg: x}}\n',
      },
    );
    const of = (host: string): readonly string[] =>
      trace(run)
        .filter(line => line.startsWith(host))
        .map(line => line.slice(3));
    assert.deepEqual(of('n1'), [
      'set: ok',
      'turn: ok',
      'say: skipped',
      'more: skipped',
      'set: ok',
      'come in: ok',
      'turn: ok',
      'say: ok',
      'more: ok',
    ]);
    assert.deepEqual(of('n2'), ['set: skipped', 'turn: skipped', 'say: skipped', 'more: skipped', 'set: skipped', 'come in: skipped']);
    assert.equal(run.results.find(({ task, status }) => task.name === 'say' && status === 'ok')?.message, 'included false');
  });

  it('include_tasks loops, asks for each item, and has handlers of its own', async () => {
    const run = await same(
      `- hosts: n1
  tasks:
    - {include_tasks: one.yml, loop: [a, b, c], when: item != 'b', name: each}
  handlers:
    - {name: restart, include_tasks: handler.yml}
`,
      {
        'one.yml': `- {name: make, file.copy: {dest: "${folder}/{{ item }}", content: x}, notify: restart}\n`,
        'handler.yml': '- {name: stop, debug: {msg: x}}\n- {name: start, debug: {msg: x}}\n',
      },
    );
    assert.deepEqual(trace(run), [
      'n1 each (a): ok',
      'n1 make (a): changed',
      'n1 each (b): skipped',
      'n1 each (c): ok',
      'n1 make (c): changed',
      'n1 restart: ok',
      'n1 stop: ok',
      'n1 start: ok',
    ]);
  });

  it('include_tasks says nothing of the tasks but what it applies', async () => {
    const run = await same(
      `- hosts: n1
  tasks:
    - include_tasks: {file: fails.yml, apply: {ignore_errors: true, vars: {word: applied}}}
      name: applied
    - {name: reached, debug: {msg: x}}
    - {include_tasks: fails.yml, ignore_errors: true, name: plain}
    - {name: not reached, debug: {msg: x}}
`,
      { 'fails.yml': '- {name: bad, fail: {msg: "{{ default word \'plain\' }}"}}\n' },
    );
    assert.deepEqual(trace(run), ['n1 applied: ok', 'n1 bad: failed, ignored', 'n1 reached: ok', 'n1 plain: ok', 'n1 bad: failed']);
    assert.equal(run.results[1]?.message, 'applied');
  });

  it('include_tasks gives variables that what a task has set does not outweigh', async () => {
    const run = await same('- {hosts: n1, tasks: [{set: {word: set}}, {include_tasks: one.yml, vars: {word: given}}]}\n', {
      'one.yml': '- {name: say, debug: {msg: "{{ word }}"}}\n',
    });
    assert.equal(run.results.at(-1)?.message, 'given');
  });

  it('include_tasks that runs once comes in on one host alone', async () => {
    const run = await same(
      '- {hosts: "n1,n2", tasks: [{block: [{name: come in, include_tasks: one.yml}], run_once: true}, {name: skip, include_tasks: one.yml, run_once: true, when: inventory_hostname == \'n2\'}]}\n',
      { 'one.yml': '- {name: say, debug: {msg: x}}\n' },
    );
    assert.deepEqual(trace(run), ['n1 come in: ok', 'n1 say: ok', 'n1 skip: skipped']);
  });

  it('include_tasks comes in where no tag chooses any of its tasks', async () => {
    const run = await same('- {hosts: n1, tasks: [{name: come in, include_tasks: one.yml}]}\n', {
      'one.yml': '- {name: not asked for, debug: {msg: x}, tags: never}\n',
    });
    assert.deepEqual(trace(run), ['n1 come in: ok']);
  });

  it('in a dry run that cannot know whether a file comes in, its tasks are unknown', async () => {
    const play = `- hosts: n1
  tasks:
    - {name: ask, command: echo yes, register: r}
    - {name: come in, include_tasks: one.yml, when: "r.stdout_lines[0] == 'yes'"}
`;
    const files = { 'one.yml': `- {name: make, file.copy: {dest: ${folder}/a, content: x}}\n` };
    assert.deepEqual(trace(await runWritten({ play, files }, { mode: 'check' })), [
      'n1 ask: changed',
      'n1 come in: unknown',
      'n1 make: unknown',
    ]);
    assert.deepEqual(trace(await runWritten({ play, files })), ['n1 ask: changed', 'n1 come in: ok', 'n1 make: changed']);
  });
});
