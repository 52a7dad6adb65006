// `--step`: a person says before each task whether it is done.
import assert from 'node:assert/strict';
import { localHosts, Project } from './support/project.ts';
import { atTerminal } from './support/terminal.ts';

const PLAY = `- hosts: all
  tasks:
    - {name: first, debug: {msg: one}}
    - {name: second, debug: {msg: two}}
    - {name: third, debug: {msg: three}}
    - {name: fourth, debug: {msg: four}}
`;

describe('cli: --step', function () {
  this.timeout(60_000);
  let project: Project;
  beforeEach(() => (project = new Project({ 'play.yml': PLAY, 'hosts.yml': localHosts('n1') })));
  afterEach(() => project[Symbol.dispose]());

  it('asks before each task, until it is told to go on', async () => {
    const { code, shown } = await atTerminal(
      project,
      ['run', 'play.yml', '-i', 'hosts.yml', '--step', '--output', 'plain', '-v'],
      ['y\r', '\r', 'c\r'],
    );
    assert.equal(code, 0, shown);
    assert.equal(shown.match(/ontinue without asking/g)?.length, 3, shown);
    assert.match(shown, /do the task "second"\?/);
    assert.match(shown, /left out by --step/);
    assert.match(shown, /three/);
    assert.match(shown, /four/);
    assert.doesNotMatch(shown, /two/);
  });

  it('has nobody to ask where there is no terminal, and touches nothing', async () => {
    const { code, stdout, stderr } = await project.runPlay('--step');
    assert.deepEqual([code, stdout], [5, '']);
    assert.match(stderr, /--step asks before each task, and there is no terminal to ask on, leave it out, or look first with --check/);
  });
});
