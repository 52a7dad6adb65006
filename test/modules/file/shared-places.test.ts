// Against somebody who exchanges things while root works: whatever they swap, nothing outside their directory is ever written or altered.
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alter, make, put, remove, type PlaceAction, type PutAction } from '../../../src/modules/actions.ts';
import { placeActionScript } from '../../../src/schedule/changing/place-action.ts';
import { placeScript, receiveScript } from '../../../src/schedule/changing/put-script.ts';
import { privateSpot } from '../../../src/schedule/changing/spot.ts';
import { withInput } from '../../../src/util/shell.ts';
import { runShell, SHELLS, type Shell } from '../../facts/file/shells.ts';
import { skipBecause } from '../../support/skip.ts';
import { until } from '../../support/until.ts';

const NOBODY = 65534;
/** Of six writes each. */
const ROUNDS = 12;

/**
 * Exchanges the directory, and everything in it, for links to the vault and back, as fast as it can. It says so once it has begun.
 * In Node, so that nothing is between two system calls.
 */
const ATTACKER = `
const fs = require('node:fs');
const [home, vault] = process.argv.slice(1);
const quiet = what => { try { what(); } catch {} };
const conf = home + '/conf';
const swap = (path, target) => {
  const aside = path.slice(0, path.lastIndexOf('/')) + '/aside';
  quiet(() => fs.renameSync(path, aside));
  quiet(() => fs.symlinkSync(target, path));
  quiet(() => fs.unlinkSync(path));
  quiet(() => fs.renameSync(aside, path));
};
process.stdout.write('begun\\n');
for (;;) {
  for (let i = 0; i < 20; i++) {
    quiet(() => {
      for (const name of fs.readdirSync(conf).filter(name => name !== 'aside'))
        swap(conf + '/' + name, name === 'folder' || name.endsWith('.d') ? vault : vault + '/key');
    });
  }
  swap(conf, vault);
}
`;

for (const shell of SHELLS) {
  describe(`root beside somebody who exchanges things, in ${shell.join(' ')}`, () => {
    let base = '';
    let attacker: ChildProcess | undefined;
    before(function () {
      if (process.getuid?.() !== 0) skipBecause(this, 'only root can start programs of another user');
    });
    beforeEach(async () => {
      base = mkdtempSync(join(tmpdir(), 'tsplay-shared-'));
      chmodSync(base, 0o755);
      for (const name of ['home', 'home/conf', 'home/conf/folder']) {
        mkdirSync(join(base, name));
        chownSync(join(base, name), NOBODY, NOBODY);
      }
      writeFileSync(join(base, 'home/conf/own'), 'theirs');
      chownSync(join(base, 'home/conf/own'), NOBODY, NOBODY);
      mkdirSync(join(base, 'vault'), { mode: 0o700 });
      writeFileSync(join(base, 'vault/key'), 'secret', { mode: 0o600 });
      const child = spawn(process.execPath, ['-e', ATTACKER, join(base, 'home'), join(base, 'vault')], {
        uid: NOBODY,
        gid: NOBODY,
        cwd: '/',
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      attacker = child;
      let said = '';
      child.stdout.on('data', chunk => (said += String(chunk)));
      await until('the attacker has begun', () => said.includes('begun'));
    });
    afterEach(async () => {
      const child = attacker;
      if (child?.exitCode === null) {
        const ended = new Promise(resolve => child.once('exit', resolve));
        child.kill('SIGKILL');
        await ended;
      }
      rmSync(base, { recursive: true, force: true });
    });

    it('writes nothing but what is theirs', function () {
      this.timeout(120_000);
      const conf = join(base, 'home/conf');
      const before = vaultIn(base);
      let done = 0;
      for (let round = 0; round < ROUNDS; round++) {
        const tries = [
          writing(
            shell,
            put({ path: join(conf, 'file'), body: '', owner: 'nobody', mode: '0644', backup: true }),
            conf,
            `round ${round}\n`,
          ),
          doing(shell, make({ path: join(conf, `made${round}`), what: { directory: '0777' }, owners: 'nobody:nogroup' }), conf),
          doing(shell, make({ path: join(conf, 'link'), what: { link: 'nowhere' }, owners: 'nobody:nogroup' }), conf),
          doing(shell, alter({ path: join(conf, 'own'), owners: 'nobody:nogroup', mode: '0666' }), conf),
          doing(shell, alter({ path: join(conf, 'folder'), owners: 'nobody:nogroup', mode: '0777' }), conf, 'directory'),
          doing(shell, remove(join(conf, `made${round}`)), conf),
        ];
        done += tries.filter(Boolean).length;
        deepEqual(vaultIn(base), before, `round ${round}`);
      }
      ok(done > 0, 'some of it was done all the same');
    });
  });

  it(`says that something was exchanged, and leaves nothing behind, in ${shell.join(' ')}`, function () {
    if (process.getuid?.() !== 0) skipBecause(this, 'only root can tell its own things from others');
    const base = mkdtempSync(join(tmpdir(), 'tsplay-shared-'));
    try {
      const action = put({ path: join(base, 'f'), body: '', mode: '0644' });
      const spot = privateSpot(action.path, join(base, 'elsewhere'));
      const { status, stderr } = runShell(shell, withInput(receiveScript(spot), { stdin: 'x' }));
      equal(status, 1);
      match(stderr, /\/elsewhere is not what was looked at any more, somebody has exchanged it meanwhile: nothing was changed; /);
      deepEqual(readdirSync(base), []);
    } finally {
      rmSync(base, { recursive: true });
    }
  });
}

/** Everything about the vault that could tell that somebody was there. */
function vaultIn(base: string): unknown {
  const vault = join(base, 'vault');
  const stat = (path: string): unknown => {
    const { mode, uid, gid, mtimeMs, ctimeMs } = lstatSync(path);
    return { mode, uid, gid, mtimeMs, ctimeMs };
  };
  return [readdirSync(vault), stat(vault), stat(join(vault, 'key')), readFileSync(join(vault, 'key'), 'utf8')];
}

function writing(shell: Shell, action: PutAction, directory: string, body: string): boolean {
  const spot = privateSpot(action.path, directory);
  return (
    runShell(shell, withInput(receiveScript(spot), { stdin: body })).status === 0 && runShell(shell, placeScript(action, spot)).status === 0
  );
}

function doing(shell: Shell, action: PlaceAction, directory: string, kind: 'file' | 'directory' = 'file'): boolean {
  return runShell(shell, placeActionScript(action, { directory, kind })).status === 0;
}
