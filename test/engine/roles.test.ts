// Roles that tasks call and roles in YAML: what they see, what comes first, what runs once, and where they end.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { roleFile } from '../unit/load/load-case.ts';
import { begun, compileWritten, recap, runWritten, trace } from './support/playbook.ts';

type Files = Readonly<Record<string, string>>;

describe('roles', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'tsplay-roles-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const same = async (play: string, files: Files): Promise<Awaited<ReturnType<typeof runWritten>>> => {
    const check = await runWritten({ play, files }, { mode: 'check' });
    const run = await runWritten({ play, files });
    assert.deepEqual([begun(check), trace(check).toSorted(), recap(check)], [begun(run), trace(run).toSorted(), recap(run)]);
    return run;
  };
  const said = async (play: string, files: Files): Promise<readonly string[]> =>
    (await same(play, files)).results.filter(({ task }) => task.module === 'debug').map(({ host, message }) => `${host} ${message ?? ''}`);

  describe('in YAML', () => {
    it('have tasks, handlers, defaults, vars and templates of their own', async () => {
      const files = {
        'roles/web/tasks/main.yml': `- import_tasks: config.yml
- {name: more, include_vars: more.yml}
- {name: say, debug: {msg: "{{ web_port }} {{ web_user }} {{ web_more }} {{ role_name }}"}}
`,
        'roles/web/tasks/config.yml': `- {name: conf, file.template: {src: web.conf.hbs, dest: "${folder}/conf"}, notify: restart}
- {name: key, file.copy: {content: abc, dest: "${folder}/key"}, notify: reload all}
`,
        'roles/web/templates/web.conf.hbs': 'port {{ web_port }}\n',
        'roles/web/handlers/main.yml': `- {name: restart, debug: {msg: "restart {{ web_port }}"}}
- {name: reload, debug: {msg: reload}, listen: reload all}
`,
        'roles/web/defaults/main.yml': 'web_port: 80\nweb_user: www\n',
        'roles/web/vars/main/a.yml': 'web_user: "from vars {{ web_port }}"\n',
        'roles/web/vars/more.yml': 'web_more: more\n',
      };
      const run = await runWritten({ play: '- hosts: n1\n  vars: {web_port: 81, web_user: play}\n  roles: [web]\n', files });
      assert.deepEqual(trace(run), ['n1 conf: changed', 'n1 key: changed', 'n1 more: ok', 'n1 say: ok', 'n1 restart: ok', 'n1 reload: ok']);
      assert.equal(readFileSync(join(folder, 'conf'), 'utf8'), 'port 81\n');
      assert.equal(run.results[3]?.message, '81 from vars 81 more web');
      assert.equal(run.results[4]?.message, 'restart 81');
      assert.ok(run.results.every(({ task }) => task.role === 'web'));
    });

    it('their defaults give way to the inventory, their vars do not, parameters to nothing but -e', async () => {
      const files = {
        'roles/web/tasks/main.yml': '- {set: {c: set, d: set}}\n- {debug: {msg: "{{ a }} {{ b }} {{ c }} {{ d }}"}, vars: {d: task}}\n',
        'roles/web/defaults/main.yml': 'a: default\nb: default\nc: default\nd: default\n',
        'roles/web/vars/main.yml': 'b: vars\n',
      };
      const hosts = 'all: {hosts: {n1: {a: inventory, b: inventory}, n2: }}\n';
      const seen = await runWritten({ play: '- hosts: all\n  roles: [{role: web, d: parameter}]\n', files, hosts });
      const lines = seen.results.flatMap(({ host, message, task }) => (task.module === 'debug' ? [`${host} ${message ?? ''}`] : []));
      assert.deepEqual(lines, ['n1 inventory vars set parameter', 'n2 default vars set parameter']);
    });

    it('keep their variables, which what they need and what needs them know', async () => {
      const files = {
        'roles/base/tasks/main.yml': "- {debug: {msg: \"base {{ default base_a '-' }} {{ default web_a '-' }}\"}}\n",
        'roles/base/defaults/main.yml': 'base_a: 1\n',
        'roles/web/meta/main.yml': 'dependencies: [base]\n',
        'roles/web/tasks/main.yml': "- {debug: {msg: \"web {{ default base_a '-' }} {{ default web_a '-' }}\"}}\n",
        'roles/web/vars/main.yml': 'web_a: 2\n',
      };
      const play = `- hosts: n1\n  roles: [web]\n  tasks: [{debug: {msg: "after {{ default base_a '-' }} {{ default web_a '-' }}"}}]\n`;
      assert.deepEqual(await said(play, files), ['n1 base 1 2', 'n1 web 1 2', 'n1 after - -']);
      const open = `- hosts: n1
  tasks:
    - include_role: {name: web, public: true}
    - {debug: {msg: "after {{ default base_a '-' }} {{ default web_a '-' }}"}}
`;
      assert.deepEqual(await said(open, files), ['n1 base 1 2', 'n1 web 1 2', 'n1 after - 2']);
    });
  });

  describe('of tasks', () => {
    const files: Files = {
      'roles/web/tasks/main.yml': '- {name: one, debug: {msg: "one {{ web_port }}"}}\n- {name: two, debug: {msg: two}, tags: two}\n',
      'roles/web/tasks/other.yml': '- {name: other, debug: {msg: "other {{ web_port }}"}}\n',
      'roles/web/defaults/main.yml': 'web_port: 80\n',
      'roles/web/defaults/tls.yml': 'web_port: 443\n',
    };

    it('import_role says what it says of each task, include_role of its coming in', async () => {
      const run = await same(
        `- hosts: n1, n2
  tasks:
    - {import_role: {name: web}, when: inventory_hostname == 'n1'}
    - {name: come, include_role: {name: web, tasks_from: other, defaults_from: tls.yml}, when: inventory_hostname == 'n1'}
    - {include_role: {name: web, tasks_from: other.yml, apply: {vars: {web_port: 8}}}, loop: [1, 2], vars: {web_port: "{{ item }}"}}
`,
        files,
      );
      assert.deepEqual(
        trace(run).filter(line => line.startsWith('n1')),
        [
          'n1 one: ok',
          'n1 two: ok',
          'n1 come: ok',
          'n1 other: ok',
          'n1 include_role : web (1): ok',
          'n1 other (1): ok',
          'n1 include_role : web (2): ok',
          'n1 other (2): ok',
        ],
      );
      assert.deepEqual(
        trace(run)
          .filter(line => line.startsWith('n2'))
          .slice(0, 3),
        ['n2 one: skipped', 'n2 two: skipped', 'n2 come: skipped'],
      );
      assert.deepEqual(
        run.results.filter(({ host, task }) => host === 'n1' && task.name === 'other').map(({ message }) => message),
        ['other 443', 'other 1', 'other 2'],
      );
    });

    it('the handlers of a role that is included stand behind those of the play', async () => {
      const run = await runWritten({
        play: `- hosts: n1
  tasks:
    - {name: play, file.copy: {dest: "${folder}/a", content: x}, notify: [mine, own]}
    - include_role: {name: web}
  handlers:
    - {name: mine, debug: {msg: x}}
`,
        files: {
          'roles/web/tasks/main.yml': `- {name: conf, file.copy: {dest: "${folder}/b", content: x}, notify: own}\n`,
          'roles/web/handlers/main.yml': '- {name: own, debug: {msg: "{{ role_name }}"}}\n',
        },
      });
      assert.deepEqual(trace(run), ['n1 play: changed', 'n1 include_role : web: ok', 'n1 conf: changed', 'n1 mine: ok', 'n1 own: ok']);
    });

    it('a role in TypeScript is called with what the task says', async () => {
      const typed = {
        'roles/typed/role.js': roleFile('typed', { typed_port: { type: 'integer', default: 1 } }, "requires: ['web'],").replace(
          'tasks: () => [],',
          'tasks: vars => [{ name: `port ${vars.typed_port}`, module: { name: "debug", kind: "host", params: { type: "object", properties: { msg: { type: "string" } }, additionalProperties: false } }, params: { msg: "x" }, options: {} }],',
        ),
        ...files,
      };
      const program = await compileWritten({
        play: `- hosts: n1
  tasks:
    - {import_role: {name: typed}, vars: {typed_port: 2}}
    - {include_role: {name: typed}, when: inventory_hostname == 'n1'}
`,
        files: typed,
      });
      const names = JSON.stringify(program.plays[0]?.sections[2]).match(/"name":"(?:port \d|one)"/g);
      assert.deepEqual(names, ['"name":"one"', '"name":"port 2"', '"name":"one"', '"name":"port 1"']);
    });
  });

  describe('what they need', () => {
    const say = (name: string): Files => ({
      [`roles/${name}/tasks/main.yml`]: `- {name: ${name}, debug: {msg: "{{ default word '' }}"}}\n`,
    });

    it('runs before them, depth first, once with the same parameters', async () => {
      const files = {
        ...say('a'),
        ...say('b'),
        ...say('c'),
        ...say('often'),
        'roles/often/meta/main.yml': 'allow_duplicates: true\n',
        'roles/a/meta/main.yml': 'dependencies: [{role: b, word: x}, often]\n',
        'roles/b/meta/main.yml': 'dependencies: [c]\n',
      };
      const play = '- hosts: n1\n  roles: [a, {role: b, word: x}, {role: b, word: y}, c, often]\n';
      assert.deepEqual(trace(await same(play, files)), ['n1 c: ok', 'n1 b: ok', 'n1 often: ok', 'n1 a: ok', 'n1 b: ok', 'n1 often: ok']);
    });

    it('runs later where it was skipped before', async () => {
      const files = {
        ...say('a'),
        ...say('b'),
        ...say('c'),
        'roles/a/meta/main.yml': 'dependencies: [c]\n',
        'roles/b/meta/main.yml': 'dependencies: [c]\n',
      };
      const play = "- hosts: n1, n2\n  roles: [{role: a, when: inventory_hostname == 'n1'}, b]\n";
      const lines = trace(await same(play, files));
      assert.deepEqual(
        lines.filter(line => line.startsWith('n1')),
        ['n1 c: ok', 'n1 a: ok', 'n1 b: ok'],
      );
      assert.deepEqual(
        lines.filter(line => line.startsWith('n2')),
        ['n2 c: skipped', 'n2 a: skipped', 'n2 c: ok', 'n2 b: ok'],
      );
    });

    it('a task calls a role as often as it is there, unless it says otherwise', async () => {
      const play = `- hosts: n1
  roles: [a]
  tasks:
    - include_role: {name: a}
    - import_role: {name: a}
    - import_role: {name: a, allow_duplicates: false}
`;
      assert.deepEqual(trace(await same(play, say('a'))), ['n1 a: ok', 'n1 include_role : a: ok', 'n1 a: ok', 'n1 a: ok']);
    });

    it('other parameters, other handlers', async () => {
      const files = {
        'roles/a/tasks/main.yml': '- {name: do, debug: {msg: x}, changed_when: true, notify: restart}\n',
        'roles/a/handlers/main.yml': '- {name: restart, debug: {msg: "restart {{ word }}"}}\n',
      };
      const run = await same('- hosts: n1\n  roles: [{role: a, word: x}, {role: a, word: y}]\n', files);
      assert.deepEqual(
        run.results.map(({ message }) => message),
        ['x', 'x', 'restart x', 'restart y'],
      );
    });
  });

  describe('meta: end_role', () => {
    const files = {
      'roles/a/tasks/main.yml': `- {name: first, debug: {msg: x}, changed_when: true, notify: h}
- block:
    - {meta: end_role, when: inventory_hostname == 'n1'}
    - {name: second, debug: {msg: x}}
  always:
    - {name: always, debug: {msg: x}}
- {name: third, debug: {msg: x}}
`,
      'roles/a/handlers/main.yml': '- {name: h, debug: {msg: x}}\n',
    };

    it('ends the role for a host, not the play', async () => {
      const run = await same('- hosts: n1, n2\n  roles: [a]\n  tasks: [{name: after, debug: {msg: x}}]\n', files);
      const of = (host: string): readonly string[] => trace(run).filter(line => line.startsWith(host));
      assert.deepEqual(of('n1'), ['n1 first: changed', 'n1 after: ok', 'n1 h: ok']);
      assert.deepEqual(of('n2'), ['n2 first: changed', 'n2 second: ok', 'n2 always: ok', 'n2 third: ok', 'n2 after: ok', 'n2 h: ok']);
    });

    it('in a dry run that cannot know, the rest of the role is unknown, and the play is not', async () => {
      const play =
        '- hosts: n1\n  tasks:\n    - {name: ask, command: echo yes, register: r}\n    - include_role: {name: b}\n    - {name: after, debug: {msg: x}}\n';
      const b = {
        'roles/b/tasks/main.yml': `- {meta: end_role, when: "r.stdout_lines[0] == 'yes'"}\n- {name: rest, file.copy: {dest: ${folder}/rest, content: x}}\n`,
      };
      assert.deepEqual(trace(await runWritten({ play, files: b }, { mode: 'check' })), [
        'n1 ask: changed',
        'n1 include_role : b: ok',
        'n1 rest: unknown',
        'n1 after: ok',
      ]);
      assert.deepEqual(trace(await runWritten({ play, files: b })), ['n1 ask: changed', 'n1 include_role : b: ok', 'n1 after: ok']);
    });
  });
});
