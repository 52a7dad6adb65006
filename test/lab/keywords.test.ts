// The playbook that uses every keyword, on real hosts: twice, each Program through JSON, and the second run changes nothing.
import assert from 'node:assert/strict';
import { writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { copyKeywords, everyKeyword } from '../keywords/files.ts';
import { ofSuite } from './support/of-suite.ts';
import { startWrittenLab } from './support/written-lab.ts';

const COLOURS = { n1: 'red', n2: 'blue' } as const;

describe('every keyword on hosts of the lab', function () {
  this.timeout(300_000);
  const lab = ofSuite(() =>
    startWrittenLab(Object.keys(COLOURS), folder => {
      copyKeywords(folder);
      const inventory = join(folder, 'inventory');
      mkdirSync(join(inventory, 'host_vars'), { recursive: true });
      writeFileSync(join(inventory, 'groups.yml'), 'words: {hosts: {n1: , n2: }}\n');
      for (const [host, colour] of Object.entries(COLOURS))
        writeFileSync(join(inventory, 'host_vars', `${host}.yml`), `colour: ${colour}\n`);
      return Promise.resolve({ place: '/srv/words', ansible_port: '22' });
    }),
  );

  it('is foretold, done, and done once', async () => {
    const check = await lab().play('check', everyKeyword());
    const first = await lab().play('run', everyKeyword());
    const failed = first.results.filter(({ status, rescued }) => status === 'failed' && rescued !== true);
    assert.deepEqual([first.exitCode, failed.map(({ host, message }) => `${host} ${message ?? ''}`)], [0, []]);
    assert.ok(first.changes.length > 0);
    // What a condition on its result says of a command is not known before it has run; what it notifies is not either.
    assert.deepEqual(
      check.changes.filter(change => !first.changes.includes(change)),
      [],
    );
    const unknown = new Set(check.results.flatMap(({ status, host, task }) => (status === 'unknown' ? [`${host} | ${task.name}`] : [])));
    const unforetold = first.changes.filter(change => !check.changes.includes(change));
    assert.deepEqual(
      unforetold.filter(change => !unknown.has(change.split(' | ').slice(0, 2).join(' | '))),
      [],
    );
    assert.equal(await lab().shell('n2', 'cat /srv/words/word /srv/words/colours'), 'hello 1blue');
    const second = await lab().play('run', everyKeyword());
    assert.deepEqual([second.exitCode, second.changes], [0, []]);
  });
});
