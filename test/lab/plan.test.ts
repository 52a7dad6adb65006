// Plans on real hosts: refused when something has drifted or the machine is another, carried out when nothing has.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram, type Ended } from '../cli/support/program.ts';
import { ofSuite } from './support/of-suite.ts';
import { startWrittenLab } from './support/written-lab.ts';

const PLAY = `- name: files and accounts
  hosts: all
  become: true
  tasks:
    - {name: a group, group: {name: crew}}
    - {name: a user, user: {name: jo, group: crew}}
    - {name: a folder, file.directory: {path: /srv/shop, owner: jo, group: crew}}
    - {name: a file, file.copy: {dest: /srv/shop/list, content: "milk\\n", owner: jo}}
    - {name: hello, file.copy: {dest: /etc/motd, content: "hello\\n"}}
`;

describe('plans on real hosts', function () {
  this.timeout(120_000);
  const lab = ofSuite(() => startWrittenLab(['a', 'b'], () => Promise.resolve({})));
  before(() => {
    writeFileSync(join(lab().folder, 'play.yml'), PLAY);
  });
  const tsplay = (...args: readonly string[]): Promise<Ended> => runProgram(lab().folder, args);
  const plan = (...args: readonly string[]): Promise<Ended> => tsplay('plan', 'play.yml', '-i', 'inventory', '-o', 'plan.json', ...args);
  const user = (host: string): Promise<string> => lab().shell(host, 'getent passwd jo || echo nobody');

  it('refuses with host and file when a file was edited on one host, and touches nothing', async () => {
    const made = await plan();
    assert.equal(made.code, 0, made.stdout + made.stderr);
    await lab().shell('b', 'echo edited >> /etc/motd');
    const { code, stderr } = await tsplay('apply', 'plan.json');
    assert.equal(code, 6, stderr);
    assert.match(stderr, /nothing was touched/);
    assert.match(stderr, /^ {2}b: file\.\w+ of \/etc\/motd /m);
    assert.doesNotMatch(stderr, /^ {2}a: /m);
    assert.deepEqual([await user('a'), await user('b')], ['nobody', 'nobody']);
  });

  it('carries out exactly the plan; the next one is empty', async () => {
    await plan();
    const { code, stdout, stderr } = await tsplay('apply', 'plan.json', '--prove');
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /changed=10/);
    assert.match(await user('a'), /^jo:/);
    const next = await plan('--exit-code');
    assert.equal(next.code, 0, next.stdout);
    assert.match(next.stdout, /would change=0/);
  });

  it('refuses a plan for a host when another machine has its address', async () => {
    await lab().shell('a', 'rm /srv/shop/list');
    await plan('--limit', 'a');
    await lab().rebuild();
    const { code, stderr } = await tsplay('apply', 'plan.json');
    assert.equal(code, 6, stderr);
    assert.match(stderr, /^ {2}a is another machine: it shows the key SHA256:\S+, the plan was made for SHA256:\S+$/m);
    assert.equal(await user('a'), 'nobody');
  });

  it('refuses a plan for a machine that has become another', async () => {
    await plan('--limit', 'a');
    const id = await lab().shell('a', 'cat /etc/machine-id');
    await lab().shell('a', 'tr 0-9a-f 1-9a-f0 < /etc/machine-id > /etc/other && cat /etc/other > /etc/machine-id && rm /etc/other');
    const { code, stderr } = await tsplay('apply', 'plan.json');
    assert.equal(code, 6, stderr);
    assert.match(stderr, new RegExp(`^ {2}a is another machine: its id is [0-9a-f]{32}, the plan was made for ${id}$`, 'm'));
    assert.equal(await user('a'), 'nobody');
  });
});
