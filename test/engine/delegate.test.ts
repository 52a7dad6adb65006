// Tasks that are done on another host: its files, its facts and its turn; variables, results and handlers stay with the host they are for.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../../src/errors/errors.ts';
import type { SessionLender } from '../../src/schedule/state/engine.ts';
import { compileWritten, recap, runWritten, trace } from './support/playbook.ts';

describe('delegate_to', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'tsplay-delegate-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('does a task over the connection of the other host, the same in a check and in a run', async () => {
    const play = `- hosts: n1, n2
  tasks:
    - {name: note, file.copy: {dest: "${folder}/{{ inventory_hostname }}", content: x}, delegate_to: n3, register: r, notify: told}
    - {name: says, debug: {msg: "{{ r.changed }}"}}
    - {name: gather, file.line: {path: ${folder}/all, line: "{{ inventory_hostname }}", create: true, mode: "0600"}, delegate_to: n3}
    - {name: itself, file.stat: {path: /}, delegate_to: "{{ inventory_hostname }}"}
    - {name: each, loop: [n1, n3], file.stat: {path: /etc}, delegate_to: "{{ item }}"}
  handlers: [{name: told, debug: {msg: x}}]
`;
    const asked = new Set<string>();
    const lend = (lender: SessionLender): SessionLender => ({
      ...lender,
      session: (host, user) => {
        asked.add(host);
        return lender.session(host, user);
      },
    });
    const note = play.split('\n').slice(0, 3).join('\n') + '\n  handlers: [{name: told, debug: {msg: x}}]\n';
    await runWritten({ play: note }, { mode: 'check', lend });
    assert.deepEqual([...asked], ['n3']);
    const check = await runWritten({ play }, { mode: 'check' });
    const run = await runWritten({ play });
    assert.deepEqual([trace(check).toSorted(), recap(check)], [trace(run).toSorted(), recap(run)]);
    assert.equal(readFileSync(join(folder, 'all'), 'utf8').split('\n').toSorted().join(' ').trim(), 'n1 n2');
    const delegates = run.results.map(({ host, task, delegate }) => `${host} ${task.name} ${delegate ?? ''}`);
    assert.ok(delegates.includes('n1 note n3') && delegates.includes('n2 itself '));
    assert.deepEqual(
      delegates.filter(line => line.startsWith('n1 each')),
      ['n1 each ', 'n1 each n3'],
    );
    assert.equal((await runWritten({ play })).results.filter(({ status }) => status === 'changed').length, 0);
  });

  it('has variables set on the other host where delegate_facts asks for it', async () => {
    const run = await runWritten({
      play: `- hosts: n1
  tasks:
    - {name: a, set: {v: theirs}, delegate_to: n2, delegate_facts: true}
    - {name: b, set: {w: mine}, delegate_to: n2}
    - {name: own, debug: {msg: "{{ w }}"}}
- hosts: n2
  tasks: [{name: says, debug: {msg: "{{ v }} {{ default w 'none' }}"}}]
`,
    });
    assert.deepEqual([run.results.at(-2)?.message, run.results.at(-1)?.message], ['mine', 'theirs none']);
  });

  it('may name this machine without an inventory, and no other host that is not there', async () => {
    const program = await compileWritten({ play: '- {hosts: n1, tasks: [{debug: {msg: x}, delegate_to: localhost}]}\n' });
    assert.ok(program.hosts['localhost']);
    await assert.rejects(
      compileWritten({ play: '- {hosts: n1, tasks: [{debug: {msg: x}, delegate_to: n9}]}\n' }),
      (error: unknown) => error instanceof InputError && /delegate_to names "n9", which the inventory does not have/.test(error.message),
    );
    const run = await runWritten({ play: '- {hosts: n1, tasks: [{name: t, debug: {msg: x}, delegate_to: "{{ x }}", vars: {x: n9}}]}\n' });
    assert.match(run.results[0]?.message ?? '', /delegate_to names "n9"/);
  });
});
