// The program as it is shipped: it reads what a run needs and nothing else, keeps its code, and is one program with a person's roles.
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { isAscii } from 'node:buffer';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { inSources } from '../../src/cli/in-sources.ts';
import { projectRoot } from '../support/project-root.ts';
import { skipBecause } from '../support/skip.ts';
import { environment, MAIN, type Ended } from './support/program.ts';
import { startHosts } from './support/hosts.ts';
import { localHosts, Project } from './support/project.ts';

const BUNDLE = dirname(MAIN);

/** Writes down every file of the bundle that is read, in the folder that the program runs in. */
const WATCH = `const fs = require('node:fs');
const read = fs.readFileSync;
fs.readFileSync = (file, ...rest) => {
  if (String(file).startsWith(${JSON.stringify(BUNDLE)})) fs.appendFileSync('read', require('node:path').basename(String(file)) + '\\n');
  return read(file, ...rest);
};
`;

/** Says what of Node itself was loaded since it began. */
const WATCH_NODE = `
const before = new Set(process.moduleLoadList);
process.on('exit', () => {
  const names = process.moduleLoadList.filter(name => name.startsWith('NativeModule ') && !before.has(name));
  process.stderr.write(names.map(name => name.slice('NativeModule '.length)).join(' '));
});
`;

function run(project: Project, args: readonly string[], options: { readonly cache: string; readonly node?: readonly string[] }): Ended {
  const env = { ...environment(project.directory), XDG_CACHE_HOME: options.cache };
  const words = [...(options.node ?? []), MAIN, ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: project.directory, env, encoding: 'utf8' });
  return { code: status, stdout, stderr };
}

/** The parts that a command line reads, beside the first file. */
function partsRead(project: Project, ...args: readonly string[]): readonly string[] {
  project.write({ 'watch.cjs': WATCH, read: '' });
  const { code, stderr } = run(project, args, { cache: project.path('cache'), node: ['--require', './watch.cjs'] });
  assert.deepEqual([code, stderr], [0, ''], args.join(' '));
  return project
    .read('read')
    .split('\n')
    .filter(name => name !== '' && name !== 'tsplay.cjs')
    .sort();
}

const FILES = {
  'hosts.yml': localHosts('n1'),
  'play.yml': '- hosts: all\n  tasks:\n    - debug: {msg: hello}\n',
  'java.yml': '- hosts: all\n  roles: [{role: java, java_default: 17}]\n',
};

describe('cli: the shipped program', () => {
  before(function () {
    if (!MAIN.endsWith('.cjs')) skipBecause(this, 'these runs are of what tsc left');
  });

  describe('reads', () => {
    let project: Project;
    before(() => (project = new Project(FILES)));
    after(() => project[Symbol.dispose]());

    it('nothing more to say its version', () => assert.deepEqual(partsRead(project, '--version'), []));

    it('one part for a run of shipped modules', () =>
      assert.deepEqual(partsRead(project, 'run', 'play.yml', '-i', 'hosts.yml'), ['program.cjs']));

    it('the shipped roles, the checks of their variables and what their conditions are written in, when a playbook names one: it has nothing to compile', () =>
      assert.deepEqual(partsRead(project, 'lint', 'java.yml', '-i', 'hosts.yml'), [
        'cel.cjs',
        'program.cjs',
        'role-checks.cjs',
        'roles.cjs',
      ]));
  });

  describe("with a person's own role", () => {
    /** A role that says whether what it imports is what the program uses: a secret of one class, an expression, a module. */
    const role = (index: string): string => `import { command, defineRole, fileCopy, secret, Secret, task } from '${index}';
export default defineRole({
  name: 'own', summary: 'a role', at: import.meta.url, required: ['own_word'],
  vars: { own_word: { type: 'string', secret: true }, own_count: { type: 'integer', minimum: 2, default: 3 } },
  tasks: vars => {
    if (!(vars.own_word instanceof Secret)) throw new Error('the secret of the program is none here');
    return [
      task('keep it', fileCopy, { content: vars.own_word, dest: '/nonexistent/kept' }, { ignoreErrors: true }),
      task('say it', command, { argv: ['echo', 'hello'], stdin: secret('of the role') }),
    ];
  },
});
`;
    const play = '- hosts: all\n  roles: [{role: own, own_word: hidden from all}]\n';

    it('shares the classes of the program, and compiles its schemas', () => {
      using project = new Project({ ...FILES, 'play.yml': play, 'roles/own/role.js': role('tsplay') });
      link(project);
      const { code, stdout, stderr } = run(project, ['run', 'play.yml', '-i', 'hosts.yml', '-C', '-D'], { cache: project.path('cache') });
      assert.deepEqual([code, stderr], [0, ''], stdout);
      assert.doesNotMatch(stdout, /hidden/);
      assert.match(stdout, /run: \(none\) → echo hello/);
      const wrong = run(project, ['lint', 'play.yml', '-i', 'hosts.yml', '-e', '{"own_count": 1}'], { cache: project.path('cache') });
      assert.match(wrong.stderr, /"own_count" must be at least 2, got the number 1/);
    });

    it('gives a role that brings another copy of tsplay the names of the one that runs', () => {
      using project = new Project({ ...FILES, 'play.yml': play, 'roles/own/role.js': role('tsplay') });
      const copy = project.path('node_modules/tsplay');
      mkdirSync(copy, { recursive: true });
      cpSync(join(projectRoot(), 'package.json'), join(copy, 'package.json'));
      cpSync(BUNDLE, join(copy, 'dist', 'bundle'), { recursive: true });
      const { code, stderr, stdout } = run(project, ['run', 'play.yml', '-i', 'hosts.yml', '-C'], { cache: project.path('cache') });
      assert.deepEqual([code, stderr], [0, ''], stdout);
    });

    it('has each class that values are told by once, in one part', () => {
      for (const name of ['Secret', 'Unknown', 'InputError']) {
        const parts = readdirSync(BUNDLE).filter(part => part.endsWith('.cjs'));
        const having = parts.filter(part =>
          new RegExp(`\\b${name}=class\\b|\\bclass ${name}\\b`).test(readFileSync(join(BUNDLE, part), 'latin1')),
        );
        assert.deepEqual(having, ['program.cjs'], name);
      }
    });

    it('can be imported without running anything', () => {
      using project = new Project({ 'roles/own/role.js': role('tsplay') });
      link(project);
      const code = "import('./roles/own/role.js').then(({ default: role }) => console.log(role.name))";
      const { status, stdout } = spawnSync(process.execPath, ['-e', code], { cwd: project.directory, encoding: 'utf8' });
      assert.deepEqual([status, stdout], [0, 'own\n']);
    });
  });

  describe('keeps its code', () => {
    let project: Project;
    let home: string;
    beforeEach(() => {
      project = new Project(FILES);
      home = mkdtempSync(join(tmpdir(), 'tsplay-code-'));
    });
    afterEach(() => {
      project[Symbol.dispose]();
      rmSync(home, { recursive: true, force: true });
    });

    const go = (...args: readonly string[]): Ended => run(project, args, { cache: home });
    const good = ['run', 'play.yml', '-i', 'hosts.yml'];
    const kept = (): readonly string[] => filesUnder(home).filter(name => name.startsWith('tsplay/code/'));
    const only = (): string => join(home, kept()[0] ?? '');

    it('for itself alone, and uses it the next time', () => {
      assert.equal(go(...good).code, 0);
      assert.equal(kept().length, 1);
      assert.match(only(), /\/v[\d.]+-\w+-[0-9a-f]{16}-\w+\/run-program\.cjs$/);
      assert.equal(statSync(only()).mode & 0o777, 0o600);
      assert.equal(statSync(dirname(only())).mode & 0o777, 0o700);
      const { mtimeMs, size } = statSync(only());
      assert.ok(size > 100_000);
      assert.equal(go(...good).code, 0);
      assert.equal(statSync(only()).mtimeMs, mtimeMs, 'it is not written again');
    });

    it('apart for what lists, what looks and what does: a list has seen too little to serve a run', () => {
      for (const more of [['--syntax-check'], ['--list-tasks'], ['--check'], ['-C', '--diff'], []])
        assert.equal(go(...good, ...more).code, 0);
      assert.deepEqual(
        kept()
          .map(name => basename(name))
          .sort(),
        ['run-checked-program.cjs', 'run-listed-program.cjs', 'run-program.cjs'],
      );
    });

    it('of a run over SSH, too, in which V8 is told to leave optimizing to longer runs', async () => {
      await using hosts = await startHosts('web1');
      project.write({ 'ssh.yml': hosts.inventory(), 'play.yml': '- hosts: all\n  tasks:\n    - debug: {msg: "{{ facts.user.name }}"}\n' });
      const env = { ...environment(project.directory), XDG_CACHE_HOME: home };
      const words = [MAIN, 'run', 'play.yml', '-i', 'ssh.yml'];
      const logIn = () => promisify(execFile)(process.execPath, words, { cwd: project.directory, env });
      const written = (): readonly string[] =>
        kept()
          .map(name => `${basename(name)} ${statSync(join(home, name)).mtimeMs}`)
          .sort();
      await logIn();
      const first = written();
      assert.deepEqual(
        first.map(line => line.split(' ')[0]),
        ['run-program.cjs', 'run-ssh2.cjs'],
      );
      await logIn();
      assert.deepEqual(written(), first, 'it is not written again');
    });

    it('and writes it anew after a day, or when it is not what V8 wrote', () => {
      go(...good);
      const yesterday = Date.now() / 1000 - 25 * 60 * 60;
      utimesSync(only(), yesterday, yesterday);
      assert.equal(go(...good).code, 0);
      assert.ok(statSync(only()).mtimeMs / 1000 > yesterday + 60 * 60);
      writeFileSync(only(), 'no code');
      assert.equal(go(...good).code, 0);
      assert.ok(statSync(only()).size > 100_000);
    });

    it('but not when others could have written it', () => {
      go(...good);
      const file = only();
      for (const [path, open, shut] of [
        [file, 0o666, 0o600],
        [dirname(file), 0o777, 0o700],
      ] as const) {
        writeFileSync(file, 'no code');
        chmodSync(path, open);
        const { mtimeMs } = statSync(dirname(file));
        assert.equal(go(...good).code, 0);
        if (path !== file)
          assert.deepEqual([readFileSync(file, 'utf8'), statSync(path).mtimeMs], ['no code', mtimeMs], 'nothing is written there');
        chmodSync(path, shut);
      }
    });

    it('not of a command line that came to nothing', () => {
      assert.equal(go('run', 'none.yml').code, 5);
      assert.equal(go('rnu', 'play.yml').code, 5);
      assert.deepEqual(kept(), []);
    });

    it('and takes away what other builds left a month ago', () => {
      go(...good);
      const folder = dirname(dirname(only()));
      for (const [name, days] of [
        ['old', 31],
        ['young', 29],
      ] as const) {
        mkdirSync(join(folder, name), { mode: 0o700 });
        const then = Date.now() / 1000 - days * 24 * 60 * 60;
        utimesSync(join(folder, name), then, then);
      }
      rmSync(only());
      go(...good);
      assert.deepEqual(
        readdirSync(folder).filter(name => !name.startsWith('v')),
        ['young'],
      );
    });

    it('nowhere when there is no place for it', () => {
      writeFileSync(join(home, 'file'), '');
      const { code, stderr } = run(project, good, { cache: join(home, 'file') });
      assert.deepEqual([code, stderr], [0, '']);
    });
  });

  it('says its version with next to nothing of Node loaded for it', () => {
    using project = new Project({ 'watch.cjs': WATCH_NODE });
    const { code, stderr } = run(project, ['--version'], { cache: project.path('cache'), node: ['--require', './watch.cjs'] });
    assert.equal(code, 0);
    const loaded = stderr.split(' ').filter(name => !name.startsWith('internal/'));
    // Beside what it takes to write a line to a pipe.
    assert.deepEqual(
      loaded.filter(name => !/^(?:diagnostics_channel|net|os|vm|string_decoder|stream(?:\/promises)?)$/.test(name)),
      [],
    );
  });

  it('is told of in its sources when there is a bug', () => {
    const lines = readFileSync(join(BUNDLE, 'program.cjs'), 'latin1').split('\n');
    const line = lines.findIndex(text => text.includes('?inSources('));
    const column = (lines[line]?.indexOf('?inSources(') ?? -1) + 1;
    const stack = inSources(
      `Error: x\n    at explain (${join(BUNDLE, 'program.cjs')}:${line + 1}:${column + 1})\n    at node:internal/x:1:2`,
    );
    const [, file = '', found = ''] = /^Error: x\n {4}at explain \((.*):(\d+):\d+\)\n {4}at node:internal\/x:1:2$/.exec(stack) ?? [];
    assert.equal(relative(projectRoot(), file), 'src/cli/run-command-line.ts');
    assert.match(readFileSync(file, 'utf8').split('\n')[Number(found) - 1] ?? '', / inSources\(/);
  });

  it('is ASCII in the part that every run reads, and reads it the faster', () => {
    assert.ok(isAscii(readFileSync(join(BUNDLE, 'program.cjs'))));
  });
});

/** Installs the package of these tests for a project's roles. */
function link(project: Project): void {
  project.write({ 'node_modules/tsplay/package.json': JSON.stringify({ name: 'tsplay', type: 'module', exports: './index.js' }) });
  project.write({ 'node_modules/tsplay/index.js': `export * from ${JSON.stringify(join(BUNDLE, 'index.js'))};\n` });
}

function filesUnder(folder: string): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter(name => statSync(join(folder, name)).isFile());
}
