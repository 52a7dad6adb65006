// Whether the process of a run is still there.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { thisProcess, whereabouts } from '../../../src/journal/process-mark.ts';
import { startIn } from '../../../src/util/process-start.ts';

describe('journal/process-mark', () => {
  it('finds a process while it is there, and no other with its number', async () => {
    const here = thisProcess();
    assert.equal(whereabouts(here), 'here');
    assert.equal(whereabouts({ ...here, start: `${here.start}1` }), 'gone');
    const child = spawn('cat', { stdio: ['pipe', 'ignore', 'ignore'] });
    const mark = { ...here, pid: child.pid ?? 0, start: startIn(readFileSync(`/proc/${child.pid ?? 0}/stat`, 'utf8')) ?? '' };
    assert.equal(whereabouts(mark), 'here');
    child.stdin.end();
    await once(child, 'close');
    assert.equal(whereabouts(mark), 'gone');
  });

  it('says what it cannot know: a process of another machine, or of another container', () => {
    const here = thisProcess();
    assert.equal(whereabouts({ ...here, boot: 'another' }), 'gone', 'this machine was started anew');
    assert.equal(whereabouts({ ...here, boot: 'another', host: 'another' }), 'elsewhere');
    assert.equal(whereabouts({ ...here, space: 'another' }), 'elsewhere');
  });

  it('knows the start of a process whatever it is called, and none of a zombie', () => {
    const rest = '1 1 1 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 4711 1 1';
    assert.equal(startIn(`7 (a) S (b)) S ${rest}`), '4711');
    assert.equal(startIn(`7 (a) Z ${rest}`), undefined);
    assert.equal(startIn(undefined), undefined);
  });
});
