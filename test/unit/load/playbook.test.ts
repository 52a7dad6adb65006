// Playbooks that are right: what every keyword becomes.
import assert from 'node:assert/strict';
import { renderValue } from '../../../src/expression/render-template.ts';
import { mapScope } from '../../../src/expression/scope.ts';
import { tasksOf } from '../../../src/load/playbook/check-params.ts';
import { toValue } from '../../../src/load/yaml/to-value.ts';
import { load, roleFile, type Files } from './load-case.ts';

const COMMAND = `modules: [{ definition: { kind: 'host', name: 'command', summary: 'x', examples: [], params: {
  type: 'object', additionalProperties: false,
  properties: { argv: { type: 'array', items: { type: 'string' }, minItems: 1 }, creates: { type: 'string' } },
} } }]`;

describe('src/load/playbook/playbook', () => {
  it('reads every keyword of a play', async () => {
    const text =
      '- name: first\n  hosts: [n1, all]\n  become: true\n  become_user: app\n  vars: {a: 1}\n  tags: [x, "y, z"]\n  serial: [1, "30%"]\n  any_errors_fatal: true\n';
    const { playbook } = await load({ 'play.yml': text });
    const [play] = playbook.plays;
    assert.ok(play);
    const { vars, at, directory, ...rest } = play;
    assert.ok(directory.startsWith('/'));
    assert.deepEqual(rest, {
      name: 'first',
      hosts: { value: 'n1,all', at: { file: 'play.yml', line: 2, column: 11 } },
      become: true,
      becomeUser: 'app',
      tags: ['x', 'y', 'z'],
      serial: [1, '30%'],
      prompts: [],
      varsFiles: [],
      anyErrorsFatal: true,
      when: [],
      strategy: 'linear',
      order: 'inventory',
      preTasks: [],
      roles: [],
      tasks: [],
      postTasks: [],
      handlers: [],
    });
    assert.deepEqual(at, { file: 'play.yml', line: 1, column: 3 });
    assert.equal(vars['a']?.source, 'play "first"');
  });

  it('reads every keyword of a task', async () => {
    const text = `- hosts: all
  tasks:
    - name: take it away
      file.absent: {path: "/x/{{ item }}"}
      when: [a, b == 1]
      loop: [1, 2]
      register: gone
      notify: restart
      become: false
      become_user: app
      vars: {v: 1}
      tags: a,b
      ignore_errors: true
      throttle: 2
      run_once: true
      provides: {units: [x.service]}
      unsafe_path: true
  handlers:
    - name: restart
      file.absent: {path: /y}
`;
    const [task] = tasksOf((await load({ 'play.yml': text })).playbook);
    assert.ok(task);
    const { params, loop, vars, at, moduleAt, when, register, notify, listen, ...rest } = task;
    assert.deepEqual(listen, []);
    assert.deepEqual(rest, {
      kind: 'task',
      name: 'take it away',
      module: 'file.absent',
      become: false,
      becomeUser: 'app',
      tags: ['a', 'b'],
      ignoreErrors: true,
      throttle: 2,
      runOnce: true,
      provides: { units: ['x.service'] },
      unsafePath: true,
    });
    assert.deepEqual(params && toValue(params), { path: '/x/{{ item }}' });
    assert.deepEqual(loop && toValue(loop), [1, 2]);
    assert.deepEqual(
      when.map(each => each.value),
      ['a', 'b == 1'],
    );
    assert.deepEqual(register, { value: 'gone', at: { file: 'play.yml', line: 7, column: 17 } });
    assert.deepEqual(
      notify?.map(each => each.value),
      ['restart'],
    );
    assert.equal(vars['v']?.source, 'task "take it away"');
    assert.deepEqual([at.line, moduleAt.line], [3, 4]);
  });

  it('names a play after its hosts and a task after its module', async () => {
    const { playbook } = await load({ 'play.yml': '- hosts: all\n  tasks: [{file.absent: {path: /x}}]\n' });
    assert.deepEqual([playbook.plays[0]?.name, playbook.plays[0]?.tasks[0]?.name], ['all', 'file.absent']);
  });

  it('splits a command before anything is rendered', async () => {
    const play =
      '- hosts: all\n  tasks:\n    - command: echo "a b" {{ x }} c{{ x }}\n    - command: {cmd: ls /x, creates: /y, unless: test -e /z}\n    - command: {argv: [sh, -c, "a | b"]}\n    - wait.until: {cmd: "true"}\n';
    const { playbook } = await load({ 'play.yml': play });
    const params = tasksOf(playbook).map(task => task.params && toValue(task.params));
    assert.deepEqual(params, [
      { argv: ['echo', 'a b', '{{ x }}{{!}}', 'c{{ x }}'] },
      { argv: ['ls', '/x'], creates: '/y', unless: ['test', '-e', '/z'] },
      { argv: ['sh', '-c', 'a | b'] },
      { argv: ['true'] },
    ]);
  });

  it('lets what an expression of a command gives be text, a number too', async () => {
    const { playbook } = await load({ 'play.yml': '- hosts: all\n  tasks:\n    - command: {argv: [nc, "{{ port }}"]}\n' });
    const [task] = tasksOf(playbook);
    const value = task?.params && toValue(task.params);
    assert.deepEqual(value && renderValue(value, mapScope({ port: 5 })), { argv: ['nc', '5'] });
  });

  it('reads roles with parameters and loads what they require first', async () => {
    const files: Files = {
      'play.yml': '- hosts: all\n  roles:\n    - a\n    - {role: b, b_port: 1, vars: {b_host: x}, tags: t, when: c}\n',
      'roles/a/role.js': roleFile('a', {}, "requires: ['base']"),
      'roles/b/role.js': roleFile('b', { b_port: { type: 'integer' }, b_host: { type: 'string' } }, "requires: ['base']"),
      'roles/base/role.js': roleFile('base', {}),
    };
    const { playbook, roles } = await load(files);
    assert.deepEqual([...roles.keys()], ['base', 'a', 'b']);
    const [a, b] = playbook.plays[0]?.roles ?? [];
    assert.deepEqual(
      [a?.name, a?.at.column, Object.keys(b?.vars ?? {}), b?.tags, b?.when[0]?.value],
      ['a', 7, ['b_host', 'b_port'], ['t'], 'c'],
    );
  });

  it('brings the modules of roles and those that tasks use', async () => {
    const play = '- hosts: all\n  roles: [r]\n  tasks: [{file.absent: {path: /x}}]\n';
    const { modules } = await load({ 'play.yml': play, 'roles/r/role.js': roleFile('r', {}, COMMAND) });
    assert.deepEqual([...modules.keys()], ['file.absent', 'command']);
  });

  it('takes variables from the command line, the last wins', async () => {
    const { extra } = await load(
      { 'more.yml': 'c: [1]\n' },
      { extraVars: ['a=1 b="two words"', '{"a": 2}', '@more.yml', "d='{{ x }}' e="] },
    );
    const plain = Object.fromEntries(Object.entries(extra).map(([name, { node, source }]) => [name, [toValue(node), source]]));
    assert.deepEqual(plain, { a: [2, '-e'], b: ['two words', '-e'], c: [[1], '-e @more.yml'], d: ['{{ x }}', '-e'], e: ['', '-e'] });
  });

  it('gives what is frozen', async () => {
    const sources = await load({});
    for (const value of [sources, sources.playbook, sources.playbook.plays, sources.playbook.plays[0], sources.inventory])
      assert.ok(Object.isFrozen(value));
  });
});
