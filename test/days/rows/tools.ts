// Bad days of the tools of a host: BusyBox instead of what most have, and one of its applets missing.
import assert from 'node:assert/strict';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { lacksBusybox, startBusyboxHost } from '../support/busybox-host.ts';
import type { Day, DayTable } from '../support/day.ts';
import type { HostApart } from '../support/host-apart.ts';
import { lacksTool } from '../support/lacks.ts';
import { FILES_PLAY, isWhole, withFiles } from '../support/files-play.ts';
import { onHost } from '../support/on-host.ts';

/** The same, with the file of the archive put there by itself. */
const FILES = FILES_PLAY.replace(/.*archive.unpack.*/, '    - {name: program, file.copy: {content: "#!/bin/sh\\n", dest: /srv/d/run}}');

/** The host lacks an applet; then it is given back. */
const without = (applet: string, expect: Day['expect'], check: (host: HostApart) => void = () => undefined): Day =>
  onHost({
    name: `BusyBox, and no \`${applet}\``,
    lacks: lacksBusybox,
    prepare: project => startBusyboxHost(withFiles(project), [applet]),
    playbook: FILES_PLAY,
    expect,
    check,
    mend: host => void host.sh(`/bin/busybox ln -s busybox /bin/${applet}`),
    mended: isWhole,
  });

/** It is named by the first task that needs it. */
const named = (applet: string, left: string, check: (host: HostApart) => void): Day =>
  without(applet, { exitCode: 2, message: `; the host has no ${applet}: install it there`, left }, check);

const isNothing = (host: HostApart): void => assert.deepEqual(readdirSync(host.see('/srv')), []);
const holds =
  (...names: readonly string[]) =>
  (host: HostApart): void =>
    assert.deepEqual(readdirSync(host.see('/srv/d')).sort(), names);
const isFolder = holds('e');
const isClosed = (host: HostApart): void => assert.equal(lstatSync(host.see('/srv/d')).mode & 0o7777, 0o700);

export const TABLE: DayTable = {
  title: 'Tools of a host',
  days: [
    onHost({
      name: 'BusyBox, and nothing else',
      lacks: lacksBusybox,
      prepare: project => startBusyboxHost(withFiles(project)),
      playbook: FILES_PLAY,
      expect: { exitCode: 0, message: 'changed=7', left: 'all as described' },
      check: isWhole,
    }),
    named('tar', 'the folder before it', isFolder),
    named('gzip', 'the folder before it', isFolder),
    named('xargs', 'the folder before it', isFolder),
    named('tr', 'the folder before it', isFolder),
    named('sed', 'the folder before it', isFolder),
    named('stat', 'the folder before the archive, which `ls` was enough for', isFolder),
    named('sha256sum', 'the folder before it', isFolder),
    onHost({
      name: 'BusyBox, and no `stat`; no archive is unpacked',
      lacks: lacksBusybox,
      prepare: project => startBusyboxHost(withFiles(project), ['stat']),
      playbook: FILES,
      expect: { exitCode: 0, message: 'changed=7', left: 'all as described: `ls` shows it too' },
      check: isWhole,
    }),
    onHost({
      name: 'BusyBox, and no `sha256sum`, but openssl; no archive is unpacked',
      lacks: () => lacksBusybox() ?? lacksTool('openssl'),
      prepare: project => startBusyboxHost(withFiles(project), ['sha256sum'], 'cp "$(command -v openssl)" /srv/host/bin/'),
      playbook: FILES,
      expect: { exitCode: 0, message: 'changed=7', left: 'all as described' },
      check: isWhole,
    }),
    without('base64', { exitCode: 0, message: 'changed=7', left: 'all as described: it is needed to look into packages only' }, isWhole),
    without('cp', { exitCode: 0, message: 'changed=7', left: 'all as described' }, isWhole),
    named('readlink', 'the link; tasks behind it are not begun', host => assert.ok(host.holds('[ -h /srv/d/link ]'))),
    named('awk', 'the archive, unpacked', holds('.tsplay', 'app', 'e')),
    named('mv', 'the folder before it', isFolder),
    named('chown', 'the outermost folder, which nobody else can open', isClosed),
    named('chmod', 'the outermost folder, which nobody else can open', isClosed),
    named('id', 'nothing', isNothing),
    named('ln', 'all before the link', holds('.tsplay', 'app', 'e', 'large', 'lines', 'small')),
    named('dd', 'the file as it was before its second line', host =>
      assert.equal(readFileSync(host.see('/srv/d/lines'), 'utf8'), 'more\n'),
    ),
    ...['mkdir', 'cat', 'wc', 'rm'].map(applet =>
      without(
        applet,
        { exitCode: 4, message: `n1: the host has no ${applet}, which every session needs: install it there`, left: 'as it was' },
        isNothing,
      ),
    ),
  ],
};
