// The engine at work on real files: runs, dry runs, what it refuses, what it counts.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TaskResult } from '../../src/report/events.ts';
import { runLocally } from './support/harness.ts';
import { always, awaitNote, keep, lie, needs, remember, stubborn, takeTurns, three } from './support/modules.ts';
import { programOf } from './support/program.ts';

const statuses = (results: readonly TaskResult[]): readonly string[] =>
  results.map(result => `${result.host} ${result.task.name}: ${result.status}`);
const attributes = (results: readonly TaskResult[]): readonly string[] =>
  results.flatMap(result =>
    result.changes.map(change => `${result.host} ${result.task.name} ${change.attribute} → ${JSON.stringify(change.to)}`),
  );

describe('engine', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'tsplay-engine-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const path = (name: string): string => join(folder, name);

  it('changes what differs, and nothing the second time', async () => {
    const program = programOf({ tasks: [{ name: 'a', module: keep, params: { path: path('a'), text: 'x' } }] });
    assert.deepEqual(statuses((await runLocally(program, [keep], { prove: true })).results), ['n1 a: changed']);
    assert.equal(readFileSync(path('a'), 'utf8'), 'x');
    const second = await runLocally(program, [keep]);
    assert.deepEqual(statuses(second.results), ['n1 a: ok']);
    assert.equal(second.wire.roundTrips <= 2, true, `hello and one frame, took ${second.wire.roundTrips}`);
  });

  it('sends the facts of one task in one frame', async () => {
    const program = programOf({ tasks: [{ name: 'a', module: three, params: { paths: [path('1'), path('2'), path('3')] } }] });
    const empty = await runLocally(programOf({ tasks: [{ name: 'a', module: three, params: { paths: [path('1')] } }] }), [three]);
    const seen = await runLocally(program, [three]);
    assert.equal(seen.wire.roundTrips, empty.wire.roundTrips);
  });

  it('foretells exactly what the run then does', async () => {
    const program = programOf({
      tasks: [
        { name: 'first', module: keep, params: { path: path('a'), text: 'x' }, register: 'made' },
        { name: 'then', module: needs, params: { path: path('a') } },
        { name: 'again', module: keep, params: { path: path('a'), text: '{{ made.text }}!' }, when: 'made.changed' },
        { name: 'not', module: keep, params: { path: path('b'), text: 'x' }, when: '!made.changed' },
      ],
    });
    const check = await runLocally(program, [keep, needs], { mode: 'check' });
    assert.equal(existsSync(path('a')), false, 'a check changes nothing');
    const run = await runLocally(program, [keep, needs]);
    assert.deepEqual(attributes(check.results), attributes(run.results));
    assert.deepEqual(attributes(run.results), ['n1 first text → "x"', 'n1 again text → "x!"']);
  });

  it('fails a requirement that nothing provides with the same words in a check and in a run', async () => {
    const program = programOf({ tasks: [{ name: 'then', module: needs, params: { path: path('a') } }] });
    for (const mode of ['check', 'run'] as const) {
      const { results, exitCode } = await runLocally(program, [needs], { mode });
      assert.deepEqual(
        results.map(result => [result.status, result.message]),
        [['failed', `there is no ${path('a')}; make it first, with test.keep`]],
      );
      assert.equal(exitCode, 2);
    }
  });

  it('does not guess what a command would print, and says on what it depends', async () => {
    const program = programOf({
      tasks: [
        { name: 'read the id', module: always, params: { script: 'echo 7', touches: [] }, register: 'id' },
        { name: 'use it', module: keep, params: { path: path('a'), text: '{{ id.stdout }}' } },
        { name: 'ask it', module: keep, params: { path: path('b'), text: 'x' }, when: 'id.stdout == "7"' },
        { name: 'never mind', module: keep, params: { path: path('c'), text: 'x' }, when: 'false && id.stdout == "7"' },
        { name: 'after all', module: needs, params: { path: path('b') } },
      ],
    });
    const { results } = await runLocally(program, [always, keep, needs], { mode: 'check' });
    assert.deepEqual(statuses(results), [
      'n1 read the id: changed',
      'n1 use it: unknown',
      'n1 ask it: unknown',
      'n1 never mind: skipped',
      'n1 after all: unknown',
    ]);
    assert.equal(results[1]?.message, 'depends on task 1 "read the id" (test.yml:1)');
    assert.equal(results[4]?.message, 'depends on task 3 "ask it" (test.yml:3)');
  });

  it('marks what is read behind a command that may touch anything as assumed', async () => {
    writeFileSync(path('a'), 'old');
    const program = programOf({
      tasks: [
        { name: 'anything', module: always, params: { script: 'true' } },
        { name: 'keep', module: keep, params: { path: path('a'), text: 'new' } },
      ],
    });
    const { results } = await runLocally(program, [always, keep], { mode: 'check' });
    assert.deepEqual(results[1]?.assumes, ['task 1 "anything" (test.yml:1) leaves test.note as it is']);
  });

  it('finds a module that promises one thing and does another', async () => {
    const program = programOf({ tasks: [{ name: 'a', module: lie, params: { path: path('a'), text: 'x' } }] });
    const { results } = await runLocally(program, [lie], { prove: true });
    assert.equal(results[0]?.status, 'failed');
    assert.match(results[0].message ?? '', /^the change promised otherwise: test\.note .*text is "x, almost", promised "x"$/);
  });

  it('shows a lie in `sets` as a check and a run that disagree', async () => {
    const tasks = (first: typeof keep) => [
      { name: 'promise', module: first, params: { path: path('a'), text: 'x' } },
      { name: 'rely on it', module: keep, params: { path: path('a'), text: 'x' } },
    ];
    const compare = async (first: typeof keep): Promise<boolean> => {
      const program = programOf({ tasks: tasks(first) });
      const check = attributes((await runLocally(program, [first, keep], { mode: 'check' })).results);
      const run = attributes((await runLocally(program, [first, keep])).results);
      rmSync(path('a'));
      return JSON.stringify(check) === JSON.stringify(run);
    };
    assert.equal(await compare(keep), true);
    assert.equal(await compare(lie), false);
  });

  it('ends a module that repeats itself, in a run and in a check', async () => {
    const program = programOf({ tasks: [{ name: 'a', module: stubborn, params: { path: path('a'), text: 'x' } }] });
    for (const mode of ['run', 'check'] as const) {
      const { results } = await runLocally(program, [stubborn], { mode });
      assert.equal(results[0]?.message, 'text still differs after it was changed: is , should be x (test.stubborn)');
    }
  });

  it('fails with the command’s own words, and leaves the tasks behind it undone', async () => {
    const program = programOf({
      tasks: [
        { name: 'break', module: always, params: { script: 'echo no luck >&2; exit 3' } },
        { name: 'after', module: keep, params: { path: path('a'), text: 'x' } },
      ],
    });
    const { results, exitCode } = await runLocally(program, [always, keep]);
    assert.deepEqual(
      results.map(result => [result.task.name, result.message]),
      [['break', 'run: the command ended with status 3: no luck']],
    );
    assert.equal(exitCode, 2);
  });

  it('lets a failure pass where ignore_errors says so', async () => {
    const program = programOf({
      tasks: [
        { name: 'break', module: always, params: { script: 'exit 3' }, ignoreErrors: true, register: 'broken' },
        { name: 'after', module: keep, params: { path: path('a'), text: 'x' }, when: 'broken.failed' },
      ],
    });
    const { results, exitCode } = await runLocally(program, [always, keep]);
    assert.deepEqual(statuses(results), ['n1 break: failed', 'n1 after: changed']);
    assert.equal(exitCode, 0);
  });

  it('loops, with each item’s own result', async () => {
    const program = programOf({
      tasks: [
        {
          name: 'each',
          module: keep,
          loop: ['a', 'b'],
          params: { path: `${folder}/{{ item }}`, text: '{{ item }}{{ loop.index }}' },
          register: 'made',
        },
        { name: 'all', module: keep, params: { path: path('c'), text: '{{#each made.results}}{{ this.item }}={{ this.text }} {{/each}}' } },
      ],
    });
    const { results } = await runLocally(program, [keep]);
    assert.deepEqual(
      results.map(result => [result.item, result.status]),
      [
        ['a', 'changed'],
        ['b', 'changed'],
        [undefined, 'changed'],
      ],
    );
    assert.equal(readFileSync(path('c'), 'utf8'), 'a=a0 b=b1 ');
  });

  it('runs a handler once, in definition order, and only when something changed', async () => {
    const program = programOf({
      tasks: [
        { name: 'a', module: keep, params: { path: path('a'), text: 'x' }, notify: ['second', 'first'] },
        { name: 'b', module: keep, params: { path: path('b'), text: 'x' }, notify: ['first'] },
      ],
      handlers: [
        { name: 'first', module: always, params: { script: `echo first >> ${path('log')}` } },
        { name: 'second', module: always, params: { script: `echo second >> ${path('log')}` } },
      ],
    });
    await runLocally(program, [keep, always]);
    assert.equal(readFileSync(path('log'), 'utf8'), 'first\nsecond\n');
    const second = await runLocally(program, [keep, always]);
    assert.deepEqual(statuses(second.results), ['n1 a: ok', 'n1 b: ok']);
  });

  it('foretells handlers, and says which are uncertain', async () => {
    const program = programOf({
      tasks: [
        { name: 'id', module: always, params: { script: 'echo 1', touches: [] }, register: 'id' },
        { name: 'sure', module: keep, params: { path: path('a'), text: 'x' }, notify: ['first'] },
        { name: 'unsure', module: keep, params: { path: path('b'), text: '{{ id.stdout }}' }, notify: ['second'] },
      ],
      handlers: [
        { name: 'first', module: always, params: { script: 'true' } },
        { name: 'second', module: always, params: { script: 'true' } },
      ],
    });
    const { results } = await runLocally(program, [keep, always], { mode: 'check' });
    assert.deepEqual(statuses(results.slice(3)), ['n1 first: changed', 'n1 second: unknown']);
  });

  it('waits without counting it as a change, and says in vain for what', async () => {
    const program = programOf({ tasks: [{ name: 'wait', module: awaitNote, params: { path: path('a') } }] });
    const { results } = await runLocally(program, [awaitNote]);
    assert.equal(results[0]?.message, `waited 1 s in vain for: ${path('a')} to appear`);
    writeFileSync(path('a'), '');
    assert.deepEqual(statuses((await runLocally(program, [awaitNote])).results), ['n1 wait: ok']);
  });

  it('gives variables a value for the tasks behind', async () => {
    const program = programOf({
      tasks: [
        { name: 'set', module: remember, params: { value: 42 } },
        { name: 'use', module: keep, params: { path: path('a'), text: 'n={{ remembered }}' } },
      ],
    });
    await runLocally(program, [remember, keep]);
    assert.equal(readFileSync(path('a'), 'utf8'), 'n=42');
  });

  it('takes all hosts through a task before the next, and batches through the play before the next', async () => {
    const tasks = ['a', 'b'].map(name => ({
      name,
      module: always,
      params: { script: `echo ${name} {{ inventory_hostname }} >> ${path('log')}` },
      throttle: 1,
    }));
    await runLocally(programOf({ hosts: ['n1', 'n2'], tasks }), [always]);
    assert.equal(readFileSync(path('log'), 'utf8'), 'a n1\na n2\nb n1\nb n2\n');
    rmSync(path('log'));
    await runLocally(programOf({ hosts: ['n1', 'n2'], tasks, batches: [['n1'], ['n2']] }), [always]);
    assert.equal(readFileSync(path('log'), 'utf8'), 'a n1\nb n1\na n2\nb n2\n');
  });

  it('runs a task once for all, and gives everyone its result', async () => {
    const program = programOf({
      hosts: ['n1', 'n2'],
      tasks: [
        { name: 'once', module: always, params: { script: 'echo {{ inventory_hostname }}' }, runOnce: true, register: 'who' },
        { name: 'use', module: keep, params: { path: `${folder}/{{ inventory_hostname }}`, text: '{{ who.stdout }}' } },
      ],
    });
    await runLocally(program, [always, keep]);
    assert.deepEqual([readFileSync(path('n1'), 'utf8'), readFileSync(path('n2'), 'utf8')], ['n1\n', 'n1\n']);
  });

  it('foretells the whole order of a cluster that changes one member a round', async () => {
    const program = programOf({ hosts: ['n1', 'n2', 'n3'], tasks: [{ name: 'roll', module: takeTurns, params: { folder, text: 'new' } }] });
    const order = (events: readonly { readonly kind: string }[]): readonly string[] =>
      events.flatMap(event => (event.kind === 'change' && 'host' in event ? [String(event.host)] : []));
    const check = await runLocally(program, [takeTurns], { mode: 'check' });
    assert.equal(existsSync(path('order')), false);
    const run = await runLocally(program, [takeTurns]);
    assert.deepEqual(order(check.events), ['n1', 'n2', 'n3']);
    assert.deepEqual(order(run.events), ['n1', 'n2', 'n3']);
    assert.equal(readFileSync(path('order'), 'utf8'), 'n1\nn2\nn3\n');
    assert.deepEqual(attributes(check.results), attributes(run.results));
    assert.equal(run.results[0]?.message, '3 members agree');
  });

  it('names an undefined variable where it stands', async () => {
    const program = programOf({ tasks: [{ name: 'a', module: keep, params: { path: path('a'), text: '{{ nobody }}' } }] });
    const { results } = await runLocally(program, [keep]);
    assert.match(results[0]?.message ?? '', /nobody/);
    assert.equal(results[0]?.status, 'failed');
  });

  it('reads host facts only when something asks for them', async () => {
    const program = programOf({
      tasks: [{ name: 'a', module: keep, params: { path: path('a'), text: '{{ facts.os.family }} {{ facts.cpu.count }}' } }],
    });
    await runLocally(program, [keep]);
    assert.match(readFileSync(path('a'), 'utf8'), /^\w+ \d+$/);
  });
});
