// What a dry run cannot know: it travels along every path, and names the task it depends on. It is never guessed.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resource } from '../../src/facts/resource.ts';
import { defineClusterModule, defineModule, isAbsent } from '../../src/modules/contract.ts';
import { change, unmet } from '../../src/modules/steps.ts';
import { command } from '../../src/modules/command/command.ts';
import { debug } from '../../src/modules/engine/debug.ts';
import { set } from '../../src/modules/engine/set.ts';
import type { Typed } from '../../src/modules/contract.ts';
import type { TaskResult } from '../../src/report/events.ts';
import { run } from '../../src/modules/actions.ts';
import { sh } from '../../src/util/shell.ts';
import { runLocally } from './support/harness.ts';
import { always, keep, needs, note, takeTurns } from './support/modules.ts';
import { programOf, type ShortPlay } from './support/program.ts';

const ID = { name: 'read the id', module: always, params: { script: 'echo 7', touches: [] }, register: 'id' };
const BECAUSE = 'depends on task 1 "read the id" (test.yml:1)';

/** Needs what another host has. */
const borrow = defineModule({
  name: 'test.borrow',
  summary: 'need a file of another host',
  params: {
    type: 'object',
    properties: { path: { type: 'string' }, from: { type: 'string' } },
    required: ['path', 'from'],
    additionalProperties: false,
  },
  examples: [],
  facts: p => ({ note: note({ path: p.path }).on(p.from) }),
  changes: (p, have) => (have.note.exists ? [] : [unmet(`${p.from} has no ${p.path}`)]),
});

/** Writes on the first member, and on the others what the first then says of itself, which shows only when it has run. */
const follow = defineClusterModule({
  name: 'test.follow',
  summary: 'follow the first member',
  params: { type: 'object', properties: { folder: { type: 'string' } }, required: ['folder'], additionalProperties: false },
  examples: [],
  members: (_p, hosts) => hosts,
  rounds: () => 5,
  facts: (p, member) => ({ note: note({ path: `${p.folder}/${member}` }) }),
  changes: (p, have) => {
    const [first, ...others] = [...have];
    if (first === undefined) return [];
    const [name, answer] = first;
    const path = `${p.folder}/${name}`;
    if (isAbsent(answer)) return [unmet(`${name} is away`)];
    if (!answer.note.exists)
      return [change('text', null, 'started', { actions: [run(sh`date > ${path}`)], sets: [], touches: [resource.path(path)], on: name })];
    return others.map(([other]) => change('follows', null, answer.note.text, { actions: [], sets: [], touches: [], on: other }));
  },
});

describe('engine: what is unknown in a dry run', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'tsplay-unknown-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const path = (name: string): string => join(folder, name);
  const check = async (play: ShortPlay, ...modules: readonly Typed<unknown>[]): Promise<readonly TaskResult[]> =>
    (await runLocally(programOf(play), [always, keep, needs, command, ...modules], { mode: 'check' })).results;
  const told = (results: readonly TaskResult[]): readonly string[] =>
    results.map(({ host, task, status, message }) => `${host} ${task.name}: ${status}${message === undefined ? '' : ` ${message}`}`);

  it('through a condition, and on to what that task would have made', async () => {
    const results = await check({
      tasks: [
        ID,
        { name: 'ask', module: keep, params: { path: path('a'), text: 'x' }, when: 'id.stdout == "7"' },
        { name: 'rely', module: needs, params: { path: path('a') } },
      ],
    });
    assert.deepEqual(told(results).slice(1), [`n1 ask: unknown ${BECAUSE}`, 'n1 rely: unknown depends on task 2 "ask" (test.yml:2)']);
  });

  it('not through a condition that is false whatever it is', async () => {
    const results = await check({
      tasks: [
        ID,
        { name: 'a', module: keep, params: { path: path('a'), text: 'x' }, when: 'id.stdout == "7" && false' },
        { name: 'b', module: keep, params: { path: path('b'), text: 'x' }, when: 'id.stdout == "7" || true' },
      ],
    });
    assert.deepEqual(
      results.slice(1).map(result => result.status),
      ['skipped', 'changed'],
    );
  });

  it('not through a condition when there is nothing to do anyway', async () => {
    writeFileSync(path('a'), 'x');
    const results = await check({
      tasks: [
        ID,
        { name: 'a', module: keep, params: { path: path('a'), text: 'x' }, when: 'id.stdout == "7"', register: 'a', notify: ['after'] },
        { name: 'b', module: needs, params: { path: path('a') } },
        { name: 'c', module: keep, params: { path: path('c'), text: 'x' }, when: 'a.skipped' },
      ],
      handlers: [{ name: 'after', module: keep, params: { path: path('z'), text: 'x' } }],
    });
    assert.deepEqual(told(results).slice(1), ['n1 a: ok', 'n1 b: ok', `n1 c: unknown ${BECAUSE}`]);
  });

  it('through a variable that may be assigned, by a condition, a value or a loop', async () => {
    const assigning = (more: object) => ({ tasks: [ID, { name: 'name it', module: set, params: { word: 'new' }, ...more }, SAY] });
    const SAY = { name: 'say it', module: debug, params: { msg: '{{ word }}' } };
    for (const more of [
      { when: 'id.stdout == "7"' },
      { params: { word: '{{ id.stdout }}' } },
      { loop: '{{ id.stdout_lines }}', params: { word: 'new' } },
    ]) {
      const results = await check({ variables: { word: 'old' }, ...assigning(more) }, set, debug);
      assert.deepEqual(told(results).slice(1), [`n1 name it: unknown ${BECAUSE}`, `n1 say it: unknown ${BECAUSE}`]);
    }
  });

  it('through a condition of what would fail', async () => {
    const results = await check(
      { tasks: [ID, { name: 'refuse', module: needs, params: { path: path('nowhere') }, when: 'id.stdout == "7"' }] },
      needs,
    );
    assert.deepEqual(told(results).slice(1), [`n1 refuse: unknown ${BECAUSE}`]);
  });

  it('through a template', async () => {
    const results = await check({ tasks: [ID, { name: 'use', module: keep, params: { path: path('a'), text: 'id={{ id.stdout }}' } }] });
    assert.deepEqual(told(results).slice(1), [`n1 use: unknown ${BECAUSE}`]);
  });

  it('through a list that is looped over', async () => {
    const results = await check({
      tasks: [ID, { name: 'each', module: keep, loop: '{{ id.stdout }}', params: { path: '{{ item }}', text: 'x' } }],
    });
    assert.deepEqual(told(results).slice(1), [`n1 each: unknown ${BECAUSE}`]);
  });

  it('through one item of a loop; the others are known', async () => {
    const results = await check({
      tasks: [ID, { name: 'each', module: keep, loop: ['a', '{{ id.stdout }}'], params: { path: `${folder}/{{ item }}`, text: 'x' } }],
    });
    assert.deepEqual(told(results).slice(1), ['n1 each: changed', `n1 each: unknown ${BECAUSE}`]);
  });

  it('through what is registered, link by link', async () => {
    const results = await check({
      tasks: [
        ID,
        { name: 'next', module: keep, params: { path: path('a'), text: '{{ id.stdout }}' }, register: 'next' },
        { name: 'last', module: keep, params: { path: path('b'), text: '{{ next.text }}' }, when: 'next.changed' },
      ],
    });
    assert.deepEqual(told(results).slice(1), [`n1 next: unknown ${BECAUSE}`, `n1 last: unknown ${BECAUSE}`]);
  });

  it('through what a loop registered: a sure change outweighs what is unknown, and nothing is said to be fine', async () => {
    const loop = (name: string, items: readonly string[]) => ({
      name,
      module: keep,
      loop: items,
      params: { path: `${folder}/{{ item }}`, text: 'x' },
      register: name,
    });
    writeFileSync(path('there'), 'x');
    const use = (name: string, when: string) => ({ name, module: keep, params: { path: path(name), text: 'x' }, when });
    const results = await check({
      tasks: [
        ID,
        loop('some', ['{{ id.stdout }}', 'new']),
        loop('none', ['there', '{{ id.stdout }}']),
        use('sure', 'some.changed'),
        use('open', 'none.changed'),
        use('fine', '!none.failed'),
      ],
    });
    assert.deepEqual(told(results).slice(5), ['n1 sure: changed', `n1 open: unknown ${BECAUSE}`, `n1 fine: unknown ${BECAUSE}`]);
  });

  it('through a handler, to what it touches and whom it notifies', async () => {
    const results = await check({
      tasks: [ID, { name: 'use', module: keep, params: { path: path('a'), text: '{{ id.stdout }}' }, notify: ['first'] }],
      handlers: [
        { name: 'first', module: keep, params: { path: path('b'), text: 'x' }, notify: ['second'], register: 'first' },
        { name: 'second', module: needs, params: { path: path('b') } },
      ],
    });
    assert.deepEqual(told(results).slice(2), [`n1 first: unknown ${BECAUSE}`, `n1 second: unknown ${BECAUSE}`]);
  });

  it('lets a handler be known that something sure notified too, and one skipped whose condition is false', async () => {
    const results = await check({
      hosts: ['n1', 'n2'],
      tasks: [
        ID,
        { name: 'unsure', module: keep, params: { path: path('a'), text: '{{ id.stdout }}' }, notify: ['both', 'never'] },
        { name: 'sure', module: keep, params: { path: path('c'), text: 'x' }, notify: ['both'], when: 'inventory_hostname == "n2"' },
      ],
      handlers: [
        { name: 'both', module: keep, params: { path: path('b'), text: 'x' } },
        { name: 'never', module: keep, params: { path: path('d'), text: 'x' }, when: 'false' },
      ],
    });
    assert.deepEqual(
      told(results)
        .filter(line => / (both|never)/.test(line))
        .sort(),
      [`n1 both: unknown ${BECAUSE}`, 'n1 never: skipped false', 'n2 both: changed', 'n2 never: skipped false'],
    );
  });

  it('through a task that runs once, to every host', async () => {
    const results = await check({
      hosts: ['n1', 'n2'],
      tasks: [
        { ...ID, runOnce: true },
        { name: 'use', module: keep, params: { path: `${folder}/{{ inventory_hostname }}`, text: '{{ id.stdout }}' } },
      ],
    });
    assert.deepEqual(told(results).slice(1).sort(), [`n1 use: unknown ${BECAUSE}`, `n2 use: unknown ${BECAUSE}`]);
  });

  it('through the parameters and the condition of a task on a cluster', async () => {
    const results = await check(
      {
        hosts: ['n1', 'n2'],
        tasks: [
          ID,
          { name: 'roll', module: takeTurns, params: { folder, text: '{{ id.stdout }}' } },
          { name: 'when', module: takeTurns, params: { folder, text: 'x' }, when: 'id.stdout == "7"', notify: ['after'] },
        ],
        handlers: [{ name: 'after', module: keep, params: { path: path('z'), text: 'x' } }],
      },
      takeTurns,
    );
    assert.deepEqual(
      [...told(results).slice(2, 6), ...told(results).slice(6).sort()],
      [
        ...['n1', 'n2'].map(host => `${host} roll: unknown ${BECAUSE}`),
        ...['n1', 'n2'].map(host => `${host} when: unknown ${BECAUSE}`),
        ...['n1', 'n2'].map(host => `${host} after: unknown ${BECAUSE}`),
      ],
    );
  });

  it('within a cluster: who had a turn would change, the others are unknown, and so is what they would leave', async () => {
    const own = 'depends on task 1 "follow" (test.yml:1)';
    const results = await check(
      {
        hosts: ['n1', 'n2'],
        tasks: [
          { name: 'follow', module: follow, params: { folder }, notify: ['after'] },
          { name: 'rely', module: needs, params: { path: path('n2') }, when: 'inventory_hostname == "n2"' },
        ],
        handlers: [{ name: 'after', module: keep, params: { path: path('z'), text: 'x' } }],
      },
      follow,
    );
    assert.deepEqual(
      [...told(results).slice(0, 4), ...told(results).slice(4).sort()],
      [
        `n1 follow: changed ${own}`,
        `n2 follow: unknown ${own}`,
        'n1 rely: skipped inventory_hostname == "n2"',
        `n2 rely: unknown ${own}`,
        'n1 after: changed',
        `n2 after: unknown ${own}`,
      ],
    );
  });

  it('through the facts of another host', async () => {
    const results = await check(
      {
        hosts: ['n1', 'n2'],
        tasks: [
          ID,
          { name: 'there', module: keep, params: { path: path('a'), text: '{{ id.stdout }}' }, when: 'inventory_hostname == "n2"' },
          { name: 'here', module: borrow, params: { path: path('a'), from: 'n2' }, when: 'inventory_hostname == "n1"' },
        ],
      },
      borrow,
    );
    assert.deepEqual(
      told(results).filter(line => line.startsWith('n1 here')),
      ['n1 here: unknown depends on task 2 "there" (test.yml:2)'],
    );
  });

  it('through a command that may not run: what it may touch is assumed to stay, and said so', async () => {
    const results = await check({
      tasks: [
        ID,
        { name: 'perhaps', module: command, params: { argv: ['true'] }, when: 'id.stdout == "7"' },
        { name: 'keep', module: keep, params: { path: path('a'), text: 'x' } },
      ],
    });
    assert.deepEqual(results[2]?.assumes, ['task 2 "perhaps" (test.yml:2) leaves test.note as it is']);
  });

  it('not of a command that offers a check', async () => {
    writeFileSync(path('version'), '3.9.1\n');
    const ask = { argv: ['sh', '-c', 'echo never'], check: ['cat', path('version')], touches: [] };
    const results = await check({
      tasks: [
        { name: 'ask', module: command, params: ask, register: 'version' },
        { name: 'use', module: keep, params: { path: path('a'), text: '{{ version.stdout_lines.[0] }}' } },
      ],
    });
    assert.deepEqual(results[0]?.assumes, ['the command prints what its check prints now']);
    assert.deepEqual(results[1]?.changes, [{ attribute: 'text', from: null, to: '3.9.1' }]);
  });

  it('of a command whose check fails, as it has nothing to show yet', async () => {
    const ask = { argv: ['echo', '1'], check: ['cat', path('none')], touches: [] };
    const results = await check({
      tasks: [
        { name: 'ask', module: command, params: ask, register: 'said' },
        { name: 'use', module: keep, params: { path: path('a'), text: '{{ said.stdout }}' } },
      ],
    });
    assert.deepEqual(told(results), ['n1 ask: changed', 'n1 use: unknown depends on task 1 "ask" (test.yml:1)']);
  });
});
