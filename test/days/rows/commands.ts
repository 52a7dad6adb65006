// Bad days of the commands that a task runs: those that print too much, never end, want to be told something, or leave something behind.
import assert from 'node:assert/strict';
import type { DayTable } from '../support/day.ts';
import { startHost, type HostApart } from '../support/host-apart.ts';
import { onHost } from '../support/on-host.ts';

/** Runs a script as a task, and one task behind it. */
const run = (script: string, more = ''): string => `- hosts: all
  tasks:
    - name: script
      command: {argv: [sh, -c, '${script.replaceAll("'", "''")}'], touches: []${more}}
      register: script
    - {name: what it did, debug: {msg: "{{ script.status }} {{ length script.stdout_lines }} lines"}}
`;

/** Processes of the host whose words hold a mark, by their numbers. */
const marked = (mark: string): string =>
  `for p in /proc/[0-9]*; do tr '\\0' ' ' <$p/cmdline 2>/dev/null | grep -q '^sleep ${mark}' && echo \${p#/proc/}; done; :`;
const isAlone = (mark: string) => (host: HostApart) => assert.equal(host.sh(marked(mark)), '', 'its processes are ended');

export const TABLE: DayTable = {
  title: 'Commands',
  days: [
    onHost({
      name: 'a command prints 8 MB',
      prepare: project => startHost(project),
      playbook: run('yes 0123456789abcde | head -n 500000; yes 0123456789abcde | head -n 500000 >&2'),
      expect: { exitCode: 0, message: '0 500000 lines', left: 'all it printed is known to the tasks behind it' },
      check: () => undefined,
    }),
    onHost({
      name: 'a command never ends',
      prepare: project => startHost(project),
      playbook: run('echo on my way; sleep 4301.7 & sleep 4301.7', ', timeout: 2'),
      expect: { exitCode: 2, message: 'still running after 2 s, ended: on my way', left: 'none of its processes' },
      check: isAlone('4301.7'),
    }),
    onHost({
      name: 'a command never ends and will not be asked to',
      prepare: project => startHost(project),
      playbook: run(
        'trap "" TERM HUP INT; (trap "" TERM; while :; do sleep 4302.7; done) & while :; do sleep 4302.7; done',
        ', timeout: 2',
      ),
      expect: { exitCode: 2, message: 'still running after 2 s, ended', left: 'none of its processes' },
      check: isAlone('4302.7'),
    }),
    onHost({
      name: 'a command reads standard input that nobody gives',
      prepare: project => startHost(project),
      playbook: run('cat; read -r line; echo "end: $?"'),
      expect: { exitCode: 0, message: '0 1 lines', left: 'it found the end at once' },
      check: () => undefined,
    }),
    onHost({
      name: 'a command asks the terminal',
      prepare: project => startHost(project),
      playbook: run('read -r word </dev/tty'),
      expect: { exitCode: 2, message: 'cannot open /dev/tty', left: 'nothing waits' },
      check: () => undefined,
    }),
    onHost({
      name: 'a command leaves a daemon with our descriptors open',
      prepare: project => startHost(project),
      playbook: run('sleep 4303.7 & echo started'),
      expect: { exitCode: 0, message: '0 1 lines', left: 'the daemon, alive' },
      check: host => {
        assert.match(host.sh(marked('4303.7')), /^\d+\n$/);
        host.sh(`kill $(${marked('4303.7')})`);
      },
    }),
    onHost({
      name: 'a command leaves a daemon that goes on printing',
      prepare: project => startHost(project),
      playbook: run('(while echo noise; do sleep 0.01; done & echo $! >/srv/daemon); echo started'),
      expect: { exitCode: 0, message: '0 … lines', left: 'the daemon, alive' },
      check: host => assert.ok(host.holds('kill -0 $(cat /srv/daemon)')),
    }),
    onHost({
      name: 'a command prints what is no text',
      prepare: project => startHost(project),
      playbook: run('printf "\\\\377\\\\000\\\\033[31m\\\\n"; exit 3'),
      expect: { exitCode: 2, message: 'run: the command ended with status 3', left: 'nothing' },
      check: () => undefined,
    }),
    onHost({
      name: 'a command kills the shell that runs commands',
      prepare: project => startHost(project),
      playbook: run('kill -9 $PPID'),
      expect: {
        exitCode: 4,
        message: 'n1: the shell ended with … while a frame was under way',
        left: 'what the command has done; the folder of the session, in memory and for its user alone',
      },
      check: host => {
        assert.equal(host.sh('stat -c %a /dev/shm/.tsplay-*'), '700\n');
        host.sh('rm -r /dev/shm/.tsplay-*');
      },
    }),
  ],
};
