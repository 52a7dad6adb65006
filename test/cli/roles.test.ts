// Roles in YAML from outside: listed, chosen by tags, begun in the middle, planned and carried out; from a folder and from a package.
import assert from 'node:assert/strict';
import { localHosts, Project, type Files } from './support/project.ts';

const FILES: Files = {
  'hosts.yml': localHosts('n1', 'n2'),
  'play.yml': `- name: web
  hosts: all
  roles: ['@acme/base', {role: web, tags: [web]}]
  tasks:
    - {name: more, include_role: {name: web, tasks_from: more}, tags: [more], loop: [x, y], vars: {web_name: "{{ item }}"}}
    - {name: last, debug: {msg: x}}
`,
  'roles/web/meta/main.yml': 'dependencies: [users]\n',
  'roles/web/defaults/main.yml': 'web_name: index\n',
  'roles/web/tasks/main.yml': '- {name: page, file.template: {src: page.hbs, dest: "{{ here }}/{{ web_name }}"}, notify: tell}\n',
  'roles/web/tasks/more.yml': '- {name: page, file.template: {src: page.hbs, dest: "{{ here }}/{{ web_name }}"}}\n',
  'roles/web/templates/page.hbs': '{{ web_name }} {{ base_word }}\n',
  'roles/web/handlers/main.yml': '- {name: tell, file.copy: {dest: "{{ here }}/told", content: told}}\n',
  'roles/users/tasks/main.yml':
    '- {name: folder, file.directory: {path: "{{ here }}"}}\n- {name: key, file.copy: {src: key, dest: "{{ here }}/key"}}\n',
  'roles/users/files/key': 'key',
  'group_vars/all.yml': 'here: "{{ where }}/{{ inventory_hostname }}"\nbase_word: word\n',
  'node_modules/@acme/base/package.json': '{"name": "@acme/base", "version": "1.0.0"}',
  'node_modules/@acme/base/meta/main.yml': 'dependencies: [users]\n',
  'node_modules/@acme/base/tasks/main.yml': '- {name: base, debug: {msg: "{{ role_name }}"}}\n',
  'node_modules/@acme/base/variables.schema.json': '{"properties": {"base_word": {"type": "string"}}}',
};

describe('cli: roles in YAML', function () {
  this.timeout(60_000);
  const ask = async (of: Project, ...args: readonly string[]) => of.run(...args, '-i', 'hosts.yml', '-e', `where=${of.directory}`);

  it('are listed, chosen by their tags, and begun in the middle', async () => {
    using here = new Project(FILES);
    const list = async (...args: readonly string[]): Promise<readonly string[]> =>
      (await ask(here, 'run', 'play.yml', '--list-tasks', ...args)).stdout.trim().split('\n').slice(1);
    assert.deepEqual(await list(), [
      '  users : folder  (file.directory)',
      '  users : key  (file.copy)',
      '  base : base  (debug)',
      '  users : folder  (file.directory)  [web]',
      '  users : key  (file.copy)  [web]',
      '  web : page  (file.template)  [web]',
      '  users : folder  (file.directory)',
      '  users : key  (file.copy)',
      '  web : page  (file.template)',
      '  last  (debug)',
    ]);
    assert.deepEqual(await list('--tags', 'web'), [
      '  users : folder  (file.directory)  [web]',
      '  users : key  (file.copy)  [web]',
      '  web : page  (file.template)  [web]',
    ]);
    assert.deepEqual(await list('--start-at-task', 'web : page'), [
      '  web : page  (file.template)  [web]',
      '  users : folder  (file.directory)',
      '  users : key  (file.copy)',
      '  web : page  (file.template)',
      '  last  (debug)',
    ]);
  });

  it('are planned, carried out, and done the second time', async () => {
    using here = new Project(FILES);
    const check = await ask(here, 'run', 'play.yml', '--check');
    assert.match(check.stdout, /would change=10/, check.stdout + check.stderr);
    const made = await ask(here, 'plan', 'play.yml', '-o', 'plan.json');
    assert.equal(made.code, 0, made.stdout + made.stderr);
    const applied = await here.run('apply', 'plan.json', '--prove');
    assert.equal(applied.code, 0, applied.stdout + applied.stderr);
    assert.deepEqual(
      ['n1/index', 'n2/x', 'n2/y', 'n1/told'].map(name => here.read(name)),
      ['index word\n', 'x word\n', 'y word\n', 'told'],
    );
    const again = await ask(here, 'run', 'play.yml');
    assert.match(again.stdout, /changed=0/, again.stdout);
  });

  it('hold their variables against a schema, and say who set one', async () => {
    using here = new Project({ ...FILES, 'host_vars/n2.yml': 'base_word: 5\n' });
    const refused = await ask(here, 'run', 'play.yml');
    assert.equal(refused.code, 5);
    assert.match(refused.stderr, /host_vars\/n2\.yml:1:12 {2}"base_word" must be a string, got the number 5/);
    here.write({ 'host_vars/n2.yml': 'base_word: five\n' });
    const why = await ask(here, 'inventory', 'play.yml', '--why', 'web_name', '-l', 'n1');
    assert.match(why.stdout, /roles\/web\/defaults\/main\.yml:1/, why.stdout + why.stderr);
  });
});
