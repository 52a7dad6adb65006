// The host's name, mounts, cron, sources of packages, and what packages bring by their own archives, on a real host.
import { shortDigest } from './materials.ts';
import { fetchPackage, knowPackages, makePackage, OWN_CONFIGURATION, OWN_PACKAGES } from './own-packages.ts';
import type { MendingCase, Sequence } from './types.ts';

const SCRATCH = 'tmpfs /srv/scratch tmpfs size=1m,mode=0750,nosuid 0 0';
const SHOWN = 'rw,nosuid,size=1024k';
const KEPT = '# Kept by tsplay: what is changed here by hand is put back.\n';
const BACKUP = `${KEPT}30 2 * * 1-5 daemon echo "$(date +\\%F)" >> /srv/log\n`;
const SOURCE = `${KEPT}Types: deb\nURIs: file:${OWN_PACKAGES}\nSuites: ./\nTrusted: yes\n`;
const ACCOUNTS = /^\/etc\/(passwd|shadow|group|gshadow|subuid|subgid)-?$/;
/** What the installation of a package made here leaves. */
const INSTALLED = [ACCOUNTS, /^\/usr\/(bin|lib)\//, /^\/var\/(lib|cache|log)\//, /^\/etc\/systemd\/system\//];

export const SYSTEM_CASES: readonly MendingCase[] = [
  {
    module: 'hostname',
    does: 'keeps the name now and after the next start',
    tasks: `
- name: the name
  hostname: { name: other.example }`,
    foretold: ['the name | static | "other.example"', 'the name | running | "other.example"'],
    leaves: ['/etc/hostname'],
    look: 'hostname; cat /etc/hostname',
    shows: 'other.example\nother.example',
    breaks: [
      { what: 'another name now', by: 'hostname modules', noticed: ['the name | running | "other.example"'] },
      { what: 'another name later', by: 'echo modules > /etc/hostname', noticed: ['the name | static | "other.example"'] },
      { what: 'no name later', by: 'rm /etc/hostname', noticed: ['the name | static | "other.example"'] },
    ],
  },
  {
    module: 'mount',
    does: 'keeps a file system in memory, with its line in fstab',
    prepare: "mkdir -p /srv/scratch; printf '# static\\n' > /etc/fstab",
    tasks: `
- name: scratch space
  mount: { path: /srv/scratch, src: tmpfs, fstype: tmpfs, opts: "size=1m,mode=0750,nosuid" }`,
    foretold: [`scratch space | entry | "${SCRATCH}"`, 'scratch space | state | "mounted"'],
    leaves: ['/etc/fstab'],
    look: "findmnt -n -o FSTYPE,SIZE /srv/scratch | tr -s ' '; stat -c '%U:%G %a' /srv/scratch; cat /etc/fstab",
    shows: `tmpfs 1M\nroot:root 750\n# static\n${SCRATCH}`,
    breaks: [
      { what: 'it is unmounted', by: 'umount /srv/scratch', noticed: ['scratch space | state | "mounted"'] },
      { what: 'another size', by: 'mount -o remount,size=2m /srv/scratch', noticed: [`scratch space | options | "${SHOWN}"`] },
      { what: 'another flag', by: 'mount -o remount,noexec /srv/scratch', noticed: [`scratch space | options | "${SHOWN}"`] },
      {
        what: 'something else is mounted there',
        by: 'umount /srv/scratch; mount -t ramfs none /srv/scratch',
        noticed: [`scratch space | state | "${SCRATCH}"`],
      },
      { what: 'the line is gone', by: 'sed -i /scratch/d /etc/fstab', noticed: [`scratch space | entry | "${SCRATCH}"`] },
      {
        what: 'the line says otherwise, and it is unmounted',
        by: "sed -i 's/1m/3m/' /etc/fstab; umount /srv/scratch",
        noticed: [`scratch space | entry | "${SCRATCH}"`, 'scratch space | state | "mounted"'],
      },
      {
        what: 'nobody makes the mount point',
        by: 'umount /srv/scratch; rmdir /srv/scratch',
        fails: /^the directory \/srv\/scratch does not exist; create it first, with file\.directory$/,
      },
    ],
  },
  {
    module: 'mount',
    does: 'shows a directory in a second place, read-only',
    prepare: 'mkdir -p /srv/bind/from /srv/bind/to; echo there > /srv/bind/from/file; chown daemon /srv/bind/from',
    tasks: `
- name: the second place
  mount: { path: /srv/bind/to, src: /srv/bind/from, opts: "bind,ro" }
- name: it looks the same
  file.directory: { path: /srv/bind/to, owner: daemon }`,
    foretold: ['the second place | entry | "/srv/bind/from /srv/bind/to none bind,ro 0 0"', 'the second place | state | "mounted"'],
    leaves: ['/etc/fstab'],
    look: 'cat /srv/bind/to/file; touch /srv/bind/to/file 2>/dev/null || echo read-only',
    shows: 'there\nread-only',
    breaks: [
      { what: 'it is unmounted', by: 'umount /srv/bind/to', noticed: ['the second place | state | "mounted"'] },
      { what: 'it may be written', by: 'mount -o remount,bind,rw /srv/bind/to', noticed: ['the second place | options | "ro"'] },
    ],
  },
  {
    module: 'mount',
    does: 'takes a mount and its line away',
    prepare: "mkdir -p /srv/gone; printf 'tmpfs /srv/gone tmpfs defaults 0 0\\n' >> /etc/fstab; mount /srv/gone",
    tasks: `
- name: no mount
  mount: { path: /srv/gone, state: absent }`,
    foretold: ['no mount | entry | "absent"', 'no mount | state | "unmounted"'],
    leaves: ['/etc/fstab'],
    look: 'findmnt /srv/gone || grep gone /etc/fstab || ls -d /srv/gone',
    shows: '/srv/gone',
    breaks: [
      {
        what: 'it is mounted twice',
        by: 'mount -t tmpfs a /srv/gone; mount -t tmpfs b /srv/gone',
        noticed: ['no mount | state | "unmounted"'],
      },
    ],
  },
  {
    module: 'cron',
    does: 'keeps a job',
    prepare: 'mkdir -p /etc/cron.d',
    tasks: `
- name: the job
  cron: { name: backup, minute: 30, hour: 2, weekday: 1-5, user: daemon, command: 'echo "$(date +%F)" >> /srv/log' }`,
    foretold: [`the job | content | ${shortDigest(BACKUP)}`],
    leaves: ['/etc/cron.d/backup'],
    look: "cat /etc/cron.d/backup; stat -c '%U:%G %a' /etc/cron.d/backup",
    shows: `${BACKUP}root:root 644`,
    breaks: [
      { what: 'it is edited', by: 'sed -i s/30/31/ /etc/cron.d/backup', noticed: [`the job | content | ${shortDigest(BACKUP)}`] },
      { what: 'everybody may write it', by: 'chmod 0666 /etc/cron.d/backup', noticed: ['the job | mode | "0644"'] },
      { what: 'it is gone', by: 'rm /etc/cron.d/backup', noticed: [`the job | content | ${shortDigest(BACKUP)}`] },
      {
        what: 'nobody installs cron',
        by: 'rm -r /etc/cron.d',
        fails: /^the host has no \/etc\/cron\.d; install cron first, with package$/,
      },
    ],
  },
  {
    module: 'cron',
    does: 'keeps a job away',
    prepare: 'mkdir -p /etc/cron.d; touch /etc/cron.d/old',
    tasks: `
- name: no job
  cron: { name: old, state: absent }`,
    foretold: ['no job | state | "absent"'],
    leaves: ['/etc/cron.d/old'],
    look: 'ls /etc/cron.d | grep old || echo gone',
    shows: 'gone',
    breaks: [{ what: 'it is back', by: 'touch /etc/cron.d/old', noticed: ['no job | state | "absent"'] }],
  },
  {
    module: 'package.repository',
    does: 'adds a source, and the next task installs what only it offers',
    prepare: makePackage('own-acme'),
    tasks: `
- name: the source
  package.repository: { name: own, uris: ["file:${OWN_PACKAGES}"], suites: [./], trusted: true }
- name: the package
  package: { name: own-acme, provides: { units: [own-acme.service] } }
- name: it runs
  systemd.service: { name: own-acme, state: started, enabled: true }`,
    foretold: [`the source | content | ${shortDigest(SOURCE)}`, 'the package | package own-acme | "present"'],
    leaves: ['/etc/apt/sources.list.d/own.sources', /^\/etc\/own-acme(\/|$)/, ...INSTALLED],
    look: `cat /etc/apt/sources.list.d/own.sources; dpkg-query -W -f '\${db:Status-Status} \${Version}\\n' own-acme; systemctl is-active own-acme`,
    shows: `${SOURCE}installed 1:1.0-1\nactive`,
    breaks: [
      {
        what: 'the source is edited',
        by: 'sed -i s/yes/no/ /etc/apt/sources.list.d/own.sources',
        noticed: [`the source | content | ${shortDigest(SOURCE)}`],
      },
      { what: 'the package is gone', by: 'dpkg --purge own-acme', noticed: ['the package | package own-acme | "present"'] },
      {
        what: 'source and package are gone, and the index knows it',
        by: 'rm /etc/apt/sources.list.d/own.sources; dpkg --purge own-acme; apt-get -q update >/dev/null; touch /var/lib/apt/lists',
        noticed: [`the source | content | ${shortDigest(SOURCE)}`, 'the package | package own-acme | "present"'],
      },
    ],
  },
  {
    module: 'package.repository',
    does: 'keeps a source and its key away',
    prepare: 'touch /etc/apt/sources.list.d/old.sources; mkdir -p /etc/apt/keyrings; touch /etc/apt/keyrings/old.asc',
    tasks: `
- name: no source
  package.repository: { name: old, state: absent }`,
    foretold: ['no source | state | "absent"', 'no source | key | "absent"'],
    leaves: ['/etc/apt/sources.list.d/old.sources', '/etc/apt/keyrings/old.asc'],
    look: 'ls /etc/apt/sources.list.d/old.sources /etc/apt/keyrings/old.asc 2>/dev/null || echo gone',
    shows: 'gone',
    breaks: [{ what: 'the source is back', by: 'touch /etc/apt/sources.list.d/old.sources', noticed: ['no source | state | "absent"'] }],
  },
  {
    module: 'package',
    does: 'knows what a package brings by the archive that the host has',
    prepare: [makePackage('own-beta'), knowPackages(), fetchPackage('own-beta')].join('\n'),
    tasks: `
- name: the package
  package: { name: own-beta }
- name: the configuration it brings
  file.copy: { dest: /etc/own-beta/own-beta.conf, content: ${JSON.stringify(OWN_CONFIGURATION)} }
- name: a folder it brings
  file.directory: { path: /etc/own-beta/conf.d, mode: "0750" }
- name: a file of its user in it
  file.copy: { dest: /etc/own-beta/conf.d/more.conf, content: "more\\n", owner: own-beta, group: own-beta }
- name: its service
  systemd.service: { name: own-beta, state: started, enabled: true }
- name: a link to its program
  file.link: { path: /usr/local/bin/b, target: /usr/bin/own-beta }`,
    foretold: [
      'the package | package own-beta | "present"',
      `a file of its user in it | content | ${shortDigest('more\n')}`,
      'a link to its program | target | "/usr/bin/own-beta"',
    ],
    leaves: [/^\/etc\/own-beta(\/|$)/, '/usr/local/bin/b', ...INSTALLED],
    look: "stat -c '%U:%G %a' /etc/own-beta/conf.d/more.conf; systemctl is-active own-beta; systemctl is-enabled own-beta",
    shows: 'own-beta:own-beta 644\nactive\nenabled',
    breaks: [
      { what: 'the package is gone', by: 'dpkg --purge own-beta 2>/dev/null', noticed: ['the package | package own-beta | "present"'] },
      { what: 'the service is stopped', by: 'systemctl stop own-beta', noticed: ['its service | active | "active"'] },
    ],
  },
];

export const SYSTEM_SEQUENCES: readonly Sequence[] = [
  {
    does: 'a mount over what was there, and all that is put into it',
    play: `
tasks:
  - name: the mount point
    file.directory: { path: /srv/memory, mode: "0700" }
  - name: what will be hidden
    file.copy: { dest: /srv/memory/note, content: "note\\n" }
  - name: the mount
    mount: { path: /srv/memory, src: tmpfs, fstype: tmpfs, opts: "size=64k,mode=0700" }
  - name: it stands where it was hidden
    file.copy: { dest: /srv/memory/note, content: "note\\n" }
  - name: a folder in it
    file.directory: { path: /srv/memory/folder, owner: daemon }
  - name: the name
    hostname: { name: sequences.example }
  - name: it is told
    debug: { msg: "{{ facts.net.hostname }}" }`,
    still: ['it is told'],
    look: "findmnt -n -o FSTYPE /srv/memory; stat -c '%U %a' /srv/memory /srv/memory/folder; cat /srv/memory/note; hostname",
    shows: 'tmpfs\nroot 700\ndaemon 755\nnote\nsequences.example',
    breaks: [
      {
        what: 'it is unmounted: what was hidden shows',
        by: 'umount /srv/memory',
        noticed: ['the mount', 'it stands where it was hidden', 'a folder in it'],
      },
    ],
  },
];
