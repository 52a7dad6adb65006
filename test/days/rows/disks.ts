// Bad days of the disks that files are written to.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import type { DayTable } from '../support/day.ts';
import { lacksFileSystem, lacksTool } from '../support/lacks.ts';
import { startHost, type HostApart } from '../support/host-apart.ts';
import { onHost } from '../support/on-host.ts';
import type { Project } from '../../cli/support/project.ts';

/** One task that writes `/srv/d/app.conf` from `files/new` of the project. */
const COPY = `- hosts: all
  tasks:
    - {name: settings, file.copy: {src: "new", dest: /srv/d/app.conf}}
`;

/** A file system of a size on `/srv/d`, with an old file, filled by another one. */
const full = (options: string): string => `mkdir /srv/d && mount -t tmpfs -o ${options} tmpfs /srv/d
echo old >/srv/d/app.conf; dd if=/dev/zero of=/srv/d/others bs=4k 2>/dev/null || :`;

const fillRun = 'mount -o remount,size=64k /run; dd if=/dev/zero of=/run/others bs=4k 2>/dev/null || :';

/** Gives the project what is to be written. */
function withNew(project: Project, size: number): Project {
  project.write({ 'files/new': '' });
  writeFileSync(project.path('files/new'), randomBytes(size));
  return project;
}

/** Gives the project an archive that is small, and large when it is unpacked. */
function withArchive(project: Project): Project {
  project.write({ 'pack/app/data': '0'.repeat(700_000) });
  writeFileSync(project.path('app.tar.gz'), spawnSync('tar', ['-czf', '-', '-C', project.path('pack'), 'app']).stdout);
  return project;
}

const read = (host: HostApart, path: string): string => readFileSync(host.see(path), 'latin1');
const isOld = (host: HostApart): void => assert.equal(read(host, '/srv/d/app.conf'), 'old\n');
const isNew = (host: HostApart, project: Project): void =>
  assert.ok(readFileSync(host.see('/srv/d/app.conf')).equals(readFileSync(project.path('files/new'))));

export const TABLE: DayTable = {
  title: 'Disks and file systems',
  days: [
    onHost({
      name: 'the disk is full when a small file is written',
      prepare: project => (withNew(project, 20_000), startHost(project, full('size=64k'))),
      playbook: COPY,
      expect: {
        exitCode: 2,
        message:
          'cannot write /srv/d/app.conf: …No space left on device; the disk at /srv/d has too little room, … KiB are left: make room there',
        left: 'the old file, nothing beside it',
      },
      check: isOld,
      mend: host => void host.sh('rm /srv/d/others'),
      mended: (host, _, project) => isNew(host, project),
    }),
    onHost({
      name: 'the disk is full in the middle of a large file',
      prepare: project => (withNew(project, 200_000), startHost(project, `${full('size=400k')}; truncate -s 300k /srv/d/others`)),
      playbook: COPY,
      expect: {
        exitCode: 2,
        message:
          'cannot write /srv/d/app.conf: …No space left on device; the disk at /srv/d has too little room, … KiB are left: make room there',
        left: 'the old file, nothing beside it',
      },
      check: isOld,
      mend: host => void host.sh('rm /srv/d/others'),
      mended: (host, _, project) => isNew(host, project),
    }),
    onHost({
      name: 'the disk is full when a line of a file is edited',
      prepare: project => startHost(project, full('size=64k')),
      playbook: '- hosts: all\n  tasks:\n    - {name: a line, file.line: {path: /srv/d/app.conf, line: more, backup: true}}\n',
      expect: {
        exitCode: 2,
        message: 'line: …No space left on device; the disk at /srv/d has too little room, … KiB are left: make room there',
        left: 'the old file, nothing beside it',
      },
      check: isOld,
      mend: host => void host.sh('rm /srv/d/others'),
      mended: host => assert.equal(read(host, '/srv/d/app.conf'), 'old\nmore\n'),
    }),
    onHost({
      name: 'the disk is full in the middle of an archive',
      prepare: project =>
        startHost(
          withArchive(project),
          `${full('size=1m')}; truncate -s 600k /srv/d/others; mkdir -p /srv/d/app; echo old >/srv/d/app/data`,
        ),
      playbook: '- hosts: all\n  tasks:\n    - {name: archive, archive.unpack: {src: app.tar.gz, dest: /srv/d}}\n',
      expect: {
        exitCode: 2,
        message: 'content: …; the disk at /srv/d has too little room, … KiB are left: make room there',
        left: 'what was there before, nothing beside it',
      },
      check: host => {
        isOld(host);
        assert.equal(read(host, '/srv/d/app/data'), 'old\n');
        assert.deepEqual(readdirSync(host.see('/srv/d/.tsplay')), []);
      },
      mend: host => void host.sh('rm /srv/d/others'),
      mended: host => assert.equal(statSync(host.see('/srv/d/app/data')).size, 700_000),
    }),
    onHost({
      name: 'the disk has no inodes left',
      prepare: project => (
        withNew(project, 100),
        startHost(project, `${full('size=1m,nr_inodes=20')}; rm /srv/d/others; i=0; while mkdir /srv/d/$i 2>/dev/null; do i=$((i+1)); done`)
      ),
      playbook: COPY,
      expect: {
        exitCode: 2,
        message: 'cannot write /srv/d/app.conf: …No space left on device; the disk at /srv/d has room for no more files: remove some there',
        left: 'the old file, nothing beside it',
      },
      check: isOld,
      mend: host => void host.sh('rmdir /srv/d/1 /srv/d/2 /srv/d/3'),
      mended: (host, _, project) => isNew(host, project),
    }),
    onHost({
      name: 'the quota is used up',
      lacks: () => lacksTool('mkfs.btrfs') ?? lacksFileSystem('btrfs'),
      prepare: project => (
        withNew(project, 200_000),
        startHost(
          project,
          `truncate -s 128M /srv/disk; mkfs.btrfs -q /srv/disk; mkdir /srv/all /srv/d; mount -o loop /srv/disk /srv/all
btrfs quota enable /srv/all; btrfs subvolume create /srv/all/d; mount --bind /srv/all/d /srv/d; btrfs qgroup limit 1M /srv/d
echo old >/srv/d/app.conf; sync /srv/d; dd if=/dev/urandom of=/srv/d/others bs=4k 2>/dev/null || :`,
        )
      ),
      playbook: COPY,
      expect: {
        exitCode: 2,
        message: 'cannot write /srv/d/app.conf: …Disk quota exceeded; the quota on /srv/d is used up: raise it, or make room there',
        left: 'the old file, nothing beside it',
      },
      check: isOld,
      mend: host => void host.sh('btrfs qgroup limit none /srv/d'),
      mended: (host, _, project) => isNew(host, project),
    }),
    onHost({
      name: 'the root is mounted read-only',
      prepare: project => (withNew(project, 100), startHost(project, 'mount -o remount,bind,ro /')),
      playbook: COPY.replace('/srv/d/', '/etc/tsplay-day-'),
      expect: {
        exitCode: 2,
        message:
          'cannot write /etc/tsplay-day-app.conf: …Read-only file system; / is mounted read-only: see in dmesg whether its disk is failing, else mount -o remount,rw /',
        left: 'nothing',
      },
      check: host => assert.ok(!host.holds('ls /etc/tsplay-day*')),
    }),
    onHost({
      name: 'a read-only directory, and others are not',
      prepare: project => (
        withNew(project, 100_000),
        startHost(project, `${full('size=1m')}; rm /srv/d/others; mount -o remount,ro /srv/d`)
      ),
      playbook: COPY,
      expect: {
        exitCode: 2,
        message:
          'cannot write /srv/d/app.conf: …Read-only file system; /srv/d is mounted read-only: see in dmesg whether its disk is failing, else mount -o remount,rw /srv/d',
        left: 'the old file',
      },
      check: isOld,
      mend: host => void host.sh('mount -o remount,rw /srv/d'),
      mended: (host, _, project) => isNew(host, project),
    }),
    onHost({
      name: 'the directory is on another file system, and everything else is read-only',
      prepare: project => (
        withNew(project, 100_000),
        startHost(project, `${full('size=1m')}; rm /srv/d/others; for at in /srv /tmp /var/tmp /root; do mount -o remount,ro $at; done`)
      ),
      playbook: COPY,
      expect: { exitCode: 0, message: 'changed=1', left: 'the new file, renamed within its directory' },
      check: (host, _, project) => isNew(host, project),
    }),
    onHost({
      name: 'the file is mounted there from elsewhere',
      prepare: project => (
        withNew(project, 100_000),
        startHost(
          project,
          'mkdir /srv/d; echo old >/srv/d/app.conf; echo old >/srv/source; chmod 0604 /srv/source; mount --bind /srv/source /srv/d/app.conf',
        )
      ),
      playbook: COPY,
      expect: {
        exitCode: 0,
        message: 'n1: /srv/d/app.conf is mounted from elsewhere and cannot be replaced: it was rewritten in place',
        left: 'the new file, in place: the same inode',
      },
      check: (host, _, project) => {
        isNew(host, project);
        assert.equal(statSync(host.see('/srv/d/app.conf')).ino, statSync(host.see('/srv/source')).ino);
        assert.equal(statSync(host.see('/srv/source')).mode & 0o7777, 0o604);
      },
    }),
    onHost({
      name: 'the file is mounted there from elsewhere, from a disk that is full',
      prepare: project => (
        withNew(project, 100_000),
        startHost(
          project,
          'mkdir /srv/d /srv/s; mount -t tmpfs -o size=64k tmpfs /srv/s; echo old >/srv/s/source; echo older >/srv/d/app.conf; mount --bind /srv/s/source /srv/d/app.conf',
        )
      ),
      playbook: COPY,
      expect: {
        exitCode: 2,
        message: 'content: …No space left on device; the disk at /srv/d/app.conf has too little room, … KiB are left: make room there',
        left: 'the old file',
      },
      check: isOld,
      mend: host => void host.sh('mount -o remount,size=1m /srv/s'),
      mended: (host, _, project) => isNew(host, project),
    }),
    onHost({
      name: 'the file is immutable',
      prepare: project => (withNew(project, 100), startHost(project, 'mkdir /srv/d; echo old >/srv/d/app.conf; chattr +i /srv/d/app.conf')),
      playbook: COPY,
      expect: {
        exitCode: 2,
        message: 'Operation not permitted; /srv/d/app.conf is immutable: take that away with chattr -i /srv/d/app.conf',
        left: 'the old file',
      },
      check: isOld,
      mend: host => void host.sh('chattr -i /srv/d/app.conf'),
      mended: (host, _, project) => isNew(host, project),
    }),
    onHost({
      name: 'the directory is immutable',
      prepare: project => (withNew(project, 100_000), startHost(project, 'mkdir /srv/d; echo old >/srv/d/app.conf; chattr +i /srv/d')),
      playbook: COPY,
      expect: {
        exitCode: 2,
        message: 'cannot write /srv/d/app.conf: Operation not permitted; /srv/d is immutable: take that away with chattr -i /srv/d',
        left: 'the old file',
      },
      check: isOld,
      mend: host => void host.sh('chattr -i /srv/d'),
      mended: (host, _, project) => isNew(host, project),
    }),
    onHost({
      name: 'the host cannot keep in mind which handlers are owed',
      prepare: project => startHost(project, `${full('size=1m')}; rm /srv/d/others; mount -o remount,ro /var/lib`),
      playbook: `- hosts: all
  tasks:
    - {name: settings, file.copy: {content: "new\\n", dest: /srv/d/app.conf}, notify: tell}
  handlers:
    - {name: tell, command: {argv: [sh, -c, "echo told >/srv/told"], touches: []}}
`,
      expect: {
        exitCode: 2,
        message:
          'the host cannot keep in mind which handlers the change notifies, so it was not made: …Read-only file system; /var/lib is mounted read-only',
        left: 'the old file; no handler is missed',
      },
      check: isOld,
      mend: host => void host.sh('mount -o remount,rw /var/lib'),
      mended: host => {
        assert.equal(read(host, '/srv/d/app.conf'), 'new\n');
        assert.equal(read(host, '/srv/told'), 'told\n');
      },
    }),
    onHost({
      name: 'the host cannot keep who has its turn: `/run` is full',
      prepare: project => (withNew(project, 100), startHost(project, `mkdir /srv/d; ${fillRun}`)),
      playbook: COPY,
      expect: { exitCode: 0, message: 'changed=1', left: 'all as described; a second run would not be kept away' },
      check: (host, _, project) => isNew(host, project),
    }),
  ],
};
