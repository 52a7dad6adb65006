// Bad days of what stands at a path: links where files should be, and what files have beside owner and mode.
import assert from 'node:assert/strict';
import { lstatSync, readFileSync, readlinkSync } from 'node:fs';
import type { DayTable } from '../support/day.ts';
import { lacksTool } from '../support/lacks.ts';
import { startHost, type HostApart } from '../support/host-apart.ts';
import { onHost } from '../support/on-host.ts';

/** Writes `/srv/d/app.conf`, with words more. */
const copy = (more = ''): string => `- hosts: all
  tasks:
    - {name: settings, file.copy: {content: "new\\n", dest: /srv/d/app.conf${more}}}
`;

const OLD = 'mkdir /srv/d; echo old >/srv/d/app.conf; chmod 0640 /srv/d/app.conf';

const read = (host: HostApart, path: string): string => readFileSync(host.see(path), 'utf8');
const acl = (host: HostApart, path: string): string => host.sh(`getfacl -cp ${path}`);
const label = (host: HostApart): string => host.sh('getfattr --only-values -n security.selinux /srv/d/app.conf');

export const TABLE: DayTable = {
  title: 'What stands at a path',
  days: [
    onHost({
      name: 'the file has an ACL',
      lacks: () => lacksTool('setfacl'),
      prepare: project =>
        startHost(project, `${OLD}; setfacl -m u:nobody:rw,g:daemon:r /srv/d/app.conf; cp -p /srv/d/app.conf /srv/as-it-was`),
      playbook: copy(),
      expect: { exitCode: 0, message: 'changed=1', left: 'the new file, with the same ACL, owner and mode' },
      check: host => {
        assert.equal(read(host, '/srv/d/app.conf'), 'new\n');
        assert.match(acl(host, '/srv/as-it-was'), /^user:nobody:rw-$/m);
        assert.equal(acl(host, '/srv/d/app.conf'), acl(host, '/srv/as-it-was'));
      },
    }),
    onHost({
      name: 'the file has an ACL, and is to get a mode',
      lacks: () => lacksTool('setfacl'),
      prepare: project => startHost(project, `${OLD}; setfacl -m u:nobody:rw /srv/d/app.conf`),
      playbook: copy(', mode: "0600"'),
      expect: { exitCode: 0, message: 'changed=1', left: 'the new file, with the ACL, and nobody of it can read more than the mode says' },
      check: host => assert.match(acl(host, '/srv/d/app.conf'), /^user:nobody:rw-\s+#effective:---\n[^]*^mask::---$/m),
    }),
    onHost({
      name: 'the file has a label of SELinux',
      lacks: () => lacksTool('setfattr'),
      prepare: project => startHost(project, `${OLD}; setfattr -n security.selinux -v system_u:object_r:net_conf_t:s0 /srv/d/app.conf`),
      playbook: copy(),
      expect: { exitCode: 0, message: 'changed=1', left: 'the new file, with the same label' },
      check: host => {
        assert.equal(read(host, '/srv/d/app.conf'), 'new\n');
        assert.equal(label(host), 'system_u:object_r:net_conf_t:s0');
      },
    }),
    onHost({
      name: 'the file has an ACL, and the host has no cp that knows of it',
      lacks: () => lacksTool('setfacl') ?? lacksTool('busybox'),
      prepare: project =>
        startHost(
          project,
          `${OLD}; setfacl -m u:nobody:rw,g:daemon:r /srv/d/app.conf; cp -p /srv/d/app.conf /srv/as-it-was
printf '#!/bin/sh\\nexec busybox cp "$@"\\n' >/srv/cp; chmod 755 /srv/cp; mount --bind /srv/cp /bin/cp`,
        ),
      playbook: copy(),
      expect: { exitCode: 0, message: 'changed=1', left: 'the new file, with the same ACL, owner and mode' },
      check: host => assert.equal(acl(host, '/srv/d/app.conf'), acl(host, '/srv/as-it-was')),
    }),
    onHost({
      name: 'a link stands where the file should be',
      prepare: project => startHost(project, 'mkdir /srv/d; echo old >/srv/real; ln -s ../real /srv/d/app.conf'),
      playbook: copy(),
      expect: {
        exitCode: 2,
        message: '/srv/d/app.conf is a link to ../real; name the file it leads to, or say replace_link: true',
        left: 'the link, and what it leads to',
      },
      check: host => {
        assert.equal(readlinkSync(host.see('/srv/d/app.conf')), '../real');
        assert.equal(read(host, '/srv/real'), 'old\n');
      },
    }),
    onHost({
      name: 'a link stands where the file should be, and is to give way',
      prepare: project => startHost(project, 'mkdir /srv/d; echo old >/srv/real; ln -s ../real /srv/d/app.conf'),
      playbook: copy(', replace_link: true'),
      expect: { exitCode: 0, message: 'changed=1', left: 'the new file in the place of the link; what it led to is as it was' },
      check: host => {
        assert.ok(lstatSync(host.see('/srv/d/app.conf')).isFile());
        assert.equal(read(host, '/srv/d/app.conf'), 'new\n');
        assert.equal(read(host, '/srv/real'), 'old\n');
      },
    }),
    onHost({
      name: 'a link to nothing stands where the file should be',
      prepare: project => startHost(project, 'mkdir /srv/d; ln -s gone /srv/d/app.conf'),
      playbook: copy(),
      expect: {
        exitCode: 2,
        message: '/srv/d/app.conf is a link to gone; name the file it leads to, or say replace_link: true',
        left: 'the link; nothing was made where it leads',
      },
      check: host => assert.ok(!host.holds('ls /srv/d/gone')),
    }),
    onHost({
      name: 'the directory is reached through a link',
      prepare: project => startHost(project, 'mkdir /srv/real; ln -s real /srv/d'),
      playbook: copy(),
      expect: { exitCode: 0, message: 'changed=1', left: 'the new file where the link leads; the link stays' },
      check: host => {
        assert.equal(read(host, '/srv/real/app.conf'), 'new\n');
        assert.equal(host.sh('readlink /srv/d'), 'real\n');
      },
    }),
    onHost({
      name: 'a directory stands where the file should be',
      prepare: project => startHost(project, 'mkdir -p /srv/d/app.conf'),
      playbook: copy(),
      expect: {
        exitCode: 2,
        message: '/srv/d/app.conf is a directory, not a file; name the file in it, or remove it first, with file.absent',
        left: 'the directory',
      },
      check: host => assert.ok(host.holds('rmdir /srv/d/app.conf')),
    }),
    onHost({
      name: 'a pipe stands where the file should be',
      prepare: project => startHost(project, 'mkdir /srv/d; mkfifo /srv/d/app.conf'),
      playbook: copy(),
      expect: {
        exitCode: 2,
        message: '/srv/d/app.conf is a device, pipe or socket, not a file; remove it first, with file.absent',
        left: 'the pipe, which nobody waited at',
      },
      check: host => assert.ok(host.holds('[ -p /srv/d/app.conf ]')),
    }),
  ],
};
