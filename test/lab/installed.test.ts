// What `npm pack` makes, installed by an ordinary user in an empty folder, with and without scripts: it runs a playbook on a real host.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { run } from '../../src/lab/command.ts';
import { compiledRoot } from '../support/golden.ts';
import { projectRoot } from '../support/project-root.ts';
import { skipBecause } from '../support/skip.ts';
import { needLab } from './support/lab-inventory.ts';
import { startWrittenLab, type WrittenLab } from './support/written-lab.ts';

const HOST = 'target';
const USER = `tsplay-${process.pid}`;

const PLAY = `- hosts: all
  become: true
  tasks:
    - {name: place, file.directory: {path: "{{ where }}"}}
    - {name: greeting, file.template: {src: greeting.hbs, dest: "{{ where }}/greeting"}}
    - {name: group, group: {name: crew}}
`;

describe('the package, installed by an ordinary user', function () {
  this.timeout(120_000);
  let standing: WrittenLab | undefined;
  let place: string | undefined;
  let home = '';
  let tarball = '';
  before(async function () {
    this.timeout(600_000);
    if (compiledRoot !== join(projectRoot(), 'dist')) skipBecause(this, 'only what npm run build has made is packed');
    await needLab(this);
    standing = await startWrittenLab([HOST], () => Promise.resolve({}));
    place = mkdtempSync(join(tmpdir(), 'tsplay-installed-'));
    // Everybody may pass through to the home, which is its user's alone.
    chmodSync(place, 0o711);
    home = join(place, 'home');
    await run(['useradd', '--create-home', '--home-dir', home, '--shell', '/bin/sh', USER]);
    const packed = await run(['npm', 'pack', '--ignore-scripts', '--pack-destination', home], { cwd: projectRoot() });
    tarball = join(home, basename(packed.trim().split('\n').at(-1) ?? ''));
    copyFileSync(standing.state.privateKey, join(home, 'key'));
    copyFileSync(standing.state.knownHosts, join(home, 'known_hosts'));
    chmodSync(join(home, 'key'), 0o600);
    await run(['chown', '-R', `${USER}:`, home]);
  });
  after(async function () {
    this.timeout(120_000);
    spawnSync('userdel', [USER]);
    if (place !== undefined) rmSync(place, { recursive: true, force: true });
    await standing?.[Symbol.asyncDispose]();
  });

  /** As the user, who has nothing of this machine but its programs. @returns what it printed */
  const asUser = (folder: string, ...argv: readonly string[]): string => {
    const path = `PATH=${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`;
    const words = ['-u', USER, '--', 'env', '-i', `--chdir=${folder}`, path, `HOME=${home}`, 'LC_ALL=C.UTF-8', ...argv];
    const { status, stdout, stderr } = spawnSync('runuser', words, { encoding: 'utf8' });
    assert.equal(status, 0, `${argv.join(' ')}\n${stdout}${stderr}`);
    return stdout;
  };

  for (const [number, [what, flags]] of Object.entries({ 'with scripts': [], 'without scripts': ['--ignore-scripts'] }).entries()) {
    it(`runs a playbook on a host, ${what}`, async () => {
      assert.ok(standing, 'the lab is up');
      const folder = join(home, `project-${number}`);
      writeProject(folder, standing, home);
      await run(['chown', '-R', `${USER}:`, folder]);
      // What it needs is in it: no registry is asked.
      asUser(folder, 'npm', 'install', '--offline', '--no-audit', '--no-fund', ...flags, tarball);
      const tsplay = (...args: readonly string[]): string => asUser(folder, join(folder, 'node_modules/.bin/tsplay'), ...args);
      const { version } = JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8')) as { readonly version: string };
      assert.equal(tsplay('--version'), `${version}\n`);
      const where = `/srv/installed-${number}`;
      const words = ['play.yml', '-i', 'hosts.yml', '-e', `where=${where}`];
      const changes = number === 0 ? 3 : 2;
      assert.match(tsplay('run', ...words, '--check'), new RegExp(`would change=${changes}\\b`));
      assert.match(tsplay('run', ...words), new RegExp(`changed=${changes}\\b`));
      assert.match(tsplay('run', ...words), /changed=0\b/);
      assert.equal(await standing.shell(HOST, `cat ${where}/greeting`), `hello ${HOST}`);
      assert.equal(existsSync(join(folder, 'node_modules/ssh2')), false, 'ssh2 is part of the package, without its native add-on');
    });
  }
});

/** A playbook with a template, and an inventory that leads to the host of the lab. */
function writeProject(folder: string, lab: WrittenLab, home: string): void {
  mkdirSync(join(folder, 'templates'), { recursive: true });
  const address = lab.state.hosts.find(({ name }) => name === HOST)?.address;
  const vars = { ssh_user: lab.state.user, ssh_key: join(home, 'key'), ssh_known_hosts: join(home, 'known_hosts') };
  writeFileSync(join(folder, 'hosts.yml'), JSON.stringify({ all: { vars, hosts: { [HOST]: { address } } } }));
  writeFileSync(join(folder, 'templates/greeting.hbs'), 'hello {{ inventory_hostname }}\n');
  writeFileSync(join(folder, 'play.yml'), PLAY);
}
