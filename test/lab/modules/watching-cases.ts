// The modules that change nothing, on a real host.
import type { WatchingCase } from './types.ts';

const SOCKET = '[Socket]\nListenStream=127.0.0.1:7311\n';
const SERVER = '[Service]\nExecStart=/bin/sleep infinity\n';
/** Something that listens: systemd does it for the unit, and needs no program. */
const LISTENER = `printf '${SOCKET}' > /etc/systemd/system/ear.socket; printf '${SERVER}' > /etc/systemd/system/ear.service; systemctl daemon-reload`;

export const WATCHING_CASES: readonly WatchingCase[] = [
  {
    module: 'debug',
    does: 'shows texts, values and facts of the host',
    tasks: `
- name: say it
  debug: { msg: "{{ inventory_hostname }} runs {{ facts.os.name }}, heap {{ heap }}" }`,
    says: { check: 'modules runs debian, heap 128', run: 'modules runs debian, heap 128' },
  },
  {
    module: 'set',
    does: 'sets values that later tasks use, in the check and in the run',
    tasks: `
- name: set them
  set: { words: [a, b], double: "{{ add (int heap) 2 }}" }
- name: say it
  debug: { msg: "{{ double }} {{ words.[1] }}" }`,
    says: { check: '130 b', run: '130 b' },
  },
  {
    module: 'assert',
    does: 'holds a condition against what a task saw',
    prepare: 'systemctl start systemd-networkd; mkdir -p /srv/assert',
    tasks: `
- name: look at it
  systemd.service: { name: systemd-networkd }
  register: network
- name: it runs
  assert: { that: [network.active == "active"], fail_msg: the network is down, success_msg: the network is up }`,
    says: { check: 'the network is up', run: 'the network is up' },
  },
  {
    module: 'assert',
    does: 'fails with its words',
    prepare: `printf '${SERVER}' > /etc/systemd/system/watched.service; systemctl daemon-reload; systemctl start watched`,
    tasks: `
- name: look at it
  systemd.service: { name: watched }
  register: watched
- name: it runs
  assert: { that: [watched.active == "active", size(groups.all) > 0], fail_msg: nobody watches }`,
    says: { check: undefined, run: undefined },
    broken: {
      by: 'systemctl stop watched',
      check: /^nobody watches: this does not hold: watched\.active == "active"$/,
      run: /^nobody watches: this does not hold: watched\.active == "active"$/,
    },
  },
  {
    module: 'wait.port',
    does: 'finds a port open, and gives up with words when it is not',
    prepare: `${LISTENER}; systemctl start ear.socket`,
    tasks: `
- name: it listens
  wait.port: { port: 7311, address: 127.0.0.1, timeout: 1 }`,
    says: { check: undefined, run: undefined },
    broken: {
      by: 'systemctl stop ear.socket',
      check: undefined,
      run: /^waited 1 s in vain for: something listens on port 7311 of 127\.0\.0\.1$/,
    },
  },
  {
    module: 'wait.port',
    does: 'is not content with another address',
    prepare: `${LISTENER}; systemctl start ear.socket`,
    tasks: `
- name: it is open
  wait.port: { port: 7311, timeout: 1 }
- name: it is closed elsewhere
  wait.port: { port: 7311, address: 127.0.0.2, state: closed, timeout: 1 }`,
    broken: {
      by: `sed -i 's/127.0.0.1/0.0.0.0/' /etc/systemd/system/ear.socket; systemctl daemon-reload; systemctl restart ear.socket`,
      check: undefined,
      run: /^waited 1 s in vain for: nothing listens on port 7311 of 127\.0\.0\.2 any more$/,
    },
  },
  {
    module: 'wait.port',
    does: 'waits for what comes later',
    prepare: `systemctl stop ear.socket; systemd-run -q --on-active=2 --timer-property=AccuracySec=100ms systemctl start ear.socket`,
    tasks: `
- name: it comes
  wait.port: { port: 7311, timeout: 60 }`,
    says: { check: undefined, run: undefined },
  },
  {
    module: 'wait.until',
    does: 'finds that a program succeeds, and gives up with its last words when it does not',
    prepare: 'mkdir -p /srv/wait; touch /srv/wait/ready',
    tasks: `
- name: it is ready
  wait.until: { cmd: ls /srv/wait/ready, for: the first start is over, timeout: 1, interval: 0.2 }`,
    says: { check: undefined, run: undefined },
    broken: {
      by: 'rm /srv/wait/ready',
      check: undefined,
      run: /^waited 1 s in vain for: the first start is over: ls: .*No such file or directory$/,
    },
  },
];
