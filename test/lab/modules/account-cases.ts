// Users and groups on a real host.
import type { MendingCase } from './types.ts';

const ACCOUNTS = /^\/etc\/(passwd|shadow|group|gshadow|subuid|subgid)-?$/;

/** A crypt hash: it must not show anywhere. */
export const HASH = '$6$tsplay$U0iZCmrOPoGeMfZ8mYBIaUmvKBr8Ow2jqfVHFEOlmTYbVBh2nSUo1kNGdLyzHvBNEO2Q1o1cGX7ZyBqfKKJsJ1';

export const ACCOUNT_CASES: readonly MendingCase[] = [
  {
    module: 'group',
    does: 'keeps a group with an id',
    tasks: `
- name: the group
  group: { name: crew, gid: 1888 }`,
    foretold: ['the group | state | "present"'],
    leaves: [ACCOUNTS],
    look: 'getent group crew',
    shows: 'crew:x:1888:',
    breaks: [
      { what: 'another id', by: 'groupmod -g 1889 crew', noticed: ['the group | gid | 1888'] },
      { what: 'it is gone', by: 'groupdel crew', noticed: ['the group | state | "present"'] },
    ],
  },
  {
    module: 'group',
    does: 'keeps a group away',
    prepare: 'groupadd gang',
    tasks: `
- name: no group
  group: { name: gang, state: absent }`,
    foretold: ['no group | state | "absent"'],
    leaves: [ACCOUNTS],
    look: 'getent group gang || echo gone',
    shows: 'gone',
    breaks: [{ what: 'it is back', by: 'groupadd gang', noticed: ['no group | state | "absent"'] }],
  },
  {
    module: 'user',
    does: 'keeps a person with groups, a shell and a password',
    tasks: `
- name: the person
  user: { name: ann, uid: 1777, groups: [games, adm], shell: /bin/bash, comment: Ann Ödegård, password: "${HASH}" }`,
    foretold: ['the person | password | "***"', 'the person | state | "present"'],
    leaves: [ACCOUNTS, /^\/home\/ann(\/|$)/],
    look: `getent passwd ann; id -Gn ann; getent shadow ann | cut -d: -f2; stat -c '%U:%G %a' /home/ann`,
    shows: `ann:x:1777:1777:Ann Ödegård:/home/ann:/bin/bash\nann adm games\n${HASH}\nann:ann 750`,
    breaks: [
      { what: 'another shell', by: 'usermod -s /bin/sh ann', noticed: ['the person | shell | "/bin/bash"'] },
      { what: 'another name', by: "usermod -c 'Someone Else' ann", noticed: ['the person | comment | "Ann Ödegård"'] },
      { what: 'a group less', by: 'gpasswd -d ann games >/dev/null', noticed: ['the person | groups | ["adm","games"]'] },
      { what: 'a group more', by: 'usermod -aG audio ann', noticed: ['the person | groups | ["adm","games"]'] },
      { what: 'another id', by: 'usermod -u 1778 ann', noticed: ['the person | uid | 1777'] },
      { what: 'the password is locked', by: 'usermod -L ann', noticed: ['the person | password | "***"'] },
      {
        what: 'the user is gone',
        by: 'userdel -r ann 2>/dev/null',
        noticed: ['the person | password | "***"', 'the person | state | "present"'],
      },
    ],
  },
  {
    module: 'user',
    does: 'keeps a user for a service, with a group that is there',
    prepare: 'groupadd --system workers',
    tasks: `
- name: the service user
  user: { name: worker, system: true, group: workers, home: /var/lib/worker }`,
    foretold: ['the service user | state | "present"'],
    leaves: [ACCOUNTS],
    look: 'getent passwd worker | cut -d: -f6,7; id -gn worker; test $(id -u worker) -lt 1000 && echo system; test -e /var/lib/worker || echo no home',
    shows: '/var/lib/worker:/usr/sbin/nologin\nworkers\nsystem\nno home',
    breaks: [
      { what: 'another group', by: 'usermod -g daemon worker', noticed: ['the service user | group | "workers"'] },
      { what: 'another home', by: 'usermod -d /nowhere worker', noticed: ['the service user | home | "/var/lib/worker"'] },
      { what: 'the user is gone', by: 'userdel worker', noticed: ['the service user | state | "present"'] },
    ],
  },
  {
    module: 'user',
    does: 'keeps a user away, with the home directory',
    prepare: 'useradd -m guest',
    tasks: `
- name: no guest
  user: { name: guest, state: absent, remove: true }`,
    foretold: ['no guest | state | "absent"'],
    leaves: [ACCOUNTS, /^\/home\/guest(\/|$)/],
    look: 'getent passwd guest || getent group guest || ls -d /home/guest 2>/dev/null || echo gone',
    shows: 'gone',
    breaks: [{ what: 'the user is back', by: 'useradd -m guest', noticed: ['no guest | state | "absent"'] }],
  },
];
