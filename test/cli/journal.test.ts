// What is kept of runs on the controller: whatever ends them, tsplay runs, tsplay show and --retry-failed know how far they came.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { seeded, seedOfThisRun } from '../support/seeded.ts';
import { until } from '../support/until.ts';
import { eventsOf, ofKind } from './support/events.ts';
import { environment, INDEX, MAIN } from './support/program.ts';
import { localHosts, Project } from './support/project.ts';

const RUNS = '.local/state/tsplay/runs';
/** A row of `tsplay runs`, as far as it is the same each time. */
const ROW = /^([0-9a-f]{8}) {2}\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}\S+@\S+ +(.*)$/;

/** How many of them note. */
const TASKS = 6;

/** Each host notes every task in a log before it ends, and n2 fails where `broken` lies. */
const PLAY = [
  '- hosts: all',
  '  tasks:',
  ...[...Array(TASKS).keys()].map(
    number =>
      `    - {name: task ${number}, command: {argv: [sh, -c, "echo ${number} >> {{ inventory_hostname }}.log"], chdir: "{{ where }}"}}`,
  ),
  '    - {name: choosy, command: {argv: [sh, -c, "[ {{ inventory_hostname }} != n2 ] || [ ! -e broken ]"], chdir: "{{ where }}"}}',
  '    - {name: a file, file.copy: {dest: "{{ where }}/{{ inventory_hostname }}", content: "{{ inventory_hostname }}\\n"}}',
  '',
].join('\n');

/** Runs of a project: the cells of the rows behind who it was, by a blank. */
async function rows(project: Project): Promise<readonly { readonly id: string; readonly says: string }[]> {
  const { code, stdout, stderr } = await project.run('runs');
  assert.deepEqual([code, stderr], [0, '']);
  return stdout
    .trimEnd()
    .split('\n')
    .slice(1)
    .map(line => {
      const [, id = '', says = ''] = ROW.exec(line) ?? [];
      assert.notEqual(id, '', line);
      return { id, says: says.replaceAll(/ +/g, ' ') };
    });
}

function journals(project: Project): readonly string[] {
  return readdirSync(project.path(RUNS)).map(name => project.read(`${RUNS}/${name}`));
}

describe('cli: the journal', function () {
  this.timeout(120_000);
  let project: Project;
  beforeEach(() => (project = new Project({ 'hosts.yml': localHosts('n1', 'n2', 'n3'), 'play.yml': PLAY })));
  afterEach(() => project[Symbol.dispose]());

  it('shows a run as it was printed, to the byte, whatever the form', async () => {
    project.write({ broken: '' });
    const forms = [['--output', 'plain'], ['-v'], ['-vv', '--color', 'always'], ['--output', 'json'], ['--output', 'junit']];
    for (const form of forms) {
      const { code, stdout } = await project.runPlay('--diff', ...form);
      assert.equal(code, 2);
      const shown = await project.run('show', 'last', ...form);
      assert.deepEqual([shown.code, shown.stderr], [0, '']);
      assert.equal(shown.stdout, stdout, form.join(' '));
    }
  });

  it('lists every kind of run with how it ended', async () => {
    assert.deepEqual((await project.run('runs')).stdout, 'no run is kept\n');
    const told = ['-i', 'hosts.yml', '-e', `where=${project.directory}`];
    project.write({ 'one.yml': '- hosts: n1\n  tasks:\n    - {name: a file, file.copy: {dest: "{{ where }}/a", content: x}}\n' });
    const codes = [
      await project.run('run', 'one.yml', ...told, '--check'),
      await project.run('plan', 'one.yml', ...told, '-o', 'a.plan'),
      await project.run('drift', 'one.yml', ...told),
      await project.run('apply', 'a.plan'),
      await project.run('run', 'one.yml', 'one.yml', ...told),
    ].map(({ code }) => code);
    assert.deepEqual(codes, [0, 0, 3, 0, 0]);
    assert.deepEqual(
      (await rows(project)).map(({ says }) => says),
      [
        'check one.yml hosts.yml 1 0 would change=1',
        'plan one.yml hosts.yml 1 0 would change=1',
        'drift one.yml hosts.yml 1 3 would change=1',
        'apply one.yml hosts.yml 1 0 changed=1',
        'run one.yml hosts.yml 1 0 ok=1 changed=0',
        'run one.yml hosts.yml 1 0 ok=1 changed=0',
      ],
    );
    assert.match((await project.run('show', 'a.plan')).stdout, /note: made /, 'a plan is shown as ever');
    const missing = await project.run('show', 'beef');
    assert.deepEqual([missing.code, missing.stderr], [5, 'there is no run beef, tsplay runs lists those that are kept\n']);
  });

  it('knows what happened up to the moment in which a run was killed, whenever that is', async () => {
    const seed = seedOfThisRun();
    const random = seeded(seed);
    for (const moment of [...Array(5).keys()]) {
      const before = moment;
      const at = Math.floor(random() * (TASKS - 3));
      const wait = Math.floor(random() * 1000);
      const log = project.path(`n${1 + Math.floor(random() * 3)}.log`);
      project.write({ 'n1.log': '', 'n2.log': '', 'n3.log': '' });
      const running = project.start('run', 'play.yml', '-i', 'hosts.yml', '-e', `where=${project.directory}`, '--output', 'json');
      await until(`task ${at} is under way (seed ${seed})`, () => readFileSync(log, 'utf8').includes(`${at}\n`));
      // Some moment of what comes next: the busy machine decides which.
      for (let turn = 0; turn < wait; turn += 1) readFileSync(log);
      running.kill();
      const { stdout } = await running.ended;
      const [last, ...others] = (await rows(project)).toReversed();
      assert.equal(others.length, before);
      assert.match(last?.says ?? '', /^run play\.yml hosts\.yml 3 killed( ok=\d+)? changed=\d+$/, `seed ${seed}`);
      const { code, stdout: shown } = await project.run('show', last?.id ?? '', '--output', 'json');
      assert.equal(code, 0);
      const printed = stdout.slice(0, stdout.lastIndexOf('\n') + 1);
      assert.ok(shown.startsWith(printed), `all that was printed was kept before (seed ${seed})`);
      // What the hosts did, they were about to do in the journal.
      const begun = ofKind(eventsOf(shown), 'task-started').flatMap(({ hosts, task }) => hosts.map(host => `${host} ${task.name}`));
      for (const host of ['n1', 'n2', 'n3'])
        for (const number of project.read(`${host}.log`).trim().split('\n'))
          assert.ok(number === '' || begun.includes(`${host} task ${number}`), `${host} did task ${number} (seed ${seed})`);
    }
    const plain = await project.run('show', 'last');
    assert.match(plain.stdout, /\nthe run was killed; up to there\n( {2}was running: \[n\d\] .+\n)* {2}n1 : /);
  });

  it('picks with --retry-failed exactly the hosts that failed, and says which', async () => {
    const retry = (...more: readonly string[]) => project.runPlay('--retry-failed', ...more);
    const none = await retry();
    assert.deepEqual([none.code, none.stderr], [5, 'no run of play.yml on hosts.yml is kept, tsplay runs lists those that are\n']);
    project.write({ broken: '' });
    assert.equal((await project.runPlay()).code, 2);
    // Neither another inventory nor a dry run is the last run.
    assert.equal((await project.run('run', 'play.yml', '-i', 'n7,', '-e', '{"connection": "local", "where": "/"}', '--check')).code, 0);
    assert.equal((await project.runPlay('--check')).code, 0);
    const still = await retry('--output', 'json');
    assert.equal(still.code, 2);
    assert.deepEqual(ofKind(eventsOf(still.stdout), 'run-started')[0]?.hosts, ['n2']);
    project.write({ broken: '' });
    const [{ id } = { id: '' }] = await rows(project);
    const listed = await retry(`--list-hosts`);
    assert.equal(listed.stdout.trim().split('\n').at(-1)?.trim(), 'n2');
    const named = await project.runPlay(`--retry-failed=${id}`, '--output', 'json');
    assert.deepEqual(ofKind(eventsOf(named.stdout), 'run-started')[0]?.hosts, ['n2']);
    rmSync(project.path('broken'));
    const fine = await project.run(
      'run',
      './play.yml',
      '-i',
      project.path('hosts.yml'),
      '-e',
      `where=${project.directory}`,
      '--retry-failed',
    );
    assert.equal(fine.code, 0, fine.stderr);
    assert.match(fine.stdout, /^ {2}note: only n2: run [0-9a-f]{8} of play\.yml, \d{4}-\S+ \S+, failed there$/m);
    const done = await retry();
    assert.equal(done.code, 5);
    assert.match(done.stderr, /^no host failed in run [0-9a-f]{8} of play\.yml, .*, leave --retry-failed out to run on all hosts\n$/);
    const other = await project.run('run', 'play.yml', '-i', 'n7,', `--retry-failed=${id}`, '-e', 'where=/');
    assert.deepEqual(
      [other.code, other.stderr],
      [5, `run ${id} is not one of play.yml on n7,, got play.yml on hosts.yml, tsplay runs lists them\n`],
    );
  });

  it('keeps two runs side by side apart, and does not retry one that goes on', async () => {
    project.write({
      'held.yml':
        '- hosts: n1\n  tasks:\n    - {name: held, command: {argv: [sh, -c, ": > held; until [ -e go ]; do sleep 0.05; done"], chdir: "{{ where }}"}}\n',
    });
    const told = ['-i', 'hosts.yml', '-e', `where=${project.directory}`];
    const running = project.start('run', 'held.yml', ...told);
    await until('the first run holds', () => project.has('held'));
    const [second, third] = await Promise.all([project.runPlay('--check'), project.runPlay('--check')]);
    assert.deepEqual([second.code, third.code], [0, 0]);
    const [first, ...others] = await rows(project);
    assert.match(first?.says ?? '', /^run held\.yml hosts\.yml 1 running changed=0$/);
    assert.deepEqual(
      others.map(({ says }) => says.replace(/ok=.*/, '')),
      Array(2).fill('check play.yml hosts.yml 3 0 would change=24'),
    );
    const shown = await project.run('show', first?.id ?? '');
    assert.match(shown.stdout, /\nthe run has not ended yet; up to now\n {2}running: \[n1\] held\n {2}n1 : /);
    const retry = await project.run('run', 'held.yml', ...told, '--retry-failed');
    assert.equal(retry.code, 5);
    assert.match(retry.stderr, /^run [0-9a-f]{8} of held\.yml, .*, has not ended yet, wait for its end, or end it\n$/);
    project.write({ go: '' });
    assert.equal((await running.ended).code, 0);
    assert.match((await rows(project))[0]?.says ?? '', /^run held\.yml hosts\.yml 1 0 changed=1$/);
  });

  it('holds no secret, and is for the eyes of its user', async () => {
    const planted = [...Array(20).keys()].map(number => `Pl4nted-${number} & 'x" $y`);
    const role = `import { command, defineRole, fileCopy, task } from '${INDEX}';
export default defineRole({
  name: 'safe', summary: 'keep secrets', at: import.meta.url, required: ['safe_words', 'safe_where'],
  vars: { safe_words: { type: 'array', items: { type: 'string', secret: true } }, safe_where: { type: 'string' } },
  tasks: vars => vars.safe_words.flatMap((word, number) => [
    task('write ' + number, fileCopy, { content: word, dest: vars.safe_where + '/s' + number }),
    task('print ' + number, command, { argv: ['sh', '-c', 'echo "out $P"; printf %s "$P" | base64 >&2'], environment: { P: word } }, { register: 'safe_said' }),
    task('fail ' + number, command, { argv: ['sh', '-c', 'echo "$P" >&2; exit 3'], environment: { P: word } }, { ignoreErrors: true }),
  ]),
});
`;
    project.write({
      'group_vars/all.yml': `safe_words: ${JSON.stringify(planted)}\n`,
      'roles/safe/role.js': role,
      'play.yml': '- hosts: n1\n  roles: [safe]\n  tasks:\n    - debug: {msg: "{{ json safe_said }}"}\n',
    });
    for (const flags of [['--check'], []]) {
      const { code, stderr } = await project.run(
        'run',
        'play.yml',
        '-i',
        'hosts.yml',
        '-e',
        `safe_where=${project.directory}`,
        '--diff',
        '-vv',
        ...flags,
      );
      assert.deepEqual([code, stderr], [0, '']);
    }
    assert.equal(project.read('s19'), planted[19], 'the host has it');
    const texts = journals(project);
    assert.equal(texts.length, 2);
    for (const text of texts) {
      assert.match(text, /\*\*\*/);
      for (const [number, word] of planted.entries()) {
        assert.ok(!text.includes(`Pl4nted-${number} `), `the word ${number}`);
        assert.ok(!text.includes(Buffer.from(word).toString('base64').slice(0, 16)), `the word ${number} in base64`);
      }
    }
    const names = readdirSync(project.path(RUNS)).map(name => `${RUNS}/${name}`);
    const modes = ['.local', '.local/state/tsplay', RUNS, ...names].map(name => (statSync(project.path(name)).mode & 0o777).toString(8));
    assert.deepEqual(modes, ['700', '700', '700', '600', '600']);
  });

  it('is done without where it cannot be written, which is said once', async () => {
    project.write({ '.local/state/tsplay/plan.key': '' });
    chmodSync(project.path('.local/state'), 0o777);
    const { code, stdout, stderr } = await project.run(
      'run',
      'play.yml',
      'play.yml',
      '-i',
      'hosts.yml',
      '-e',
      `where=${project.directory}`,
    );
    assert.deepEqual([code, stderr], [0, '']);
    assert.deepEqual(
      stdout.split('\n').filter(line => line.includes('tsplay runs')),
      [
        `  warning: tsplay runs will not know all of this run: ${project.path(RUNS)} is not, or would not be, a folder of this user that nobody else can write`,
      ],
    );
    assert.equal(project.has(RUNS), false);
  });

  it('goes on when the disk takes no more of it, and shows what it has', async () => {
    const args = ['run', 'play.yml', '-i', 'hosts.yml', '-e', `where=${project.directory}`];
    // Files of at most 8 blocks of 512 bytes, such as the journal.
    const { status, stdout } = spawnSync('sh', ['-c', 'ulimit -f 8; exec "$0" "$@"', process.execPath, MAIN, ...args], {
      cwd: project.directory,
      env: environment(project.directory),
      encoding: 'utf8',
    });
    assert.equal(status, 0, stdout);
    assert.equal(stdout.match(/tsplay runs will not know all of this run/g)?.length, 1);
    assert.equal(project.read('n3'), 'n3\n');
    assert.equal((await rows(project)).length, 1);
    const shown = await project.run('show', 'last');
    assert.equal(shown.code, 0, shown.stderr);
    assert.match(shown.stdout, /^RUN \[play\.yml\] on 3 hosts of hosts\.yml$/m);
  });
});
