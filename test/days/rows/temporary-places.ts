// Bad days of the places where a host keeps what passes by: /tmp, /dev/shm, /run.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { DayTable } from '../support/day.ts';
import { startHost, type HostApart } from '../support/host-apart.ts';
import { onHost } from '../support/on-host.ts';

const COPY = `- hosts: all
  tasks:
    - {name: a file, file.copy: {dest: /srv/a, content: "new\\n"}}
    - {name: a command, command: {argv: [sh, -c, "echo said"], touches: []}, register: words}
    - {name: what it said, debug: {msg: "it {{ words.stdout }}"}}
`;

/** Fills places to the last page, so that nothing can be made there or nothing be written. */
const fill = (...places: readonly string[]): string =>
  places.map(at => `mount -o remount,size=64k ${at} && { dd if=/dev/zero of=${at}/others bs=4k 2>/dev/null || :; }`).join('\n');

/** Finds room only in /dev/shm, where there is little. */
const LITTLE = `${fill('/run', '/tmp', '/var/tmp')}\nmount -o remount,size=2m /dev/shm`;

const isWritten = (host: HostApart): void => assert.equal(readFileSync(host.see('/srv/a'), 'utf8'), 'new\n');

export const TABLE: DayTable = {
  title: 'Temporary places',
  days: [
    onHost({
      name: '`/tmp`, `/var/tmp`, `/run` and `/dev/shm` are mounted `noexec`',
      prepare: project => startHost(project, 'for at in /tmp /var/tmp /dev/shm /run; do mount -o remount,noexec $at; done'),
      playbook: COPY,
      expect: { exitCode: 0, message: 'it said', left: 'all as described' },
      check: isWritten,
    }),
    onHost({
      name: '`/tmp` and `/var/tmp` are full',
      prepare: project => startHost(project, fill('/tmp', '/var/tmp')),
      playbook: COPY,
      expect: { exitCode: 0, message: 'it said', left: 'all as described' },
      check: isWritten,
    }),
    onHost({
      name: '`/tmp`, `/var/tmp` and `/dev/shm` are full',
      prepare: project => startHost(project, fill('/tmp', '/var/tmp', '/dev/shm')),
      playbook: COPY,
      expect: { exitCode: 0, message: 'it said', left: 'all as described; outputs went to `/run`' },
      check: isWritten,
    }),
    onHost({
      name: 'every temporary place is full',
      prepare: project => startHost(project, fill('/tmp', '/var/tmp', '/dev/shm', '/run')),
      playbook: COPY,
      expect: {
        exitCode: 4,
        message: 'n1: no place for the outputs of commands, make one of /dev/shm, /tmp, /var/tmp writable',
        left: 'as it was',
      },
      check: host => assert.ok(!host.holds('ls /srv/a')),
      mend: host => void host.sh('rm /tmp/others'),
      mended: isWritten,
    }),
    onHost({
      name: '`/dev/shm` gets full by what a command prints',
      prepare: project => startHost(project, LITTLE),
      playbook: `- hosts: all
  tasks:
    - {name: too much, command: {argv: [sh, -c, "head -c 8000000 /dev/zero; :"], touches: []}}
    - {name: a file, file.copy: {dest: /srv/a, content: "new\\n"}}
`,
      expect: {
        exitCode: 4,
        message: 'n1: no room for what commands print in /dev/shm/.tsplay-…: make room on the disk there',
        left: 'nothing after the command was begun',
      },
      check: host => assert.ok(!host.holds('ls /srv/a')),
      mend: host => void host.sh('mount -o remount,size=20m /dev/shm'),
      mended: isWritten,
    }),
    onHost({
      name: '`/dev/shm` gets full while a host is read, and a task believes no silence',
      prepare: project => startHost(project, `${LITTLE}\necho old >/srv/a`),
      playbook: `- hosts: all
  tasks:
    - {name: fills it, command: {argv: [sh, -c, "dd if=/dev/zero of=/dev/shm/others bs=4k 2>/dev/null; :"], touches: [/srv]}}
    - {name: a file, file.copy: {dest: /srv/a, content: "new\\n"}}
`,
      expect: {
        exitCode: 4,
        message: 'n1: no room for what commands print in /dev/shm/.tsplay-…: make room on the disk there',
        left: 'the old file',
      },
      check: host => assert.equal(readFileSync(host.see('/srv/a'), 'utf8'), 'old\n'),
    }),
  ],
};
