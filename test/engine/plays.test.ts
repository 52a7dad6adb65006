// How hosts go through plays: in which order, in step or not, and who goes on when something fails.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../../src/errors/errors.ts';
import { begun, compileWritten, recap, runWritten, trace, type Written } from './support/playbook.ts';

const HOSTS = 'all: {hosts: {n1: , n3: , n2: , n4: }}\n';
const fails = (...hosts: readonly string[]): string => `{that: ["!(inventory_hostname in ${JSON.stringify(hosts).replaceAll('"', "'")})"]}`;
type Ran = Awaited<ReturnType<typeof runWritten>>;

describe('plays', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'tsplay-plays-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** The same in a check and in a run. */
  const same = async (play: string, more: Partial<Written> = {}): Promise<Ran> => {
    const written = { play, hosts: HOSTS, ...more };
    const check = await runWritten(written, { mode: 'check' });
    const run = await runWritten(written);
    assert.deepEqual([begun(check), recap(check), check.exitCode], [begun(run), recap(run), run.exitCode]);
    return run;
  };

  it('go in the order that is asked for', async () => {
    for (const [order, hosts] of [
      ['inventory', 'n1 n3 n2 n4'],
      ['reverse_inventory', 'n4 n2 n3 n1'],
      ['sorted', 'n1 n2 n3 n4'],
      ['reverse_sorted', 'n4 n3 n2 n1'],
    ] as const)
      assert.deepEqual(begun(await same(`- {hosts: all, order: ${order}, tasks: [{name: t, debug: {msg: x}}]}\n`)), [`t: ${hosts}`]);
    const run = await runWritten({
      play: '- {hosts: all, order: shuffle, serial: 3, tasks: [{name: t, debug: {msg: x}}]}\n',
      hosts: HOSTS,
    });
    const names = begun(run).map(line => line.slice(3).split(' '));
    assert.deepEqual(
      [names.map(({ length }) => length), names.flat().toSorted()],
      [
        [3, 1],
        ['n1', 'n2', 'n3', 'n4'],
      ],
    );
  });

  it('with strategy free let each host go as fast as it can, with its own handlers', async () => {
    const run = await runWritten({
      hosts: HOSTS,
      play: `- hosts: n1, n2
  strategy: free
  tasks:
    - name: first
      command: {argv: [sh, -c, 'test {{ inventory_hostname }} = n1 || while [ ! -e ${folder}/last ]; do sleep 0.05; done']}
    - {name: second, file.copy: {dest: "${folder}/{{ inventory_hostname }}", content: x}, notify: last}
  handlers:
    - {name: last, file.copy: {dest: ${folder}/last, content: x}}
`,
    });
    assert.equal(run.exitCode, 0);
    const order = trace(run).map(line => line.replace(/:.*/, ''));
    for (const host of ['n1', 'n2'])
      assert.deepEqual(
        order.filter(line => line.startsWith(host)),
        [`${host} first`, `${host} second`, `${host} last`],
      );
    assert.ok(order.indexOf('n1 second') < order.indexOf('n2 first'));
  });

  it('with strategy host_pinned take so many hosts through as there are forks', async () => {
    const play = '- {hosts: all, strategy: host_pinned, tasks: [{name: a, debug: {msg: x}}, {name: b, debug: {msg: x}}]}\n';
    const run = await runWritten({ play, hosts: HOSTS }, { forks: 1 });
    assert.deepEqual(
      begun(run),
      ['n1', 'n3', 'n2', 'n4'].flatMap(host => [`a: ${host}`, `b: ${host}`]),
    );
  });

  it('refuse what only hosts in step can do where each goes by itself', async () => {
    const play = '- {hosts: all, strategy: free, tasks: [{name: a, debug: {msg: x}, run_once: true}]}\n';
    await assert.rejects(compileWritten({ play }), (error: unknown) => {
      assert.ok(error instanceof InputError);
      assert.match(error.message, /task "a" is for all hosts together \(run_once\), and with strategy: free each goes by itself/);
      return true;
    });
  });

  it('end where more fail than max_fail_percentage lets, once nothing more can be rescued', async () => {
    const play = (most: number): string => `- hosts: all
  max_fail_percentage: ${most}
  tasks:
    - block: [{name: mended, assert: ${fails('n1', 'n2', 'n3')}}]
      rescue: [{name: mend, debug: {msg: x}}]
    - block: [{name: broken, assert: ${fails('n2')}}]
      always: [{name: always, debug: {msg: x}}]
    - {name: after, debug: {msg: x}}
- {hosts: n1, tasks: [{name: next, debug: {msg: x}}]}
`;
    assert.ok(begun(await same(play(25))).includes('next: n1'));
    const over = await same(play(24));
    assert.deepEqual(begun(over).slice(2), ['broken: n1 n3 n2 n4', 'always: n1 n3 n2 n4']);
    const notes = over.events.flatMap(event => (event.kind === 'note' ? [event.text] : []));
    assert.deepEqual(notes, ['n1, n3 and n4 stopped here: 1 of 4 failed, max_fail_percentage is 24']);
  });

  it('go on with later batches and plays unless a whole batch has failed', async () => {
    const batches = (hosts: string): string => `- hosts: all
  serial: 2
  tasks: [{name: t, assert: ${fails(...hosts.split(' '))}}]
- {hosts: "n1", tasks: [{name: lost, debug: {msg: x}}]}
- {hosts: "n4", tasks: [{name: next, debug: {msg: x}}]}
`;
    assert.deepEqual(begun(await same(batches('n1'))), ['t: n1 n3', 't: n2 n4', 'next: n4']);
    assert.deepEqual(begun(await same(batches('n1 n3'))), ['t: n1 n3']);
  });

  it('run the handlers of hosts that failed where force_handlers asks for it', async () => {
    const play = (force: string): string => `- hosts: n1
  ${force}
  tasks:
    - {name: make, file.copy: {dest: ${folder}/a, content: x}, notify: last}
    - {name: fail, assert: {that: [false]}}
  handlers: [{name: last, debug: {msg: x}}]
- {hosts: n1, tasks: [{name: next, debug: {msg: x}}]}
`;
    const checked = async (force: string): Promise<readonly string[]> => begun(await runWritten({ play: play(force) }, { mode: 'check' }));
    assert.deepEqual(await checked('force_handlers: true'), ['make: n1', 'fail: n1', 'last: n1']);
    assert.deepEqual(await checked('force_handlers: false'), ['make: n1', 'fail: n1']);
    assert.deepEqual(begun(await runWritten({ play: play('force_handlers: true') })), ['make: n1', 'fail: n1', 'last: n1']);
  });

  it('run forced handlers of hosts that failed along with those of the others', async () => {
    const run = await same(`- hosts: all
  force_handlers: true
  tasks:
    - {name: make, debug: {msg: x}, changed_when: true, notify: last}
    - {name: fail, assert: ${fails('n2')}}
  handlers: [{name: last, debug: {msg: x}}]
`);
    assert.deepEqual(begun(run).slice(2), ['last: n1 n3 n2 n4']);
  });

  it('run no more forced handlers on a host on which one has failed', async () => {
    const run = await same(`- hosts: n1, n2
  force_handlers: true
  tasks:
    - {name: make, debug: {msg: x}, changed_when: true, notify: [first, second]}
    - {name: fail, assert: ${fails('n2')}}
  handlers:
    - {name: first, assert: ${fails('n2')}}
    - {name: second, debug: {msg: x}}
`);
    assert.deepEqual(begun(run).slice(2), ['first: n1 n2', 'second: n1']);
  });

  it('give what a task that runs once has set to hosts that have left or failed, too: another play may have them', async () => {
    const run = await same(`- hosts: n1, n2, n3
  tasks:
    - {meta: end_host, when: inventory_hostname == 'n3'}
    - {name: once, set: {greeting: hello}, run_once: true}
- {hosts: n3, tasks: [{name: say, debug: {msg: "{{ greeting }}"}}]}
`);
    assert.equal(run.results.at(-1)?.message, 'hello');
  });

  it('give what a task that runs once has set to all hosts', async () => {
    const play =
      '- {hosts: all, tasks: [{set: {greeting: hello}, run_once: true}, {name: say, debug: {msg: "{{ greeting }} {{ inventory_hostname }}"}}]}\n';
    const run = await runWritten({ play });
    const said = run.results.filter(({ task }) => task.name === 'say').map(({ message }) => message);
    assert.deepEqual(said.toSorted(), ['hello n1', 'hello n2', 'hello n3']);
  });

  it('hand their keywords to roles and tasks: run_once, ignore_errors, throttle', async () => {
    const run = await same(
      '- {hosts: all, run_once: true, ignore_errors: true, throttle: 1, tasks: [{name: t, assert: {that: [false]}}, {name: u, debug: {msg: x}}]}\n',
    );
    assert.deepEqual(trace(run), ['n1 t: failed, ignored', 'n1 u: ok']);
  });

  it('of other playbooks are taken over, with variables, tags and conditions', async () => {
    const run = await same('- {import_playbook: sub/other.yml, vars: {a: import}, when: "inventory_hostname != \'n3\'", tags: x}\n', {
      files: {
        'sub/other.yml': `- hosts: n1, n3
  vars: {a: play, b: play}
  tasks: [{name: t, file.template: {src: t.hbs, dest: ${folder}/t}, when: "inventory_hostname != 'n9'"}]
- import_playbook: ../more.yml
`,
        'sub/templates/t.hbs': '{{ a }} {{ b }}',
        'more.yml': '- {hosts: n4, tasks: [{name: more, debug: {msg: "{{ a }}"}}]}\n',
      },
    });
    assert.deepEqual(trace(run).toSorted(), ['n1 t: changed', 'n3 t: skipped', 'n4 more: ok']);
    assert.equal(run.results.at(-1)?.message, 'import');
  });
});
