// Bad days of the places where a host keeps what passes by: /tmp, /dev/shm, /run.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Day, DayTable } from '../support/day.ts';
import { lacksHosts, startHost, type HostApart } from '../support/host-apart.ts';

const COPY = `- hosts: all
  tasks:
    - {name: a file, file.copy: {dest: /srv/a, content: "new\\n"}}
    - {name: a command, command: {argv: [sh, -c, "echo said"], touches: []}, register: words}
    - {name: what it said, debug: {msg: "it {{ words.stdout }}"}}
`;

const row = (day: Day<HostApart>): Day => ({ lacks: lacksHosts, ...day });

export const TABLE: DayTable = {
  title: 'Temporary places',
  days: [
    row({
      name: '`/tmp`, `/var/tmp` and `/dev/shm` are mounted `noexec`',
      prepare: project => startHost(project, 'for at in /tmp /var/tmp /dev/shm /run; do mount -o remount,noexec $at; done'),
      playbook: COPY,
      expect: { exitCode: 0, message: 'it said', left: 'all as described' },
      check: host => assert.equal(readFileSync(host.see('/srv/a'), 'utf8'), 'new\n'),
    }),
  ],
};
