// Assumptions on the page: each is said once, in the fewest words that can be read at night.
import assert from 'node:assert/strict';
import type { Event, TaskResult } from '../../../src/report/events.ts';
import { createPlainReporter } from '../../../src/report/plain.ts';
import { aResult, aTask, report } from './support/events.ts';

const UNIT = 'package "zookeeperd" brings unit zookeeper.service';
const changed = (task: string, host: string, assumes: readonly string[], to = 'b', extra: Partial<TaskResult> = {}): readonly Event[] => [
  { kind: 'task-started', task: aTask(task), hosts: [host] },
  aResult(task, host, { status: 'changed', changes: [{ attribute: 'x', from: 'a', to }], assumes, ...extra }),
];
const lines = async (events: readonly Event[], verbosity = 0): Promise<readonly string[]> => {
  const begin: Event = { kind: 'run-started', playbook: 'p', inventory: 'i', mode: 'check', hosts: ['n1'], tasks: 1 };
  const text = await report(stream => createPlainReporter({ stream, colour: false, verbosity }), [begin, ...events]);
  return text.split('\n').filter(line => line.includes('assumes'));
};

describe('report/assumptions', () => {
  it('says a single short one beside the status', async () => {
    assert.deepEqual(await lines(changed('a', 'n1', [UNIT])), [`  would change: [n1] (assumes ${UNIT})`]);
  });

  it('says a long one, several, and one beside other words beneath it', async () => {
    const long = `the ${'very '.repeat(20)}long thing holds`;
    assert.deepEqual(await lines(changed('a', 'n1', [long])), [`      (assumes ${long})`]);
    assert.deepEqual(await lines(changed('a', 'n1', ['one', 'two'])), ['      (assumes one)', '      (assumes two)']);
    assert.deepEqual(await lines(changed('a', 'n1', ['one'], 'b', { message: 'some words' })), ['      (assumes one)']);
  });

  it('refers the hosts of a task to what stands above', async () => {
    const events: readonly Event[] = [
      { kind: 'task-started', task: aTask('a'), hosts: ['n1', 'n2'] },
      ...['n1', 'n2'].flatMap(host => changed('a', host, ['one', 'two'], host).slice(1)),
    ];
    assert.deepEqual(await lines(events), [
      '      (assumes one)',
      '      (assumes two)',
      '  would change: [n2] (assumes the same as above)',
    ]);
  });

  it('refers later tasks to those where it stands, and says what is new', async () => {
    const events = [
      ...changed('a', 'n1', ['one']),
      ...changed('b', 'n1', ['two']),
      ...changed('c', 'n1', ['one', 'two']),
      ...changed('d', 'n1', ['one', 'three']),
    ];
    assert.deepEqual(await lines(events), [
      '  would change: [n1] (assumes one)',
      '  would change: [n1] (assumes two)',
      '  would change: [n1] (assumes the same as "a" and "b" above)',
      '      (assumes three)',
      '      (assumes also the same as "a" above)',
    ]);
  });

  it('counts what would fill a page, unless asked for all', async () => {
    const many = Array.from({ length: 30 }, (_, index) => `thing ${index + 1}`);
    assert.deepEqual((await lines(changed('a', 'n1', many))).slice(4), [
      '      (assumes thing 5)',
      '      (assumes 25 things more: -v names them)',
    ]);
    assert.equal((await lines(changed('a', 'n1', many), 1)).length, 30);
  });

  it('counts them in the last line, each once', async () => {
    const finish: Event = {
      kind: 'run-finished',
      recap: [],
      exitCode: 0,
      milliseconds: 1,
      wire: { roundTrips: 1, uploads: 0, connects: 1 },
      notDone: [],
    };
    const text = await report(
      stream => createPlainReporter({ stream, colour: false, verbosity: 0 }),
      [
        { kind: 'run-started', playbook: 'p', inventory: 'i', mode: 'check', hosts: ['n1'], tasks: 1 },
        ...changed('a', 'n1', ['one', 'two']),
        ...changed('b', 'n1', ['one']),
        finish,
      ],
    );
    assert.match(text, /2 attributes, 2 assumed \(2 assumptions\), /);
  });
});
