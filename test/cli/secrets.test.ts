// Secrets from outside: what a role declares secret reaches the host and shows in no output and in no command line.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { INDEX } from './support/program.ts';
import { localHosts, Project } from './support/project.ts';
import { until } from '../support/until.ts';

/** Long enough to be looked for, with what shells, JSON and URLs write in other ways. */
const SECRET = `Tr0ub4dor & 3 'x" $y`;
/** What is secret about it however it is quoted. */
const CORE = 'Tr0ub4dor';

const ROLE = `import { command, defineRole, fileCopy, fileLine, task } from '${INDEX}';
export default defineRole({
  name: 'safe', summary: 'keep a password', at: import.meta.url, required: ['safe_password', 'safe_where'],
  vars: { safe_password: { type: 'string', secret: true }, safe_where: { type: 'string' } },
  tasks: vars => {
    const environment = { PASSWORD: vars.safe_password };
    const held = 'echo $$ > held; until [ -e go ]; do sleep 0.05; done; printf %s "$PASSWORD" > environment; cat > stdin';
    return [
      task('write it', fileCopy, { content: vars.safe_password, dest: vars.safe_where + '/password' }),
      task('write a file', fileCopy, { content: 'a\\n', dest: vars.safe_where + '/lines' }),
      task('add it as a line', fileLine, { path: vars.safe_where + '/lines', line: vars.safe_password }),
      task('hold it', command, { argv: ['sh', '-c', held], chdir: vars.safe_where, environment, stdin: vars.safe_password }),
      task('print it', command, { argv: ['sh', '-c', 'echo "on out: $PASSWORD"; echo "on err: $PASSWORD" >&2'], environment }, { register: 'safe_said' }),
      task('fail with it', command, { argv: ['sh', '-c', 'echo "$PASSWORD is wrong" >&2; exit 3'], environment }, { ignoreErrors: true }),
      task('wrap it', command, { argv: ['sh', '-c', 'printf %s "$PASSWORD" | base64'], environment }, { register: 'safe_wrapped' }),
    ];
  },
});
`;
const FILES = {
  'hosts.yml': localHosts('n1'),
  'group_vars/all.yml': `safe_password: ${JSON.stringify(SECRET)}\n`,
  'roles/safe/role.js': ROLE,
  'play.yml': [
    '- hosts: n1',
    '  roles: [safe]',
    '  tasks:',
    '    - debug: {msg: "it said: {{ safe_said.stdout }}"}',
    '    - debug: {msg: "wrapped: {{ safe_wrapped.stdout }}"}',
    '    - debug: {msg: "everything: {{ json safe_said }}"}',
    '    - debug: {msg: "{{ safe_password }} itself"}',
    '',
  ].join('\n'),
};

const OUTPUTS = [
  ['--output', 'plain'],
  ['-vv', '--diff'],
  ['--output', 'json', '--diff', '-vv'],
  ['--output', 'junit'],
  ['--check', '--diff', '-vv'],
];

describe('cli: secrets', () => {
  for (const flags of OUTPUTS) {
    it(`show in no output: ${flags.join(' ')}`, async () => {
      using project = new Project({ ...FILES, go: '' });
      const { code, stdout, stderr } = await project.run(
        'run',
        'play.yml',
        '-i',
        'hosts.yml',
        '-e',
        `safe_where=${project.directory}`,
        ...flags,
      );
      assert.deepEqual([code, stderr], [0, '']);
      assert.ok(!stdout.includes(CORE), stdout);
      assert.ok(!stdout.includes(Buffer.from(SECRET).toString('base64').slice(0, 20)), stdout);
      assert.ok(stdout.includes(flags.includes('junit') ? 'content: absent → ***' : '***'), stdout);
      if (flags.includes('--check')) return;
      assert.equal(project.read('password'), SECRET, 'the host has it');
      assert.equal(project.read('lines'), `a\n${SECRET}\n`);
      assert.equal(project.read('environment'), SECRET);
      assert.equal(project.read('stdin'), SECRET);
    });
  }

  it('stand in no command line while they are in use', async () => {
    using project = new Project(FILES);
    const running = project.start('run', 'play.yml', '-i', 'hosts.yml', '-e', `safe_where=${project.directory}`);
    await until('the command is running', () => project.has('held') && project.read('held') !== '');
    const pid = Number(project.read('held'));
    const lines = commandLines();
    assert.ok(lines.get(pid)?.includes('until [ -e go ]'), 'the command itself was looked at');
    assert.deepEqual(
      [...lines].filter(([, line]) => line.includes(CORE)),
      [],
    );
    project.write({ go: '' });
    assert.equal((await running.ended).code, 0);
  });

  it('stay secret in tasks of the play, whatever is made of them', async () => {
    using project = new Project({
      ...FILES,
      go: '',
      'templates/t.hbs': 'upper {{ upper safe_password }}\n',
      'play.yml': [
        '- hosts: n1',
        '  roles: [safe]',
        '  vars: {made_of_it: "<{{ lower safe_password }}>"}',
        '  tasks:',
        '    - debug: {msg: "{{ made_of_it }} {{ upper hostvars.n1.safe_password }}"}',
        '    - file.template: {src: t.hbs, dest: "{{ safe_where }}/t"}',
        '    - file.copy: {content: "{{ made_of_it }}", dest: "{{ safe_where }}/c"}',
        '    - set: {derived: "{{ replace safe_password \\"dor\\" \\"D0R\\" }}"}',
        '    - debug: {msg: "{{ derived }}"}',
        '',
      ].join('\n'),
    });
    const { code, stdout } = await project.run(
      'run',
      'play.yml',
      '-i',
      'hosts.yml',
      '-e',
      `safe_where=${project.directory}`,
      '-vv',
      '--diff',
    );
    assert.equal(code, 0, stdout);
    assert.doesNotMatch(stdout, /tr0ub4/i);
    assert.equal(project.read('t'), `upper ${SECRET.toUpperCase()}\n`);
    assert.equal(project.read('c'), `<${SECRET.toLowerCase()}>`);
  });

  it('are refused as an argument, in a check and in a run, in words', async () => {
    using project = new Project({
      ...FILES,
      go: '',
      'play.yml': '- hosts: n1\n  roles: [safe]\n  tasks:\n    - {name: show it, command: "echo {{ safe_password }}"}\n',
    });
    const args = ['run', 'play.yml', '-i', 'hosts.yml', '-e', `safe_where=${project.directory}`];
    for (const flags of [['--check'], []]) {
      const { code, stdout, stderr } = await project.run(...args, ...flags);
      assert.deepEqual([code, stderr], [2, '']);
      assert.match(
        stdout,
        /\[n1\] a secret cannot stand in a command line, .*; give it as stdin or in the environment\n {6}command at play\.yml:4:7$/m,
      );
    }
  });

  it('are left out of the words of a refusal', async () => {
    using project = new Project({ ...FILES, 'group_vars/all.yml': 'safe_password: 7203685477\n' });
    const { code, stderr } = await project.run('run', 'play.yml', '-i', 'hosts.yml', '-e', 'safe_where=/tmp');
    assert.deepEqual([code, stderr], [5, 'group_vars/all.yml:1:16  "safe_password" must be a string\n']);
  });
});

/** The command line of every process, by its id. */
function commandLines(): ReadonlyMap<number, string> {
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger);
  return new Map(pids.map(pid => [pid, read(`/proc/${pid}/cmdline`)]));
}

/** A process may be over before it is read. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
