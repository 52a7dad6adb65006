// Which runs of the bench do not count.
import assert from 'node:assert/strict';
import { createJudge, firstDifference, troubleOf } from '../../../bench/judge.ts';
import { RESET, SETTLE, STAMPS, STATE, type Hosts } from '../../../bench/hosts.ts';
import { PROGRAMS } from '../../../bench/programs.ts';

const GOOD = { milliseconds: 1, status: 0, stdout: 'ok: 62 tasks on 3 hosts\n', stderr: 'a note\n' };

/** Hosts that are a text: what was written last is what is found. */
function textHosts(): { found: string; readonly hosts: Pick<Hosts, 'all'>; readonly done: string[] } {
  const done: string[] = [];
  const it = {
    found: '',
    done,
    hosts: {
      all: (script: string) => {
        done.push(script);
        if (script === SETTLE) it.found = 'settled';
        if (script === RESET) it.found = '';
        return Promise.resolve(script === STATE || script === STAMPS ? it.found : '');
      },
    },
  };
  return it;
}

describe('bench/judge', () => {
  it('takes the exit code as it is', () => {
    assert.equal(troubleOf(PROGRAMS.tsplay, GOOD), undefined);
    assert.equal(troubleOf(PROGRAMS.tsplay, { ...GOOD, status: 2 }), 'status 2: ok: 62 tasks on 3 hosts / a note');
    assert.match(troubleOf(PROGRAMS.tsplay, { ...GOOD, status: undefined }) ?? '', /^it was ended by a signal/);
  });

  it('takes words on stderr as the failure of a script that always ends with 0', () => {
    assert.equal(troubleOf(PROGRAMS.floor, { ...GOOD, stderr: '' }), undefined);
    assert.match(troubleOf(PROGRAMS.floor, GOOD) ?? '', /a note/);
  });

  it('takes a good end without the word that all was looked at as a failure', () => {
    assert.equal(troubleOf(PROGRAMS.connect, GOOD), 'it did not do it all: ok: 62 tasks on 3 hosts / a note');
    const recap = ['node1', 'node2', 'node3'].map(host => `${host}   : ok=62   changed=0    unreachable=0\n`).join('');
    assert.equal(troubleOf(PROGRAMS.ansible, { ...GOOD, stdout: recap }), undefined);
    assert.match(troubleOf(PROGRAMS.ansible, { ...GOOD, stdout: recap.replace('ok=62', 'ok=61') }) ?? '', /^it did not do it all/);
    assert.match(troubleOf(PROGRAMS.mitogen, { ...GOOD, stdout: 'skipping: no hosts matched\n' }) ?? '', /^it did not do it all/);
  });

  it('names the first line that differs', () => {
    assert.equal(firstDifference('a\nb', 'a\nb'), undefined);
    assert.equal(firstDifference('a\nb', 'a\nc'), 'there is c');
    assert.equal(firstDifference('a\nb', 'a'), 'there is no b');
  });

  it('sees a change where there should be none, and mends the hosts before the next run', async () => {
    const text = textHosts();
    const judge = await createJudge(text.hosts);
    assert.equal(await judge.verdict('converged', PROGRAMS.tsplay, GOOD), undefined);
    text.found = 'other';
    assert.match((await judge.verdict('converged', PROGRAMS.tsplay, GOOD)) ?? '', /^it changed something: there is other$/);
    await judge.prepare('converged');
    assert.equal(text.found, 'settled');
    text.done.length = 0;
    await judge.prepare('proxied');
    assert.deepEqual(text.done, [STAMPS]);
  });

  it('sees a first run that leaves something undone', async () => {
    const text = textHosts();
    const judge = await createJudge(text.hosts);
    await judge.prepare('first');
    assert.match((await judge.verdict('first', PROGRAMS.tsplay, GOOD)) ?? '', /^it left something else than the tasks describe/);
    text.found = 'settled';
    assert.equal(await judge.verdict('first', PROGRAMS.tsplay, GOOD), undefined);
  });
});
