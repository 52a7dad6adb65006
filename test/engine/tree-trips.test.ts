// Blocks, loops and files of tasks cost no round trip: what they will ask is read ahead as it is of tasks that stand by themselves.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { begun, runWritten, trace } from './support/playbook.ts';

describe('round trips of blocks', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'tsplay-trips-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const copy = (name: string, more = ''): string => `{name: copy, file.copy: {dest: "${folder}/${name}", content: x}${more}}`;
  const files = (): Readonly<Record<string, string>> => ({ 'more.yml': `- ${copy('{{ item }}')}\n` });
  const tree = (): string => `- hosts: n1
  tasks:
    - ${copy('first')}
    - loop: [a, b]
      block: [${copy('{{ item }}')}, ${copy('{{ item }}{{ n }}', ', loop: [1, 2], loop_control: {loop_var: n}')}]
      rescue: [{name: never, command: "false"}]
      always: [${copy('always {{ item }}')}]
    - {include_tasks: more.yml, loop: [p, q], when: item != 'r'}
    - ${copy('last')}
`;

  it('are none in a run that has nothing to do, and one by one tells the same', async () => {
    await runWritten({ play: tree(), files: files() });
    const still = await runWritten({ play: tree(), files: files() });
    assert.ok(still.results.every(({ status }) => status === 'ok'));
    const flat = `- {hosts: n1, tasks: [${['first', 'a', 'b', 'last'].map(name => copy(name)).join(', ')}]}\n`;
    assert.equal(still.wire.roundTrips, (await runWritten({ play: flat })).wire.roundTrips);
    const single = await runWritten({ play: tree(), files: files() }, { oneByOne: true });
    assert.deepEqual([begun(single), trace(single)], [begun(still), trace(still)]);
    assert.ok(single.wire.roundTrips > still.wire.roundTrips);
  });
});
