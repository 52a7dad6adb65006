// Tasks that build on each other: the check on a fresh host has to know what the earlier ones will have made.
import type { Sequence } from './types.ts';

const SERVICE = '[Service]\\nUser=app\\nExecStart=/bin/sleep infinity\\n\\n[Install]\\nWantedBy=multi-user.target\\n';
/** What a command makes is there; what it is, nobody can tell before. */
const MADE = /^depends on task \d+ "|^what \S+ is shows once the command has made it$/;

export const SEQUENCES: readonly Sequence[] = [
  {
    does: 'a service from nothing: group, user, directory, files, links, unit, drop-in, socket, service, port, handlers',
    play: `
tasks:
  - name: the group
    group: { name: app, system: true }
  - name: the user
    user: { name: app, system: true, group: app, home: /srv/app }
  - name: the directory
    file.directory: { path: /srv/app/conf, parents: true, owner: app, group: app, mode: "0750" }
  - name: the configuration
    file.template: { src: greeting.hbs, dest: /srv/app/conf/app.conf, owner: app, group: app, mode: "0640" }
    notify: restart the app
  - name: a line it has
    file.line: { path: /srv/app/conf/app.conf, match: "^heap", line: heap = 128 }
  - name: the environment
    file.copy: { content: "A=1\\nB=2\\n", dest: /srv/app/conf/environment, owner: app }
  - name: a line more
    file.line: { path: /srv/app/conf/lines, line: c = 3, create: true, owner: app, group: app, mode: "0600" }
    notify: restart the app
  - name: another line
    file.line: { path: /srv/app/conf/lines, line: b = 2, before: "^c" }
  - name: a link to it
    file.link: { path: /srv/app/app.conf, target: conf/app.conf, owner: app, group: app }
  - name: the unit
    systemd.unit: { name: app, content: "${SERVICE}" }
    notify: restart the app
  - name: the limits
    systemd.unit: { name: app, drop_in: limits.conf, content: "[Service]\\nLimitNOFILE=5000\\n" }
    notify: restart the app
  - name: the socket
    systemd.unit: { name: app.socket, content: "[Socket]\\nListenStream=7312\\n" }
  - name: the socket is open
    systemd.service: { name: app.socket, state: started, ports: [7312] }
  - name: the app runs
    systemd.service: { name: app, state: started, enabled: true }
    register: service
  - name: it listens
    wait.port: { port: 7312, timeout: 5 }
  - name: it was started
    assert: { that: [service.active == "active", service.enabled == "enabled"] }
  - name: it is told
    debug: { msg: "{{ service.name }} is {{ service.active }} and {{ service.enabled }}" }
handlers:
  - name: restart the app
    systemd.service: { name: app, state: restarted }
    notify: note the restart
  - name: note the restart
    command: { argv: [sh, -c, "echo restarted >> /srv/app/restarts"], touches: [/srv/app/restarts] }
  - name: nobody calls
    command: { cmd: touch /srv/app/nobody, touches: [] }`,
    still: ['a line it has', 'it listens', 'it was started', 'it is told'],
    look: "cat /srv/app/app.conf /srv/app/conf/lines; stat -c '%U:%G %a' /srv/app /srv/app/conf /srv/app/conf/app.conf /srv/app/conf/lines; systemctl show -P ActiveState -P UnitFileState -P LimitNOFILE -P User app; uniq /srv/app/restarts; ls /srv/app",
    shows:
      'hello sequences\nheap = 128\nb = 2\nc = 3\nroot:root 755\napp:app 750\napp:app 640\napp:app 600\n5000\napp\nactive\nenabled\nrestarted\napp.conf\nconf\nrestarts',
    breaks: [
      {
        what: 'the configuration is edited: handlers run',
        by: "sed -i 's/128/129/' /srv/app/conf/app.conf; chown app:app /srv/app/conf/app.conf",
        noticed: ['the configuration', 'restart the app', 'note the restart'],
      },
      {
        what: 'the directory is gone with all in it',
        by: 'rm -r /srv/app',
        noticed: [
          'the directory',
          'the configuration',
          'the environment',
          'a line more',
          'another line',
          'a link to it',
          'restart the app',
          'note the restart',
        ],
      },
      {
        what: 'the account is gone with its service',
        by: 'systemctl stop app app.socket 2>/dev/null; userdel app',
        noticed: ['the group', 'the user', 'the socket is open', 'the app runs'],
      },
    ],
  },
  {
    does: 'a package, a configuration for what it brings, and its service',
    play: `
tasks:
  - name: the package
    package: { name: rsync }
  - name: the configuration
    file.copy: { content: "port = 7873\\n[data]\\npath = /srv\\n", dest: /etc/rsyncd.conf, validate: "rsync --daemon --config=%s --no-detach --help" }
    notify: restart rsync
  - name: a limit
    systemd.unit: { name: rsync, drop_in: limits.conf, content: "[Service]\\nLimitNOFILE=5001\\n" }
    notify: restart rsync
  - name: the service
    systemd.service: { name: rsync, state: started, enabled: true, ports: [7873] }
  - name: it listens
    wait.port: { port: 7873, timeout: 20 }
  - name: a package of no table
    package: { name: hello }
    provides: { files: [/usr/bin/hello], directories: [/usr/share/doc/hello] }
  - name: a link to its program
    file.link: { path: /usr/local/bin/greet, target: /usr/bin/hello }
  - name: a note beside its documents
    file.copy: { content: "see greet\\n", dest: /usr/share/doc/hello/note }
  - name: its program runs
    command: { argv: [sh, -c, "greet > /srv/greeting"], creates: /srv/greeting, touches: [] }
handlers:
  - name: restart rsync
    systemd.service: { name: rsync, state: restarted, ports: [7873] }`,
    still: ['it listens'],
    look: 'rsync --port=7873 localhost::; cat /srv/greeting /usr/share/doc/hello/note; systemctl show -P LimitNOFILE rsync',
    shows: 'data           \t\nHello, world!\nsee greet\n5001',
    breaks: [
      { what: 'the service is stopped', by: 'systemctl stop rsync', noticed: ['the service'] },
      {
        what: 'the package is gone',
        by: 'dpkg --purge rsync hello',
        noticed: ['the package', 'the service', 'a package of no table'],
      },
    ],
  },
  {
    does: 'an archive, a link into it, a file into it, a command that leaves something in it',
    play: `
tasks:
  - name: the directory
    file.directory: { path: /opt/tree }
  - name: the archive
    archive.unpack: { src: "{{ tree }}", checksum: "{{ tree_checksum }}", dest: /opt/tree, leave: [tree/conf] }
    register: unpacked
  - name: the current one
    file.link: { path: /opt/current, target: "{{ unpacked.paths.[0] }}" }
  - name: its configuration
    file.copy: { content: "port = 2\\n", dest: "{{ unpacked.paths.[0] }}/conf/tree.conf" }
  - name: a line in it
    file.line: { path: /opt/tree/tree/conf/tree.conf, line: port = 2 }
  - name: a directory in it
    file.directory: { path: /opt/tree/tree/conf/more.d }
  - name: what it makes
    command: { argv: [sh, -c, "/opt/current/current > /opt/current/conf/made"], creates: /opt/tree/tree/conf/made, touches: [] }
  - name: it is not made twice
    command: { cmd: touch /opt/tree/tree/conf/made, creates: /opt/tree/tree/conf/made }
  - name: not with it
    file.absent: { path: /opt/tree/tree/nothing }`,
    still: ['a line in it', 'it is not made twice', 'not with it'],
    unknown: { 'it is not made twice': MADE },
    look: 'cat /opt/current/conf/tree.conf /opt/current/conf/made; ls /opt/current/conf',
    shows: 'port = 2\nrun\nmade\nmore.d\ntree.conf',
    breaks: [
      {
        what: 'the tree is gone',
        by: 'rm -r /opt/tree/tree',
        noticed: ['the archive', 'its configuration', 'a directory in it', 'what it makes'],
      },
      {
        what: 'all of it is gone',
        by: 'rm -r /opt/tree',
        noticed: ['the directory', 'the archive', 'its configuration', 'a directory in it', 'what it makes'],
      },
      { what: 'what was made is gone', by: 'rm /opt/current/conf/made', noticed: ['what it makes'] },
    ],
  },
  {
    does: 'output of a command: unknown in the check, used by what follows in the run',
    play: `
tasks:
  - name: ask
    command: { argv: [sh, -c, "echo one; echo two; echo oops >&2"], touches: [] }
    register: answer
  - name: say it
    debug: { msg: "{{ answer.stdout_lines.[1] }} {{ answer.status }} {{ answer.stderr }}" }
  - name: where it says so
    assert: { that: ['answer.stdout == "one\\ntwo\\n"', answer.changed] }`,
    still: ['say it', 'where it says so'],
    unknown: { 'say it': /^depends on task 1 "ask"/, 'where it says so': /^depends on task 1 "ask"/ },
    always: ['ask'],
    look: 'echo',
    shows: '',
    breaks: [],
  },
  {
    does: 'an unprivileged user at work in a directory of its own',
    play: `
tasks:
  - name: the directory
    file.directory: { path: /srv/nobody, owner: nobody, group: nogroup, mode: "0700" }
  - name: a directory in it
    file.directory: { path: /srv/nobody/deep, mode: "0711" }
    become_user: nobody
  - name: a file in it
    file.copy: { src: blob.bin, dest: /srv/nobody/deep/blob }
    become_user: nobody
  - name: a small file in it
    file.template: { src: greeting.hbs, dest: /srv/nobody/deep/greeting, mode: "0600" }
    become_user: nobody
  - name: a line in it
    file.line: { path: /srv/nobody/lines, line: one, create: true }
    become_user: nobody
  - name: a link in it
    file.link: { path: /srv/nobody/link, target: deep }
    become_user: nobody
  - name: an archive in it
    archive.unpack: { src: "{{ pack }}", dest: /srv/nobody/deep }
    become_user: nobody
  - name: a command in it
    command: { argv: [sh, -c, "id -un > me"], chdir: /srv/nobody, creates: /srv/nobody/me, touches: [] }
    become_user: nobody
  - name: what root finds in it
    file.copy: { content: "nobody\\n", dest: /srv/nobody/me }
  - name: a port
    wait.port: { port: 22, timeout: 5 }
    become_user: nobody`,
    still: ['what root finds in it', 'a port'],
    unknown: { 'what root finds in it': MADE },
    look: "cd /srv/nobody; cat link/greeting lines me; find . -printf '%u:%g\\n' | sort -u; stat -c '%a' deep deep/greeting deep/blob deep/pack-1.0/run.sh",
    shows: 'hello sequences\nheap = 128\none\nnobody\nnobody:nogroup\n711\n600\n644\n755',
    breaks: [
      {
        what: 'the directory is gone',
        by: 'rm -r /srv/nobody',
        noticed: [
          'the directory',
          'a directory in it',
          'a file in it',
          'a small file in it',
          'a line in it',
          'a link in it',
          'an archive in it',
          'a command in it',
        ],
      },
      { what: 'one file', by: 'echo x >> /srv/nobody/deep/blob', noticed: ['a file in it'] },
    ],
  },
  {
    does: 'a user that is made, and at work at once',
    play: `
tasks:
  - name: the user
    user: { name: bob, shell: /bin/bash }
  - name: a file at home
    file.copy: { content: "alias l=ls\\n", dest: /home/bob/.bash_aliases }
    become_user: bob
  - name: a directory at home
    file.directory: { path: /home/bob/bin }
    become_user: bob
  - name: a script at home
    file.copy: { content: "#!/bin/sh\\nid -un\\n", dest: /home/bob/bin/me, mode: "0755" }
    become_user: bob
  - name: it runs
    command: { argv: [sh, -c, "~/bin/me > ~/me"], creates: /home/bob/me, touches: [] }
    become_user: bob`,
    still: [],
    look: "cat /home/bob/me; stat -c '%U:%G %a' /home/bob/bin/me",
    shows: 'bob\nbob:bob 755',
    breaks: [],
  },
];
