// What `npm pack` makes: a program that needs no other package, with its roles, their templates, its types and its sources.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { MODULES } from '../../src/modules/registry.ts';
import { SHIPPED_ROLES } from '../../roles/shipped.ts';
import { compiledRoot } from '../support/golden.ts';
import { projectRoot } from '../support/project-root.ts';
import { skipBecause } from '../support/skip.ts';
import { environment } from './support/program.ts';
import { localHosts, Project } from './support/project.ts';

const SHIPPED = [
  'LICENSE',
  'dist/bundle/LICENSES.txt',
  'dist/bundle/program.cjs.map',
  'dist/src/index.d.ts',
  'src/cli/dispatch.ts',
  'roles/kafka/role.ts',
  'roles/kafka/templates/server.properties.hbs',
];

const ROLE = `import { defineRole, fileTemplate, task } from 'tsplay';
export default defineRole({
  name: 'own', summary: 'a role', at: import.meta.url, required: ['own_path'], vars: { own_path: { type: 'string', kind: 'path' } },
  tasks: vars => [task('greet', fileTemplate, { src: 'greeting.hbs', dest: vars.own_path })],
});
`;

describe('cli: the package', function () {
  this.timeout(60_000);
  let project: Project;
  before(function () {
    if (compiledRoot !== join(projectRoot(), 'dist')) skipBecause(this, 'only what npm run build has made is packed');
    project = new Project({
      'hosts.yml': localHosts('n1'),
      'play.yml': '- hosts: all\n  roles: [java, own]\n',
      'roles/own/role.js': ROLE,
      'roles/own/templates/greeting.hbs': 'hello {{ inventory_hostname }}\n',
    });
    const packed = spawnSync('npm', ['pack', '--ignore-scripts', '--pack-destination', project.directory], {
      cwd: projectRoot(),
      encoding: 'utf8',
    });
    assert.equal(packed.status, 0, packed.stderr);
    assert.equal(spawnSync('tar', ['-xzf', packed.stdout.trim()], { cwd: project.directory }).status, 0);
    mkdirSync(project.path('node_modules'));
    renameSync(project.path('package'), project.path('node_modules/tsplay'));
  });
  after(() => (project as Project | undefined)?.[Symbol.dispose]());

  const says = (...args: readonly string[]): string => {
    const main = project.path('node_modules/tsplay/dist/bundle/tsplay.cjs');
    const options = { cwd: project.directory, env: environment(project.directory), encoding: 'utf8' } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], options);
    assert.deepEqual([status, stderr], [0, ''], stdout);
    return stdout;
  };

  it('has what it needs, and no tests', () => {
    for (const name of SHIPPED) assert.ok(project.has(join('node_modules/tsplay', name)), name);
    assert.equal(project.has('node_modules/tsplay/dist/test'), false);
    const manifest = JSON.parse(project.read('node_modules/tsplay/package.json')) as Readonly<Record<string, unknown>>;
    assert.equal(manifest['dependencies'], undefined);
  });

  it('knows its version, its modules and its roles', () => {
    const { version } = JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8')) as { readonly version: string };
    assert.equal(says('--version'), `${version}\n`);
    const docs = says('docs');
    for (const name of [...Object.keys(MODULES), ...Object.keys(SHIPPED_ROLES)]) assert.match(docs, new RegExp(`^ {2}${name} +\\S`, 'm'));
    assert.doesNotMatch(docs, /cannot be read/);
  });

  it("runs shipped roles, and a person's own that imports from it", () => {
    const path = project.path('greeting');
    assert.match(says('lint', 'play.yml', '-i', 'hosts.yml', '-e', `own_path=${path}`), /nothing to object to/);
    const tasks = says('run', 'play.yml', '-i', 'hosts.yml', '-e', `own_path=${path}`, '--list-tasks');
    assert.match(tasks, /java/);
    project.write({ 'own.yml': '- hosts: all\n  roles: [own]\n' });
    const args = ['run', 'own.yml', '-i', 'hosts.yml', '-e', `own_path=${path}`];
    assert.match(says(...args, '--check', '--diff'), /^ +\+hello n1$/m);
    assert.match(says(...args), /changed=1,/);
    assert.equal(project.read('greeting'), 'hello n1\n');
    assert.match(says(...args), /changed=0,/);
  });
});
