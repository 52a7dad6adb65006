// Tasks that build on each other: the check on a fresh host has to know what the earlier ones will have made.
import type { Sequence } from './types.ts';

const SERVICE = '[Service]\\nUser=app\\nExecStart=/bin/sleep infinity\\n\\n[Install]\\nWantedBy=multi-user.target\\n';

export const SEQUENCES: readonly Sequence[] = [
  {
    does: 'a service from nothing: group, user, directory, template, line, link, unit, drop-in, socket, service, port, handlers',
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
  - name: one line more
    file.line: { path: /srv/app/conf/app.conf, line: more = yes, after: "^heap" }
    notify: restart the app
  - name: one line less
    file.line: { path: /srv/app/conf/app.conf, match: "^hello", state: absent }
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
    assert: { that: [service.changed || service.active == "active"] }
  - name: say it
    debug: { msg: "{{ service.name }} is {{ service.active }} and {{ service.enabled }}" }
handlers:
  - name: restart the app
    systemd.service: { name: app, state: restarted }
    notify: note the restart
  - name: note the restart
    command: { argv: [sh, -c, "echo restarted >> /srv/app/restarts"], touches: [/srv/app/restarts] }
  - name: nobody calls
    command: { cmd: touch /srv/app/nobody, touches: [] }`,
    still: ['it listens', 'it was started', 'say it'],
    look: "cat /srv/app/app.conf; stat -c '%U:%G %a' /srv/app /srv/app/conf /srv/app/conf/app.conf; systemctl show -P ActiveState -P UnitFileState -P LimitNOFILE -P User app; uniq /srv/app/restarts; ls /srv/app",
    shows: 'heap = 128\nmore = yes\nroot:root 755\napp:app 750\napp:app 640\n5000\napp\nactive\nenabled\nrestarted\napp.conf\nconf\nrestarts',
    breaks: [],
  },
];
