// Archives and packages on a real host.
import type { MendingCase } from './types.ts';

/** What an installation leaves: the package's files and what apt and dpkg remember. */
const INSTALLED = [/^\/usr\/(bin|share)\//, /^\/var\/lib\/dpkg\//, /^\/var\/log\/dpkg\.log$/, /^\/var\/log\/apt(\/|$)/];

export const ARCHIVE_CASES: readonly MendingCase[] = [
  {
    module: 'archive.unpack',
    does: 'unpacks a tar.gz that is too large for a frame',
    prepare: 'mkdir -p /srv/archive',
    tasks: `
- name: unpack it
  archive.unpack: { src: "{{ tree }}", checksum: "{{ tree_checksum }}", dest: /srv/archive, owner: daemon, group: adm }`,
    foretold: ['unpack it | content | *'],
    leaves: [/^\/srv\/archive\/tree(\/|$)/, /^\/srv\/archive\/\.tsplay(\/|$)/],
    look: "cd /srv/archive; ls -A . .tsplay; tree/current; stat -c '%U:%G %a' tree tree/bin tree/bin/run; cat \"tree/lib/a name with 'quotes' and ünïcode\"; wc -c < tree/lib/large; cat tree/lib/small",
    shows:
      '.:\n.tsplay\ntree\n\n.tsplay:\ntree.manifest\ntree.sums\nrun\ndaemon:adm 755\ndaemon:adm 750\ndaemon:adm 755\nodd\n273068\nsmall',
    breaks: [
      { what: 'a file is gone', by: 'rm /srv/archive/tree/lib/small', noticed: ['unpack it | entries | "as packed"'] },
      { what: 'a file of the same size', by: 'echo SMALL > /srv/archive/tree/lib/small', noticed: ['unpack it | entries | "as packed"'] },
      { what: 'a file is touched', by: 'touch /srv/archive/tree/lib/large', noticed: ['unpack it | entries | "as packed"'] },
      { what: 'a mode', by: 'chmod 0755 /srv/archive/tree/bin', noticed: ['unpack it | entries | "as packed"'] },
      { what: 'an owner', by: 'chown root /srv/archive/tree/lib/large', noticed: ['unpack it | entries | "as packed"'] },
      { what: 'a link points elsewhere', by: 'ln -sf lib/small /srv/archive/tree/current', noticed: ['unpack it | entries | "as packed"'] },
      { what: 'a folder is gone', by: 'rm -r /srv/archive/tree/lib', noticed: ['unpack it | entries | "as packed"'] },
      { what: 'the whole tree is gone', by: 'rm -r /srv/archive/tree', noticed: ['unpack it | entries | "as packed"'] },
      {
        what: 'a file stands where a folder was',
        by: 'rm -r /srv/archive/tree/bin; touch /srv/archive/tree/bin',
        noticed: ['unpack it | entries | "as packed"'],
      },
      { what: 'the manifest is gone', by: 'rm /srv/archive/.tsplay/tree.manifest', noticed: ['unpack it | content | *'] },
      { what: 'a file that came later', by: 'touch /srv/archive/tree/lib/later', noticed: [] },
      {
        what: 'size and time as they were',
        by: 'cd /srv/archive/tree/lib; touch -r small /run/ref; echo SMALL > small; touch -r /run/ref small',
        noticed: [],
      },
      { what: 'and time goes on', by: 'touch /srv/archive/tree/lib/small', noticed: ['unpack it | entries | "as packed"'] },
    ],
  },
  {
    module: 'archive.unpack',
    does: 'unpacks a zip without its first folder, and leaves some of it to others',
    prepare: 'mkdir -p /srv/zip',
    tasks: `
- name: unpack it
  archive.unpack: { src: "{{ pack }}", checksum: "{{ pack_checksum }}", dest: /srv/zip, strip: 1, leave: [conf] }`,
    foretold: ['unpack it | content | *'],
    leaves: [/^\/srv\/zip\/(run\.sh|data|conf)(\/|$)/, /^\/srv\/zip\/\.tsplay(\/|$)/],
    look: "cd /srv/zip; ls -A; ./run.sh; stat -c '%U:%G %a' run.sh; wc -c < data/large",
    shows: '.tsplay\nconf\ndata\nrun.sh\npack\nroot:root 755\n273068',
    breaks: [
      { what: 'what is left to others is edited', by: 'echo theirs > /srv/zip/conf/pack.conf; touch /srv/zip/conf/more', noticed: [] },
      { what: 'a file is gone', by: 'rm /srv/zip/run.sh', noticed: ['unpack it | entries | "as packed"'] },
      { what: 'it may not be run', by: 'chmod -x /srv/zip/run.sh', noticed: ['unpack it | entries | "as packed"'] },
      {
        what: 'a folder is gone',
        by: 'rm -r /srv/zip/data; grep -q theirs /srv/zip/conf/pack.conf',
        noticed: ['unpack it | entries | "as packed"'],
      },
    ],
  },
  {
    module: 'package',
    does: 'installs packages in one go',
    tasks: `
- name: install them
  package: { names: [tree, hello] }`,
    foretold: ['install them | package hello | "present"', 'install them | package tree | "present"'],
    leaves: [...INSTALLED, /^\/var\/(lib\/apt|cache)\//],
    look: "tree --version | head -c 4; hello; dpkg-query -W -f '${Package} ${db:Status-Status}\\n' tree hello",
    shows: 'treeHello, world!\nhello installed\ntree installed',
    breaks: [
      { what: 'one is removed', by: 'dpkg --remove hello', noticed: ['install them | package hello | "present"'] },
      {
        what: 'both are removed',
        by: 'dpkg --purge hello tree',
        noticed: ['install them | package hello | "present"', 'install them | package tree | "present"'],
      },
      {
        what: 'one is not configured',
        by: 'dpkg --unpack /var/cache/apt/archives/tree_*.deb',
        noticed: ['install them | package tree | "present"'],
      },
    ],
  },
  {
    module: 'package',
    does: 'removes a package',
    prepare: 'apt-get -qy install hello >/dev/null 2>&1',
    tasks: `
- name: remove it
  package: { name: hello, state: absent }`,
    foretold: ['remove it | package hello | "absent"'],
    leaves: [...INSTALLED, /^\/var\/(lib\/apt|cache)\//],
    look: 'type hello >/dev/null 2>&1 || echo gone',
    shows: 'gone',
    breaks: [{ what: 'it is back', by: 'apt-get -qy install hello >/dev/null 2>&1', noticed: ['remove it | package hello | "absent"'] }],
  },
  {
    module: 'package',
    does: 'refreshes an index that is too old',
    prepare: 'touch -d "3 days ago" /var/lib/apt/lists',
    tasks: `
- name: a fresh index
  package: { name: tar, cache_valid_time: 86400 }`,
    foretold: ['a fresh index | package index | "fresh"'],
    leaves: [/^\/var\/(lib|cache)\/apt\//],
    breaks: [{ what: 'it is old', by: 'touch -d "2 days ago" /var/lib/apt/lists', noticed: ['a fresh index | package index | "fresh"'] }],
  },
];
