// Kernel parameters, the hosts file and commands on a real host.
import type { MendingCase } from './types.ts';

const TTL = 'net.ipv4.ip_default_ttl';

export const HOST_CASES: readonly MendingCase[] = [
  {
    module: 'sysctl',
    does: 'keeps parameters now and after the next start',
    tasks: `
- name: the hops
  sysctl: { name: ${TTL}, value: 70 }
- name: the ports
  sysctl: { name: net/ipv4/ip_local_port_range, value: "20000  60999", file: /etc/sysctl.d/70-ports.conf }`,
    foretold: [
      'the hops | value | "70"',
      'the hops | persisted | "70"',
      'the ports | value | "20000 60999"',
      'the ports | persisted | "20000 60999"',
    ],
    leaves: ['/etc/sysctl.d/60-tsplay.conf', '/etc/sysctl.d/70-ports.conf'],
    look: 'cat /proc/sys/net/ipv4/ip_default_ttl /proc/sys/net/ipv4/ip_local_port_range /etc/sysctl.d/60-tsplay.conf /etc/sysctl.d/70-ports.conf',
    shows: `70\n20000\t60999\n${TTL} = 70\nnet.ipv4.ip_local_port_range = 20000 60999`,
    breaks: [
      { what: 'another value', by: 'echo 64 > /proc/sys/net/ipv4/ip_default_ttl', noticed: ['the hops | value | "70"'] },
      { what: 'another value in the file', by: "sed -i 's/70/64/' /etc/sysctl.d/60-tsplay.conf", noticed: ['the hops | persisted | "70"'] },
      { what: 'a second line', by: `echo '${TTL}=64' >> /etc/sysctl.d/60-tsplay.conf`, noticed: ['the hops | persisted | "70"'] },
      { what: 'the file is gone', by: 'rm /etc/sysctl.d/70-ports.conf', noticed: ['the ports | persisted | "20000 60999"'] },
      {
        what: 'both',
        by: 'echo "32768 60999" > /proc/sys/net/ipv4/ip_local_port_range; : > /etc/sysctl.d/70-ports.conf',
        noticed: ['the ports | persisted | "20000 60999"', 'the ports | value | "20000 60999"'],
      },
      {
        what: 'another spelling of the same',
        by: 'echo "net/ipv4/ip_local_port_range=20000\t60999" > /etc/sysctl.d/70-ports.conf; sysctl -qp /etc/sysctl.d/70-ports.conf',
        noticed: [],
      },
    ],
  },
  {
    module: 'sysctl',
    does: 'leaves what the host does not let be set to its next start, when told to',
    tasks: `
- name: the maps
  sysctl: { name: vm.max_map_count, value: 262145, file: /etc/sysctl.d/71-maps.conf, ignore_missing: true }
- name: none of this kernel
  sysctl: { name: kernel.no_such_thing, value: 1, file: /etc/sysctl.d/71-maps.conf, ignore_missing: true }`,
    foretold: ['the maps | persisted | "262145"', 'none of this kernel | persisted | "1"'],
    leaves: ['/etc/sysctl.d/71-maps.conf'],
    look: 'cat /etc/sysctl.d/71-maps.conf',
    shows: 'vm.max_map_count = 262145\nkernel.no_such_thing = 1',
    breaks: [
      { what: 'another value', by: 'sed -i s/262145/65530/ /etc/sysctl.d/71-maps.conf', noticed: ['the maps | persisted | "262145"'] },
    ],
  },
  {
    module: 'hosts.entries',
    does: 'keeps names and addresses, and other lines as they are',
    prepare: "echo '192.0.2.9 other kafka1 # by hand' >> /etc/hosts",
    tasks: `
- name: the brokers
  hosts.entries:
    entries:
      - { address: 192.0.2.1, names: [kafka1.example, kafka1] }
      - { address: 192.0.2.2, names: [kafka2] }
      - { address: "2001:db8::2", names: [kafka2] }`,
    foretold: ['the brokers | entries | ["kafka1.example 192.0.2.1","kafka1 192.0.2.1","kafka2 192.0.2.2 2001:db8::2"]'],
    leaves: ['/etc/hosts'],
    look: "grep -v -e localhost -e modules /etc/hosts | sort; getent ahostsv4 kafka1 | head -n1 | cut -d' ' -f1",
    shows: '192.0.2.1\tkafka1.example kafka1\n192.0.2.2\tkafka2\n192.0.2.9\tother # by hand\n2001:db8::2\tkafka2\n192.0.2.1',
    breaks: [
      {
        what: 'lines are gone',
        by: 'grep -v kafka2 /etc/hosts > /run/hosts; cat /run/hosts > /etc/hosts',
        noticed: ['the brokers | entries | *'],
      },
      {
        what: 'a name has another address',
        by: "sed -i 's/^192.0.2.1\\t/192.0.2.7\\t/' /etc/hosts",
        noticed: ['the brokers | entries | *'],
      },
      { what: 'a name has an address more', by: "echo '192.0.2.8 kafka2' >> /etc/hosts", noticed: ['the brokers | entries | *'] },
      { what: 'an address of the other family more', by: "echo '2001:db8::1 kafka1' >> /etc/hosts", noticed: [] },
    ],
  },
  {
    module: 'command',
    does: 'makes what is not there',
    prepare: 'mkdir -p /srv/command',
    tasks: `
- name: make it
  command:
    argv: [sh, -c, 'printf "%s %s %s" "$1" "$WORD" "$(cat)" > made', sh, "two  words; \\"$(id)\\""]
    chdir: /srv/command
    environment: { WORD: "it's" }
    stdin: from stdin
    creates: /srv/command/made
    touches: []`,
    foretold: ['make it | run | *'],
    leaves: ['/srv/command/made'],
    look: 'cat /srv/command/made',
    shows: `two  words; "$(id)" it's from stdin`,
    breaks: [
      { what: 'it is gone', by: 'rm /srv/command/made', noticed: ['make it | run | *'] },
      { what: 'it is another', by: 'echo other > /srv/command/made', noticed: [] },
    ],
  },
  {
    module: 'command',
    does: 'takes away what is there',
    prepare: 'mkdir -p /srv/removes/it',
    tasks: `
- name: take it away
  command: { cmd: "rmdir /srv/removes/it", removes: /srv/removes/it/ }`,
    foretold: ['take it away | run | "rmdir /srv/removes/it"'],
    leaves: ['/srv/removes/it'],
    look: 'ls /srv/removes',
    shows: '',
    breaks: [{ what: 'it is back', by: 'mkdir /srv/removes/it', noticed: ['take it away | run | "rmdir /srv/removes/it"'] }],
  },
  {
    module: 'command',
    does: 'runs unless a look says that there is no need',
    prepare: 'mkdir -p /srv/unless',
    tasks: `
- name: switch it on
  command: { argv: [sh, -c, "echo on > /srv/unless/switch"], unless: "grep -qx on /srv/unless/switch", touches: [/srv/unless/switch] }`,
    foretold: ['switch it on | run | *'],
    leaves: ['/srv/unless/switch'],
    look: 'cat /srv/unless/switch',
    shows: 'on',
    breaks: [{ what: 'it is off', by: 'echo off > /srv/unless/switch', noticed: ['switch it on | run | *'] }],
  },
  {
    module: 'command',
    does: 'runs only if a look says so',
    prepare: 'mkdir -p /srv/only-if; touch /srv/only-if/flag',
    tasks: `
- name: use it
  command: { cmd: mv flag used, chdir: /srv/only-if, only_if: [test, -e, flag], touches: [/srv/only-if] }`,
    foretold: ['use it | run | "mv flag used"'],
    leaves: ['/srv/only-if/flag', '/srv/only-if/used'],
    look: 'ls /srv/only-if',
    shows: 'used',
    breaks: [{ what: 'the flag is back', by: 'touch /srv/only-if/flag', noticed: ['use it | run | "mv flag used"'] }],
  },
  {
    module: 'command',
    does: 'runs always when nothing is said, and other statuses may be success',
    prepare: 'mkdir -p /srv/always',
    tasks: `
- name: add a line
  command: { argv: [sh, -c, "echo line >> /srv/always/log; exit 3"], touches: [/srv/always/log], ok_statuses: [0, 3] }`,
    foretold: ['add a line | run | *'],
    leaves: ['/srv/always/log'],
    look: 'uniq /srv/always/log',
    shows: 'line',
    always: true,
    breaks: [],
  },
];
