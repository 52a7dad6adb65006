// A plan from outside: saved, shown, carried out exactly, and refused when anything is not what it was.
import assert from 'node:assert/strict';
import { rmSync, statSync } from 'node:fs';
import { INDEX } from './support/program.ts';
import { localHosts, Project, type Files } from './support/project.ts';

const PLAY = `- name: files
  hosts: all
  vars: {here: "{{ where }}/{{ inventory_hostname }}"}
  tasks:
    - {name: a folder, file.directory: {path: "{{ here }}"}}
    - {name: a file, file.copy: {dest: "{{ here }}/a", content: "new\\n"}, notify: tell}
    - {name: some files, file.copy: {dest: "{{ here }}/{{ item }}", content: "{{ item }}"}, loop: [b, c]}
  handlers:
    - {name: tell, file.copy: {dest: "{{ here }}/told", content: told}}
`;

function project(files: Files = {}): Project {
  return new Project({ 'hosts.yml': localHosts('n1', 'n2'), 'play.yml': PLAY, ...files });
}

const run = async (of: Project, ...args: readonly string[]) => of.run(...args, '-i', 'hosts.yml', '-e', `where=${of.directory}`);
const plan = async (of: Project, ...args: readonly string[]) => run(of, 'plan', 'play.yml', '-o', 'plan.json', ...args);

describe('cli: plan and apply', function () {
  this.timeout(60_000);
  it('carries out a plan; the next one is empty', async () => {
    using here = project();
    const made = await plan(here, '--exit-code');
    assert.equal(made.code, 3, made.stderr);
    assert.equal(here.has('n1/a'), false, 'a plan changes nothing');
    assert.match(made.stderr, /the plan is saved: tsplay apply plan\.json/);
    const applied = await here.run('apply', 'plan.json', '--prove');
    assert.equal(applied.code, 0, applied.stdout + applied.stderr);
    assert.match(applied.stdout, /changed=8, 10 attributes/);
    assert.equal(here.read('n2/c'), 'c');
    assert.equal(here.read('n1/told'), 'told');
    const next = await plan(here, '--exit-code');
    assert.equal(next.code, 0, next.stdout);
    assert.match(next.stdout, /would change=0/);
  });

  it('carries out what its author calls no change, and holds nothing of what no_log hides', async () => {
    const play = `- hosts: n1
  tasks:
    - {name: quiet, command: {argv: [touch, "{{ where }}/made"]}, changed_when: false}
    - {name: hidden, file.copy: {dest: "{{ where }}/hidden", content: hush}, no_log: true}
    - block: [{name: bad, fail: {msg: no}}]
      rescue: [{name: mended, file.copy: {dest: "{{ where }}/mended", content: x}}]
`;
    using here = project({ 'play.yml': play });
    assert.equal((await plan(here)).code, 0);
    assert.doesNotMatch(here.read('plan.json'), /hush/);
    const refused = await here.run('apply', 'plan.json');
    assert.equal(refused.code, 6, refused.stderr);
    assert.match(refused.stderr, /"hidden" \(not shown: no_log\)/);
    const applied = await here.run('apply', 'plan.json', '--allow-unknown');
    assert.equal(applied.code, 0, applied.stdout + applied.stderr);
    assert.deepEqual([here.has('made'), here.read('hidden'), here.read('mended')], [true, 'hush', 'x']);
  });

  it('holds modules, parameters, what changes and what that rests on, and no command text; its owner alone reads it', async () => {
    using here = project();
    await plan(here);
    const text = here.read('plan.json');
    const saved = JSON.parse(text) as {
      format: string;
      tasks: { module: string; turns: object[] }[];
      hosts: { machineId: string; facts: object[] }[];
    };
    assert.equal(saved.format, 'tsplay.plan/1');
    assert.deepEqual(
      saved.tasks.map(task => [task.module, task.turns.length]),
      [
        ['file.directory', 2],
        ['file.copy', 2],
        ['file.copy', 4],
        ['file.copy', 2],
      ],
    );
    assert.match(saved.hosts[0]?.machineId ?? '', /^[0-9a-f]{32}$/);
    assert.ok((saved.hosts[0]?.facts.length ?? 0) > 5);
    assert.doesNotMatch(text, /mkdir|chmod|stat -|dd bs/);
    assert.equal(statSync(here.path('plan.json')).mode & 0o777, 0o600);
  });

  it('shows a plan as the dry run it was', async () => {
    using here = project();
    const made = await plan(here);
    const shown = await here.run('show', 'plan.json');
    assert.equal(shown.code, 0, shown.stderr);
    assert.match(shown.stdout, /made 20\d\d-.* by tsplay/);
    assert.match(shown.stdout, /n1: machine [0-9a-f]{32}, host key \(none\), rests on \d+ facts/);
    const results = (text: string): readonly string[] =>
      text
        .replaceAll('n2, n1', 'n1, n2')
        .split('\n')
        .filter(line => /^ {6}| would change/.test(line));
    assert.deepEqual(results(shown.stdout).slice(0, 8), results(made.stdout).slice(0, 8));
    const json = await here.run('show', 'plan.json', '--output', 'json');
    assert.match(json.stdout, /"kind":"task-result".*"status":"changed"/);
  });

  it('refuses with the list of what drifted, and touches nothing', async () => {
    using here = project();
    here.write({ 'n1/a': 'old\n', 'n2/b': 'b' });
    await plan(here);
    here.write({ 'n1/a': 'edited\n' });
    rmSync(here.path('n2/b'));
    const { code, stderr } = await here.run('apply', 'plan.json');
    assert.equal(code, 6);
    assert.match(stderr, /plan\.json no longer fits, something has drifted; nothing was touched/);
    assert.match(stderr, new RegExp(`n1: file\\.digest of ${here.path('n1/a')} was [0-9a-f]{64}, is [0-9a-f]{64}`));
    assert.match(stderr, new RegExp(`n2: file\\.node of ${here.path('n2/b')} has kind absent, had file`));
    assert.equal(here.read('n1/a'), 'edited\n');
    assert.equal(here.has('n1/told'), false);
  });

  it('refuses a plan in which one byte was changed', async () => {
    using here = project();
    await plan(here);
    const text = here.read('plan.json');
    for (const [from, to] of [
      ['"absent"', '"absenT"'],
      ['"a folder"', '"A folder"'],
      ['"made": "20', '"made": "30'],
      ['{', '['],
    ] as const) {
      here.write({ 'plan.json': text.replace(from, to) });
      const { code, stderr } = await here.run('apply', 'plan.json');
      assert.equal(code, 6, `${from} → ${to}: ${stderr}`);
      assert.match(stderr, /plan\.json (is not what was saved|has been altered|is not a plan)/);
    }
    assert.equal(here.has('n1'), false);
  });

  it('refuses another playbook, another inventory, another file, another key', async () => {
    const cases: readonly (readonly [(of: Project) => void, RegExp])[] = [
      [of => of.write({ 'play.yml': PLAY.replace('content: told', 'content: TOLD') }), /play\.yml is not what it was/],
      [of => of.write({ 'hosts.yml': localHosts('n1', 'n2', 'n3') }), /the inventory hosts\.yml is not what it was/],
      [of => rmSync(of.path('.local/state/tsplay/plan.key')), /another user or another machine made it/],
      [of => rmSync(of.path('play.yml')), /play\.yml/],
    ];
    for (const [spoil, words] of cases) {
      using here = project();
      await plan(here);
      spoil(here);
      const { code, stderr } = await here.run('apply', 'plan.json');
      assert.equal(code, words.source === 'play\\.yml' ? 5 : 6, stderr);
      assert.match(stderr, words);
      assert.equal(here.has('n1'), false);
    }
  });

  it('stops at a task whose file is edited between the look and the task', async () => {
    using here = project({
      'play.yml': `- hosts: n1
  tasks:
    - {name: somebody edits, command: {argv: [cp, "{{ where }}/other", "{{ where }}/b"], touches: []}}
    - {name: a, file.copy: {dest: "{{ where }}/a", content: a}}
    - {name: b, file.copy: {dest: "{{ where }}/b", content: b}}
    - {name: c, file.copy: {dest: "{{ where }}/c", content: c}}
`,
      b: 'b',
      other: 'other',
    });
    await plan(here);
    const { code, stdout } = await here.run('apply', 'plan.json');
    assert.equal(code, 2);
    assert.match(stdout, /TASK \[b\]\n {2}failed: \[n1\] not in the plan, so it is not done: content: sha256:.* → sha256:/);
    assert.equal(here.read('a'), 'a');
    assert.equal(here.read('b'), 'other', 'it is left as it is');
    assert.equal(here.has('c'), false);
  });

  it('stops at a file that was to be changed, and is not what it was', async () => {
    using here = project({
      'play.yml': `- hosts: n1
  tasks:
    - {name: somebody edits, command: {argv: [cp, "{{ where }}/other", "{{ where }}/b"], touches: []}}
    - {name: b, file.copy: {dest: "{{ where }}/b", content: b}}
`,
      b: 'before',
      other: 'other',
    });
    await plan(here);
    const { code, stdout } = await here.run('apply', 'plan.json');
    assert.equal(code, 2);
    assert.match(stdout, /the plan has content as sha256:\S+, and it is sha256:\S+ now; it is left as it is/);
    assert.equal(here.read('b'), 'other');
  });

  it('lets tasks that could not be foretold run only when told to', async () => {
    using here = project({
      'play.yml': `- hosts: n1
  tasks:
    - {name: read, command: {argv: [cat, "{{ where }}/id"], touches: []}, register: id}
    - {name: use, file.copy: {dest: "{{ where }}/used", content: "{{ id.stdout }}"}}
`,
      id: '7',
    });
    await plan(here);
    const refused = await here.run('apply', 'plan.json');
    assert.equal(refused.code, 6);
    assert.match(refused.stderr, /n1: task 2 "use" depends on task 1 "read" \(play\.yml:3\)/);
    assert.equal(here.has('used'), false);
    const { code, stdout } = await here.run('apply', 'plan.json', '--allow-unknown');
    assert.equal(code, 0, stdout);
    assert.equal(here.read('used'), '7');
  });

  it('keeps secrets encrypted, or makes no plan', async () => {
    using here = project({
      'roles/safe/role.js': `import { command, defineRole, task } from '${INDEX}';
export default defineRole({
  name: 'safe', summary: 'keep a password', at: import.meta.url, required: ['safe_password', 'safe_where'],
  vars: { safe_password: { type: 'string', secret: true }, safe_where: { type: 'string' } },
  tasks: vars => [task('pass', command, {
    argv: ['sh', '-c', 'printf %s "$PASSWORD" > saved'], chdir: vars.safe_where,
    environment: { PASSWORD: vars.safe_password }, creates: vars.safe_where + '/saved',
  })],
});
`,
      'play.yml': '- hosts: n1\n  vars: {safe_where: "{{ where }}"}\n  roles: [safe]\n',
      vault: 'open sesame\n',
    });
    const password = ['-e', 'safe_password=hunter2-hunter2'] as const;
    const refused = await plan(here, ...password);
    assert.equal(refused.code, 5, refused.stderr);
    assert.match(refused.stderr, /the plan would hold secret values \(task 1 "pass", -e\).*--vault-password-file/);
    assert.equal(here.has('plan.json'), false);
    const made = await plan(here, ...password, '--vault-password-file', 'vault');
    assert.equal(made.code, 0, made.stderr);
    assert.doesNotMatch(here.read('plan.json') + made.stdout + made.stderr, /hunter2/);
    assert.doesNotMatch((await here.run('show', 'plan.json')).stdout, /hunter2/);
    assert.equal((await here.run('apply', 'plan.json')).code, 6);
    here.write({ wrong: 'close sesame\n' });
    assert.equal((await here.run('apply', 'plan.json', '--vault-password-file', 'wrong')).code, 6);
    const { code, stdout, stderr } = await here.run('apply', 'plan.json', '--vault-password-file', 'vault');
    assert.equal(code, 0, stdout + stderr);
    assert.equal(here.read('saved'), 'hunter2-hunter2');
  });

  it('makes no plan of a dry run that fails', async () => {
    using here = project({ 'play.yml': `- hosts: n1\n  tasks: [{name: a, file.copy: {dest: "{{ where }}/nobody/a", content: a}}]\n` });
    assert.equal((await plan(here)).code, 2);
    assert.equal(here.has('plan.json'), false);
  });

  it('says what is wrong with a file that is no plan', async () => {
    using here = project({ 'other.json': '{}' });
    const none = await here.run('apply', 'missing.json');
    assert.equal(none.code, 5);
    assert.match(none.stderr, /missing\.json cannot be read/);
    const other = await here.run('show', 'other.json');
    assert.equal(other.code, 6);
    assert.match(other.stderr, /other\.json is not a plan; tsplay plan PLAYBOOK -o other\.json makes one/);
  });
});
