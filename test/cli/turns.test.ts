// One run at a time changes a host: what two of them do to each other.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { until } from '../support/until.ts';
import { INDEX } from './support/program.ts';
import { localHosts, Project } from './support/project.ts';

/** Each changes a file, says in a log that it begins, waits until it is let go, and says that it ends. */
const PLAY = `- hosts: all
  tasks:
    - {name: first, file.copy: {dest: "{{ where }}/first", content: "as described"}}
    - {name: slow, command: {argv: [sh, -c, "echo begin >> log; until [ -e go ]; do sleep 0.05; done; echo end >> log"], chdir: "{{ where }}", touches: []}}
`;

/** A role whose module of a cluster refuses while there is no text. */
const ROLE = `import { defineClusterModule, defineRole, fileText, unmet } from '${INDEX}';
const there = defineClusterModule({
  name: 'shop.there', summary: 'look for a text', examples: [],
  params: { type: 'object', properties: { path: { type: 'string' } }, required: ['path'], additionalProperties: false },
  members: (_p, hosts) => hosts,
  facts: p => ({ text: fileText({ path: p.path }) }),
  changes: (_p, have) => [...have.values()].some(one => one.text === '') ? [unmet('there is no text')] : [],
});
export default defineRole({ name: 'shop', summary: 'a shop', at: import.meta.url, modules: [there], vars: {}, tasks: () => [] });
`;

describe('cli: the turn to change a host', function () {
  this.timeout(120_000);
  let project: Project;
  beforeEach(() => (project = new Project({ 'hosts.yml': localHosts('n1'), 'play.yml': PLAY, log: '' })));
  afterEach(() => project[Symbol.dispose]());

  const begin = (...args: readonly string[]) =>
    project.start('run', 'play.yml', '-i', 'hosts.yml', '-e', `where=${project.directory}`, ...args);
  const logged = (): string => project.read('log').replaceAll('\n', ' ').trim();

  it('is refused to a second run, which says whose it is; one that changes nothing needs none', async () => {
    const first = begin();
    await until('the first run is in its slow task', () => logged() === 'begin');
    const check = await project.runPlay('--check');
    assert.equal(check.code, 0, check.stdout);
    const second = await project.runPlay('--wait-lock', '1');
    assert.equal(second.code, 2);
    assert.match(second.stdout, /n1: waiting up to 1 s for another run, of \S+@\S+ since/);
    assert.match(
      second.stdout,
      /n1 is being changed by another run, of \S+@\S+ since 20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ: wait for it with --wait-lock SECONDS, or end it with --break-lock/,
    );
    project.write({
      'other.yml': '- hosts: all\n  tasks:\n    - {name: first, file.copy: {dest: "{{ where }}/first", content: as described}}\n',
    });
    const converged = await project.run('run', 'other.yml', '-i', 'hosts.yml', '-e', `where=${project.directory}`);
    assert.equal(converged.code, 0, converged.stdout);
    project.write({ go: '' });
    assert.equal((await first.ended).code, 0);
    assert.equal(logged(), 'begin end');
    assert.equal((await project.runPlay()).code, 0);
    assert.deepEqual(readdirSync(project.path('.state/turn')), ['2']);
  });

  it('is waited for, and what was read before is read again', async () => {
    project.write({
      'play.yml': PLAY.replace(
        'tasks:',
        'tasks:\n    - {name: taking, command: {argv: [sh, -c, "echo taken >> log"], chdir: "{{ where }}", touches: []}}',
      ).replace('echo begin', 'echo busy'),
    });
    const first = begin();
    await until('the first run is in its slow task', () => logged() === 'taken busy');
    // It has read that the file is not there before it begins to wait: the first run makes it meanwhile.
    project.write({ 'play.yml': PLAY });
    const second = begin('--wait-lock', '60');
    await until('the second run waits', () => second.stdout().includes('waiting up to 60 s'));
    project.write({ go: '' });
    assert.equal((await first.ended).code, 0);
    const { code, stdout } = await second.ended;
    assert.equal(code, 0, stdout);
    assert.equal(logged(), 'taken busy end begin end');
  });

  it('is waited for with the very first thing that a run does, and nothing that was read meanwhile holds', async () => {
    // Nothing is asked of the host before the first change: what comes later is read beside it.
    const logs = (name: string, words: string) =>
      `    - {name: ${name}, command: {argv: [sh, -c, "cd {{ where }}; ${words}"], touches: []}}\n`;
    project.write({
      'play.yml': `- hosts: all
  tasks:
${logs('slow', 'echo begin >> log; until [ -e go ]; do sleep 0.05; done')}    - {name: state, file.copy: {dest: "{{ where }}/first", content: "as described"}, notify: told}
  handlers:
${logs('told', 'echo told >> log')}`,
    });
    const first = begin();
    await until('the first run is in its slow task', () => logged() === 'begin');
    const second = begin('--wait-lock', '60');
    await until('the second run waits', () => second.stdout().includes('waiting up to 60 s'));
    project.write({ go: '' });
    for (const { code, stdout } of [await first.ended, await second.ended]) assert.equal(code, 0, stdout);
    assert.equal(logged(), 'begin told begin');
  });

  const HASTY = {
    'a module': '{name: below, file.copy: {dest: "{{ where }}/made/file", content: x}}',
    'a module of a cluster': '{name: there, shop.there: {path: "{{ where }}/made/text"}}',
  };
  for (const [what, task] of Object.entries(HASTY))
    it(`is waited for before what was read meanwhile is a reason for ${what} to refuse`, async () => {
      project.write({
        'play.yml': PLAY.replace('echo end >> log', 'echo end >> log; mkdir made; echo x > made/text'),
        'other.yml': `- hosts: all\n  tasks:\n    - ${task}\n`,
        'roles/shop/role.js': ROLE,
      });
      const other = ['run', 'other.yml', '-i', 'hosts.yml', '-e', `where=${project.directory}`] as const;
      const first = begin();
      await until('the first run is in its slow task', () => logged() === 'begin');
      const refused = await project.run(...other, '--wait-lock', '1');
      const second = project.start(...other, '--wait-lock', '60');
      await until('the second run waits, or is through', () => /waiting up to 60 s|RECAP/.test(second.stdout()));
      project.write({ go: '' });
      for (const { code, stdout } of [await first.ended, await second.ended]) assert.equal(code, 0, stdout);
      assert.equal(refused.code, 2);
      assert.match(refused.stdout, /n1 is being changed by another run/);
    });

  it('has the handlers of the run that has it left to that run', async () => {
    project.write({
      'play.yml': `- hosts: all
  tasks:
    - {name: state, file.copy: {dest: "{{ where }}/first", content: "as described"}, notify: told}
    - {name: slow, command: {argv: [sh, -c, "cd {{ where }}; echo begin >> log; until [ -e go ]; do sleep 0.05; done"], touches: []}}
  handlers:
    - {name: told, command: {argv: [sh, -c, "cd {{ where }}; echo told >> log"], touches: []}}
`,
    });
    const first = begin();
    await until('the first run is in its slow task', () => logged() === 'begin');
    const refused = await project.runPlay('--wait-lock', '1');
    assert.equal(refused.code, 2, refused.stdout + refused.stderr);
    assert.match(refused.stdout, /n1 is being changed by another run/);
    const second = begin('--wait-lock', '60');
    await until('the second run waits', () => second.stdout().includes('waiting up to 60 s'));
    project.write({ go: '' });
    for (const { code, stdout } of [await first.ended, await second.ended]) assert.equal(code, 0, stdout);
    assert.equal(logged(), 'begin told begin');
  });

  it('is taken from a run that is ended for it, which changes nothing from then on', async () => {
    const first = begin();
    await until('the first run is in its slow task', () => logged() === 'begin');
    const second = begin('--break-lock');
    await until('the second run is in its slow task', () => logged() === 'begin begin');
    const lost = await first.ended;
    assert.equal(lost.code, 4, lost.stdout);
    project.write({ go: '' });
    assert.equal((await second.ended).code, 0);
    assert.equal(logged(), 'begin begin end');
  });

  it('is not held by a wait of a run that was killed', async () => {
    project.write({ 'play.yml': `${PLAY}    - {name: wait, wait.port: {port: 1, timeout: 300}}\n`, go: '' });
    const first = begin();
    await until('the first run waits', () => first.stdout().includes('waiting: [n1]'));
    first.kill();
    await first.ended;
    project.write({ 'play.yml': PLAY, log: '' });
    const { code, stdout } = await project.runPlay();
    assert.equal(code, 0, stdout);
    assert.equal(logged(), 'begin end');
  });

  it('goes to one of two that begin together, twenty times, and then to the other', async () => {
    project.write({ go: '' });
    for (let time = 0; time < 20; time++) {
      project.write({ log: '', first: `${time}` });
      const both = await Promise.all([begin('--wait-lock', '60').ended, begin('--wait-lock', '60').ended]);
      for (const { code, stdout } of both) assert.equal(code, 0, stdout);
      assert.equal(logged(), 'begin end begin end');
      assert.equal(project.read('first'), 'as described');
      // The second of them has seen what the first did.
      assert.equal(both.filter(({ stdout }) => stdout.includes('changed=2')).length, 1, both.map(({ stdout }) => stdout).join('\n'));
    }
  });
});
