// Bad days of a host's clock and language.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, lstatSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ended } from '../../cli/support/program.ts';
import type { Project } from '../../cli/support/project.ts';
import type { Day, DayTable } from '../support/day.ts';
import { startHost, type HostApart, type HostOptions } from '../support/host-apart.ts';
import { FILES_PLAY, isWhole, withFiles } from '../support/files-play.ts';
import { lacksTool } from '../support/lacks.ts';
import { onHost } from '../support/on-host.ts';

const LIBRARIES = ['x86_64', 'aarch64'].map(machine => `/usr/lib/${machine}-linux-gnu/faketime/libfaketime.so.1`);

/** A clock that every program of the host reads. The times of files are the kernel's, and far from it. */
function clock(variables: Readonly<Record<string, string>>): HostOptions {
  const library = LIBRARIES.find(path => existsSync(path)) ?? '';
  return { environment: { LD_PRELOAD: library, NO_FAKE_STAT: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1', ...variables } };
}

const lacksFaketime = (): string | undefined =>
  LIBRARIES.some(path => existsSync(path)) ? undefined : 'there is no libfaketime here; install faketime';

const lacksGerman = (): string | undefined =>
  ['/usr/share/locale/de/LC_MESSAGES/coreutils.mo', '/usr/share/i18n/locales/de_DE'].every(path => existsSync(path))
    ? lacksTool('localedef')
    : 'there are no German messages here; install locales, and coreutils with its translations';

/** A locale of this machine's own, made once: that takes a while. */
const locales = join(tmpdir(), `tsplay-locales-${process.pid}`);

async function startGerman(project: Project, script = ''): Promise<HostApart> {
  if (!existsSync(locales)) {
    mkdirSync(locales);
    process.once('exit', () => rmSync(locales, { recursive: true, force: true }));
    spawnSync('localedef', ['-i', 'de_DE', '-f', 'UTF-8', join(locales, 'de_DE.UTF-8')]);
  }
  const german = { LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8', LANGUAGE: 'de', LOCPATH: '/srv/locales' };
  const host = await startHost(project, script, { environment: german });
  cpSync(locales, host.see('/srv/locales'), { recursive: true });
  return host;
}

/** Also waits for something, and has a handler. */
const PLAY = `${FILES_PLAY}    - {name: wait, wait.until: {argv: [test, -e, /srv/d/small], timeout: 60}}
    - {name: settings, file.copy: {content: "x", dest: /srv/d/settings, backup: true}, notify: tell}
  handlers:
    - {name: tell, command: {argv: [sh, -c, "echo told >>/srv/told"], touches: []}}
`;

const isTold = (host: HostApart): void => {
  isWhole(host);
  assert.equal(readFileSync(host.see('/srv/told'), 'utf8'), 'told\n');
};

const changesNothing = (host: HostApart, { stdout }: Ended): void => {
  assert.match(stdout, /changed=0/);
  isTold(host);
};

const wrong = (name: string, fake: string, year: RegExp): Day =>
  onHost({
    name,
    lacks: lacksFaketime,
    prepare: async project => {
      const host = await startHost(withFiles(project), '', clock({ FAKETIME: fake }));
      assert.match(host.sh('date +%Y'), year);
      return host;
    },
    playbook: PLAY,
    expect: { exitCode: 0, message: 'changed=9', left: 'all as described, and the next run changes nothing' },
    check: isTold,
    mend: () => undefined,
    mended: changesNothing,
  });

export const TABLE: DayTable = {
  title: 'Clocks and words',
  days: [
    wrong('the clock is 30 years behind', '-30y', /^19\d\d\n$/),
    wrong('the clock is 50 years ahead', '+50y', /^20[678]\d\n$/),
    onHost({
      name: 'the clock jumps years ahead while something is waited for',
      lacks: lacksFaketime,
      prepare: project =>
        startHost(project, 'echo +0 >/srv/clock', clock({ FAKETIME_TIMESTAMP_FILE: '/srv/clock', FAKETIME_NO_CACHE: '1' })),
      playbook: `- hosts: all
  tasks:
    - name: wait
      wait.until: {argv: [sh, -c, "test -e /srv/looked || { echo +9y >/srv/clock; date >/srv/looked; exit 1; }"], timeout: 60}
`,
      expect: { exitCode: 0, message: 'ok: 1 task', left: 'it was waited for to its end' },
      check: host => assert.ok(existsSync(host.see('/srv/looked'))),
    }),
    onHost({
      name: 'the clock jumps years back while something is waited for in vain',
      lacks: lacksFaketime,
      prepare: project =>
        startHost(project, 'echo +0 >/srv/clock', clock({ FAKETIME_TIMESTAMP_FILE: '/srv/clock', FAKETIME_NO_CACHE: '1' })),
      playbook:
        '- hosts: all\n  tasks:\n    - {name: wait, wait.until: {argv: [sh, -c, "echo -9y >/srv/clock; exit 1"], for: Godot, timeout: 2}}\n',
      expect: { exitCode: 2, message: 'waited 2 s in vain for: Godot', left: 'as it was' },
      check: host => assert.match(host.sh('date +%Y'), /^20\d\d\n$/),
    }),
    onHost({
      name: 'files and the entries of an archive are from 1970 and from 2100',
      prepare: project =>
        startHost(withFiles(project, { odd: true }), 'mkdir /srv/d; echo old >/srv/d/small; touch -d @4102444800 /srv/d /srv/d/small'),
      playbook: PLAY,
      expect: { exitCode: 0, message: 'changed=9', left: 'all as described, and the next run changes nothing' },
      check: host => {
        isTold(host);
        assert.equal(lstatSync(host.see('/srv/d/app/bin/run')).mtimeMs, 4_102_444_800_000);
      },
      mend: () => undefined,
      mended: changesNothing,
    }),
    onHost({
      name: 'the host speaks German',
      lacks: lacksGerman,
      prepare: async project => {
        const host = await startGerman(withFiles(project));
        assert.match(host.sh('stat /nowhere 2>&1; :'), /Datei oder Verzeichnis nicht gefunden/);
        return host;
      },
      playbook: PLAY,
      expect: { exitCode: 0, message: 'changed=9', left: 'all as described, and the next run changes nothing' },
      check: isTold,
      mend: () => undefined,
      mended: changesNothing,
    }),
    onHost({
      name: 'the host speaks German, and its disk is full',
      lacks: lacksGerman,
      prepare: project => startGerman(project, 'mkdir /srv/d; mount -t tmpfs -o size=4k tmpfs /srv/d; echo old >/srv/d/small'),
      playbook: '- hosts: all\n  tasks:\n    - {name: small, file.copy: {content: "new\\n", dest: /srv/d/small}}\n',
      expect: {
        exitCode: 2,
        message: 'No space left on device; the disk at /srv/d has too little room, 0 KiB are left: make room there',
        left: 'the old file; what is said is English',
      },
      check: host => assert.equal(readFileSync(host.see('/srv/d/small'), 'utf8'), 'old\n'),
    }),
  ],
};
