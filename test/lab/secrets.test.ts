// Twenty secrets on their way to a real host, with strace on both ends: in no argument, and in no file that everybody can read, at any time.
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventsOf, ofKind } from '../cli/support/events.ts';
import { skipBecause } from '../support/skip.ts';
import { formsOf } from './support/leaks.ts';
import { CORE, COUNT, PASSWORD, writeSecretPlay, WRITTEN } from './support/secret-play.ts';
import { runWatched, straceObstacle, watchLogins } from './support/watched.ts';
import { ofSuite } from './support/of-suite.ts';
import { startWrittenLab, type WrittenLab } from './support/written-lab.ts';

const HOST = 'target';
const WORKER = 'worker';
const login = { ssh_user: WORKER, ssh_key: '/nonexistent', ssh_password: PASSWORD, become_password: PASSWORD };

/** How the host is reached, and another user become. */
const WAYS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'a password, and another for sudo': login,
  'the same by the client of OpenSSH': { ...login, connection: 'openssh' },
  'a call of sudo for each task': { become_mode: 'per_task' },
};

/** Tasks that run always. */
const ALWAYS = ['printed', 'failing'];

describe(`${COUNT} secrets on their way to a host`, function () {
  this.timeout(300_000);
  before(function () {
    const obstacle = straceObstacle();
    if (obstacle !== undefined) skipBecause(this, obstacle);
  });
  const lab = ofSuite(() => startWrittenLab([HOST], folder => Promise.resolve(writeSecretPlay(folder))));
  const path = (name: string): string => join(lab().folder, name);
  before(async () => {
    await lab().shell(
      HOST,
      `set -e
      useradd --create-home --shell /bin/bash ${WORKER}
      echo '${WORKER}:${PASSWORD}' | chpasswd
      echo '${WORKER} ALL=(ALL:ALL) ALL' >/etc/sudoers.d/${WORKER}
      ( umask 077; printf %s '${CORE}-own' >/etc/its-own )
      touch /root/begun`,
    );
  });

  for (const [index, [what, variables]] of Object.entries(WAYS).entries()) {
    it(`give themselves away nowhere, by ${what}`, async () => {
      const where = `/srv/way-${index}`;
      mkdirSync(path('inventory/host_vars'), { recursive: true });
      writeFileSync(path(`inventory/host_vars/${HOST}.yml`), JSON.stringify(variables), { mode: 0o600 });
      const extra = (again: boolean) => JSON.stringify({ where, name: `way-${index}`, again });
      const words = (again = false) => ['play.yml', '-i', 'inventory', '-e', extra(again)];
      const watch = await watchLogins(lab(), HOST, 'host.log');
      const calls = [
        // What is only foretold differs by no way.
        ...(index > 0
          ? []
          : [
              ['run', ...words(), '--check', '--diff', '-vvv'],
              ['plan', ...words(), '--diff', '-o', 'plan.json', '--vault-password-file', 'vault'],
            ]),
        ['run', ...words(), '--output', 'json', '--diff', '-vvv'],
        ['run', ...words(true), '--output', 'json', '--diff', '-vvv'],
      ];
      const runs = [];
      for (const call of calls) runs.push(await runWatched(lab().folder, call, CORE));
      const seen = await watch.end(CORE);
      for (const [number, { ended, seen: here }] of runs.entries()) {
        assert.equal(ended.code, 0, `run ${number + 1}: ${(ended.stdout + ended.stderr).slice(-4000)}`);
        assertHidden(`what run ${number + 1} says`, ended.stdout + ended.stderr);
        assert.deepEqual(here.leaks, [], 'on the controller');
        assert.ok(here.programs > 0, 'the controller was watched');
      }
      assert.deepEqual(seen.leaks, []);
      assert.ok(seen.programs > 50, `${seen.programs} programs were seen on the host`);
      assert.ok(seen.holders.length >= Object.keys(WRITTEN).length, seen.holders.join(' '));
      for (const [name, text] of Object.entries(WRITTEN)) {
        assert.equal(await lab().shell(HOST, `cat ${where}/${name}`), text.trim(), name);
        assert.equal(await lab().shell(HOST, `stat -c %a ${where}/${name}`), '600', name);
      }
      const changed = ofKind(eventsOf(runs.at(-1)?.ended.stdout ?? ''), 'task-result').filter(({ changes }) => changes.length > 0);
      assert.deepEqual(
        [...new Set(changed.map(({ task }) => task.name))].filter(name => !ALWAYS.includes(name)),
        [],
      );
      assertHidden('the plan', readFileSync(path('plan.json'), 'utf8'));
      const journal = filesBelow(path('.local/state/tsplay'));
      assert.ok(journal.length > 0, 'there is a journal');
      for (const file of journal) assertHidden(file, readFileSync(file, 'latin1'));
      assert.equal(await leftOpen(lab()), '');
      process.stdout.write(
        `      ${seen.programs} programs seen on the host, ${seen.holders.length} files that held a secret at some time, all private\n`,
      );
    });
  }
});

function assertHidden(what: string, text: string): void {
  const at = formsOf(CORE)
    .map(form => text.indexOf(form))
    .find(index => index >= 0);
  assert.equal(at, undefined, `a secret shows in ${what}, behind ${text.slice(Math.max(0, (at ?? 0) - 200), at)}`);
}

/** What on the host gives a secret away afterwards: files that everybody can read, and the host's own journal. */
function leftOpen(lab: WrittenLab): Promise<string> {
  const forms = formsOf(CORE)
    .map(form => `-e ${form}`)
    .join(' ');
  const open = ['/', '/run', '/tmp', '/dev/shm']
    .map(place => `find ${place} -xdev -type f -perm -004 -newer /root/begun -print0`)
    .join('; ');
  return lab.shell(
    HOST,
    `{ ${open}; } | xargs -0 -r grep -laF ${forms} -- /dev/null; journalctl -a --no-pager -o verbose | grep -m1 -F ${forms}; true`,
  );
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name));
}
