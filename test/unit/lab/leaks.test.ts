// The looker for secrets sees a planted leak of each kind: strace is put to a shell that does it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formsOf, leaksIn, type Sighting } from '../../lab/support/leaks.ts';
import { straceObstacle } from '../../lab/support/watched.ts';
import { STRACE } from '../../lab/support/system-calls.ts';
import { skipBecause } from '../../support/skip.ts';

const CORE = 'Pl4ntedSecret';

/** What a shell does, with the secret in its environment, and the words of the leak; none where there is no leak. */
const SCENES: Readonly<Record<string, readonly [string, RegExp?]>> = {
  'an argument': ['sh -c : "$S"', /^an argument of \S+\/sh, called by \d+$/],
  'an argument in base64': ['sh -c : "$(printf "x%s" "$S" | base64)"', /^an argument of /],
  'a file that everybody can read': ['printf %s "$S" >f', /^everybody could read \S+\/f \(mode 644\), after write/],
  'a file that was written in pieces': ['{ printf Pl4nted; printf Secret; } >f', /^everybody could read/],
  'a file that is opened to everybody later': ['umask 077; printf %s "$S" >f; chmod 0644 f', /\(mode 644\), after fchmodat/],
  'a file that is gone again': ['printf %s "$S" >f; rm f', /^everybody could read/],
  'a copy': ['umask 077; printf %s "$S" >f; umask 022; install -m 0644 f g', /^everybody could read \S+\/g /],
  'a file of another shell': ['umask 077; ( umask 022; sh -c "printf %s \\"\\$S\\" >f" )', /^everybody could read/],
  'a file that is moved, then opened': ['umask 077; printf %s "$S" >f; mv f g; chmod o+r g', /^everybody could read \S+\/g /],
  'a file that is a pipe for everybody': ['mkfifo f; cat f >/dev/null & printf %s "$S" >f; wait', /^everybody could read/],
  'no argument, but the environment': ['A=$S sh -c :'],
  'no file but a private one': ['umask 077; printf %s "$S" >f; mv f g; cp g h'],
  'a private file made anew': ['echo x >f; rm f; umask 077; printf %s "$S" >f'],
  'no file but a private pipe with a name': ['mkfifo -m 600 f; cat f >/dev/null & printf %s "$S" >f; wait'],
  'no file but a pipe': ['printf %s "$S" | cat | wc -c'],
};

describe('lab/support/leaks', function () {
  this.timeout(20_000);
  before(function () {
    const obstacle = straceObstacle();
    if (obstacle !== undefined) skipBecause(this, obstacle);
  });

  for (const [what, [script, leak]] of Object.entries(SCENES)) {
    it(`${leak === undefined ? 'passes' : 'sees'} ${what}`, () => {
      const { leaks, programs, holders } = watch(script);
      assert.ok(programs > 0, 'programs were seen');
      if (leak === undefined) assert.deepEqual(leaks, []);
      else assert.match(leaks.join('\n'), leak);
      assert.ok(!leaks.join('\n').includes(CORE), 'the words show no secret');
      assert.equal(holders.length > 0, /file|copy/.test(what) && what !== 'no file but a pipe', holders.join(' '));
    });
  }

  it('knows a text in base64 wherever it begins', () => {
    for (const before of ['', 'a', 'ab', 'abc']) {
      const whole = Buffer.from(`${before}${CORE}, and more`).toString('base64');
      assert.equal(formsOf(CORE).filter(form => whole.includes(form)).length, 1, before);
    }
  });
});

function watch(script: string): Sighting {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tsplay-leaks-')));
  try {
    const [file = '', ...options] = STRACE;
    const log = join(folder, 'log');
    const begin = `cd ${folder} && umask 022 && exec ${file} "$@"`;
    const shell = ['-c', begin, 'sh', ...options, '-o', log, 'sh', '-c', script];
    const { status, stderr } = spawnSync('sh', shell, { env: { PATH: process.env['PATH'], S: CORE }, encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    return leaksIn(readFileSync(log, 'latin1'), 0o022, CORE);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
