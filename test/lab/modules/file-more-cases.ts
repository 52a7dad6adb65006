// The modules that look at files, edit them and take them from elsewhere, on a real host.
import { shortDigest } from './materials.ts';
import type { MendingCase, Sequence, WatchingCase } from './types.ts';

const REPLACED = shortDigest('listen = 0.0.0.0\nport = 80\npeer = new:1\npeer = new:2\n');

export const FILE_MORE_CASES: readonly MendingCase[] = [
  {
    module: 'file.attributes',
    does: 'keeps owner, group and mode, and leaves the contents alone',
    prepare:
      'mkdir -p /srv/attributes/d; printf theirs > /srv/attributes/f; chmod 4755 /srv/attributes/f; ln -s nowhere /srv/attributes/link',
    tasks: `
- name: the file
  file.attributes: { path: /srv/attributes/f, owner: nobody, group: adm, mode: "4750" }
- name: the directory
  file.attributes: { path: /srv/attributes/d/, group: adm, mode: "2770" }
- name: the link
  file.attributes: { path: /srv/attributes/link, owner: nobody }
- name: the log
  file.attributes: { path: /srv/attributes/log, owner: daemon, mode: "0600", create: true }
- name: the plain log
  file.attributes: { path: /srv/attributes/plain, create: true }`,
    foretold: [
      'the file | owner | "nobody"',
      'the file | group | "adm"',
      'the file | mode | "4750"',
      'the directory | group | "adm"',
      'the directory | mode | "2770"',
      'the link | owner | "nobody"',
      'the log | state | "file"',
      'the plain log | state | "file"',
    ],
    leaves: [/^\/srv\/attributes\/(f|d|link|log|plain)$/],
    look: "cd /srv/attributes; cat f; stat -c '%U:%G %a %s' f log plain; stat -c '%U:%G %a' d; stat -c '%U:%G' link",
    shows: 'theirsnobody:adm 4750 6\ndaemon:root 600 0\nroot:root 644 0\nroot:adm 2770\nnobody:root',
    breaks: [
      { what: 'setuid is gone', by: 'chmod 0750 /srv/attributes/f', noticed: ['the file | mode | "4750"'] },
      { what: 'another group', by: 'chgrp root /srv/attributes/d', noticed: ['the directory | group | "adm"'] },
      { what: 'the log is gone', by: 'rm /srv/attributes/log', noticed: ['the log | state | "file"'] },
      {
        what: 'somebody writes',
        by: 'printf thiers > /srv/attributes/f; printf theirs > /srv/attributes/f; chmod 4750 /srv/attributes/f',
        noticed: [],
      },
      {
        what: 'the file is gone',
        by: 'rm /srv/attributes/f',
        fails: /^\/srv\/attributes\/f does not exist; create it first, with file\.copy/,
      },
    ],
  },
  {
    module: 'file.block',
    does: 'keeps blocks in a file and out of it',
    prepare:
      "mkdir -p /srv/block; printf 'first\\nlast' > /srv/block/conf; printf '<a>\\n<!-- BEGIN old -->\\n<x/>\\n<!-- END old -->\\n</a>\\n' > /srv/block/xml; chmod 0604 /srv/block/conf; chown nobody /srv/block/conf",
    tasks: `
- name: add one
  file.block: { path: /srv/block/conf, name: größe, block: "x = '$HOME'\\ny = \\"2\\"\\n", after: "^first$" }
- name: add another
  file.block: { path: /srv/block/conf, block: z }
- name: remove one
  file.block: { path: /srv/block/xml, name: old, state: absent, comment: "<!--", comment_end: "-->" }
- name: make a file
  file.block: { path: /srv/block/new, block: only, create: true, mode: "0600", validate: "grep -q only %s" }`,
    foretold: [
      `add one | block | ${JSON.stringify(`x = '$HOME'\ny = "2"`)}`,
      'add another | block | "z"',
      'remove one | block | "absent"',
      'make a file | block | "only"',
    ],
    leaves: ['/srv/block/conf', '/srv/block/xml', '/srv/block/new'],
    look: "cd /srv/block; cat conf xml new; stat -c '%U:%G %a' conf new",
    shows: [
      ...['first', '# BEGIN größe', "x = '$HOME'", 'y = "2"', '# END größe', 'last', '# BEGIN tsplay', 'z', '# END tsplay'],
      ...['<a>', '</a>', '# BEGIN tsplay', 'only', '# END tsplay', 'nobody:root 604', 'root:root 600'],
    ].join('\n'),
    breaks: [
      {
        what: 'a line of a block is edited',
        by: 'sed -i s/2/3/ /srv/block/conf; chown nobody /srv/block/conf',
        noticed: [`add one | block | ${JSON.stringify(`x = '$HOME'\ny = "2"`)}`],
      },
      {
        what: 'a block is back',
        by: "sed -i '1a <!-- BEGIN old -->\\n<!-- END old -->' /srv/block/xml",
        noticed: ['remove one | block | "absent"'],
      },
      { what: 'the file it made is gone', by: 'rm /srv/block/new', noticed: ['make a file | block | "only"'] },
      { what: 'the file it made has another mode', by: 'chmod 0644 /srv/block/new', noticed: ['make a file | mode | "0600"'] },
      { what: 'a line outside of the blocks', by: "echo 'more' >> /srv/block/new", noticed: [] },
      {
        what: 'a marker is gone',
        by: "sed -i '/END größe/d' /srv/block/conf",
        fails: /\/srv\/block\/conf has the lines "# BEGIN größe" and "# END größe" not once each in this order; put them right by hand/,
      },
    ],
  },
  {
    module: 'file.replace',
    does: 'replaces what matches, with groups and over line ends',
    prepare:
      "mkdir -p /srv/replace; printf 'listen = 127.0.0.1\\nport = 80\\n[gone]\\na\\nb\\n\\npeer = old:1\\npeer = old:2\\n' > /srv/replace/conf; chown nobody:adm /srv/replace/conf; chmod 0640 /srv/replace/conf",
    tasks: `
- name: listen
  file.replace: { path: /srv/replace/conf, match: "^(listen = )127\\\\.0\\\\.0\\\\.1$", replace: "$10.0.0.0" }
- name: no section
  file.replace: { path: /srv/replace/conf, match: "\\\\[gone\\\\]\\\\n(.+\\\\n)*\\\\n" }
- name: the peers
  file.replace: { path: /srv/replace/conf, match: "\\\\bold:", replace: "new:", backup: true }`,
    foretold: [
      `listen | content | ${shortDigest('listen = 0.0.0.0\nport = 80\n[gone]\na\nb\n\npeer = old:1\npeer = old:2\n')}`,
      `no section | content | ${shortDigest('listen = 0.0.0.0\nport = 80\npeer = old:1\npeer = old:2\n')}`,
      `the peers | content | ${REPLACED}`,
    ],
    leaves: ['/srv/replace/conf', /^\/srv\/replace\/conf\.~\d{8}T\d{6}Z~$/],
    look: "cat /srv/replace/conf; stat -c '%U:%G %a' /srv/replace/conf",
    shows: 'listen = 0.0.0.0\nport = 80\npeer = new:1\npeer = new:2\nnobody:adm 640',
    breaks: [
      {
        what: 'one is back',
        by: 'sed -i s/new:2/old:2/ /srv/replace/conf; chown nobody:adm /srv/replace/conf',
        noticed: [`the peers | content | ${REPLACED}`],
      },
      { what: 'another line', by: 'echo "port = 81" >> /srv/replace/conf', noticed: [] },
      { what: 'the file is gone', by: 'rm /srv/replace/conf', fails: /the file \/srv\/replace\/conf does not exist; create it first/ },
    ],
  },
  {
    module: 'file.download',
    does: 'puts a file as it is published into place, archives too',
    prepare: 'mkdir -p /srv/download',
    tasks: `
- name: the archive
  file.download: { src: "{{ tree }}", checksum: "{{ tree_checksum }}", dest: /srv/download/tree.tgz, owner: nobody, mode: "0640" }
- name: the zip
  file.download: { src: "file://{{ pack }}", checksum: "{{ pack_checksum }}", dest: /srv/download/pack.zip }`,
    foretold: ['the archive | content | *', 'the zip | content | *'],
    leaves: ['/srv/download/tree.tgz', '/srv/download/pack.zip'],
    look: "cd /srv/download; gzip -t tree.tgz && tar -tzf tree.tgz | head -1; head -c 2 pack.zip; echo; stat -c '%U:%G %a' tree.tgz pack.zip; ls -A",
    shows: 'tree/\nPK\nnobody:root 640\nroot:root 644\npack.zip\ntree.tgz',
    breaks: [
      {
        what: 'a byte',
        by: "printf '\\0' | dd of=/srv/download/tree.tgz bs=1 seek=70000 conv=notrunc status=none",
        noticed: ['the archive | content | *'],
      },
      { what: 'it is gone', by: 'rm /srv/download/pack.zip', noticed: ['the zip | content | *'] },
      { what: 'all may read it', by: 'chmod 0644 /srv/download/tree.tgz', noticed: ['the archive | mode | "0640"'] },
    ],
  },
  {
    module: 'file.duplicate',
    does: 'keeps a copy of a file of the host',
    prepare: "mkdir -p /srv/duplicate; cd /srv/duplicate; seq 1 40000 > large; printf 'a\\0b' > small; echo old > keeps; chmod 0600 small",
    tasks: `
- name: the large one
  file.duplicate: { src: /srv/duplicate/large, dest: "/srv/duplicate/it's a copy", owner: nobody, group: adm, mode: "0640" }
- name: the small one
  file.duplicate: { src: /srv/duplicate/small, dest: /srv/duplicate/keeps, backup: true, validate: "test -s %s" }`,
    foretold: ['the large one | content | *', `the small one | content | ${shortDigest('a\0b')}`],
    leaves: ["/srv/duplicate/it's a copy", '/srv/duplicate/keeps', /^\/srv\/duplicate\/keeps\.~\d{8}T\d{6}Z~$/],
    look: 'cd /srv/duplicate; cmp large "it\'s a copy" && cmp small keeps && echo same; stat -c \'%U:%G %a\' "it\'s a copy" keeps',
    shows: 'same\nnobody:adm 640\nroot:root 644',
    breaks: [
      { what: 'the copy is edited', by: 'echo >> /srv/duplicate/keeps', noticed: [`the small one | content | ${shortDigest('a\0b')}`] },
      { what: 'the source is edited', by: 'echo 40001 >> /srv/duplicate/large', noticed: ['the large one | content | *'] },
      { what: 'the copy has another owner', by: 'chown root "/srv/duplicate/it\'s a copy"', noticed: ['the large one | owner | "nobody"'] },
      {
        what: 'the source is gone',
        by: 'rm /srv/duplicate/large',
        fails: /the file \/srv\/duplicate\/large does not exist on the host; create it first/,
      },
    ],
  },
];

export const FILE_WATCHING_CASES: readonly WatchingCase[] = [
  {
    module: 'file.stat',
    does: 'tells of files, directories, links and nothing',
    prepare:
      'mkdir -p /srv/stat/d; printf text > /srv/stat/f; chown nobody:adm /srv/stat/f; chmod 2640 /srv/stat/f; ln -sfn f /srv/stat/link',
    tasks: `
- name: the file
  file.stat: { path: /srv/stat/f, digest: true }
  register: file
- name: the directory
  file.stat: { path: /srv/stat/d/ }
  register: directory
- name: the link
  file.stat: { path: /srv/stat/link }
  register: link
- name: nothing
  file.stat: { path: /srv/stat/f/none, digest: true }
  register: none
- name: say it
  debug: { msg: "{{ file.exists }} {{ file.kind }} {{ file.owner }}:{{ file.group }} {{ file.mode }} {{ file.size }} {{ file.sha256 }} {{ directory.kind }} {{ directory.path }} {{ link.kind }} {{ link.target }} {{ none.exists }} {{ none.kind }} [{{ none.sha256 }}]" }`,
    says: {
      check:
        'true file nobody:adm 2640 4 982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1 directory /srv/stat/d link f false absent []',
      run: 'true file nobody:adm 2640 4 982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1 directory /srv/stat/d link f false absent []',
    },
  },
  {
    module: 'file.stat',
    does: 'tells one host from another',
    prepare: 'mkdir -p /srv/stat; rm -f /srv/stat/marker',
    tasks: `
- name: the marker
  file.stat: { path: /srv/stat/marker }
  register: marker
- name: it must not be there
  assert: { that: ["!marker.exists"], fail_msg: the marker is there }`,
    broken: { by: 'touch /srv/stat/marker', check: /^the marker is there: /, run: /^the marker is there: / },
  },
  {
    module: 'file.read',
    does: 'reads what a file holds, line by line, and needs the file',
    prepare: "mkdir -p /srv/read; printf 'größe = 1\\n\\nlast' > /srv/read/f",
    tasks: `
- name: the file
  file.read: { path: /srv/read/f }
  register: file
- name: what the kernel says
  file.read: { path: /proc/sys/kernel/ostype }
  register: kernel
- name: say it
  debug: { msg: "{{ file.lines.[0] }}|{{ file.lines.[2] }}|{{ file.size }}|{{ kernel.text }}|{{ kernel.size }}" }`,
    says: { check: 'größe = 1|last|17|Linux\n|6', run: 'größe = 1|last|17|Linux\n|6' },
    broken: {
      by: 'rm /srv/read/f',
      check: /^the file \/srv\/read\/f does not exist; create it first/,
      run: /^the file \/srv\/read\/f does not exist; create it first/,
    },
  },
  {
    module: 'file.read',
    does: 'keeps to itself what is secret',
    prepare: 'mkdir -p /srv/read; echo hunter22-hunter22 > /srv/read/key',
    tasks: `
- name: the key
  file.read: { path: /srv/read/key, secret: true }
  register: key
- name: say it
  debug: { msg: "{{ key.path }} {{ key.text }} {{ key.lines.[0] }}" }`,
    says: { check: '"***"', run: '"***"' },
  },
];

export const FILE_SEQUENCES: readonly Sequence[] = [
  {
    does: 'files from files: sent, edited, copied, looked at and read, each by the next task',
    play: `
tasks:
  - name: the directory
    file.directory: { path: /srv/files }
  - name: a file of the controller
    file.copy: { src: words.txt, dest: /srv/files/words }
  - name: a copy of it
    file.duplicate: { src: /srv/files/words, dest: /srv/files/copy }
  - name: a line that the copy has
    file.line: { path: /srv/files/copy, line: second }
  - name: an archive
    file.download: { src: "{{ tree }}", checksum: "{{ tree_checksum }}", dest: /srv/files/tree.tgz }
  - name: a line
    file.line: { path: /srv/files/edited, line: heap = 129, create: true, mode: "0600" }
  - name: a block
    file.block: { path: /srv/files/edited, name: more, block: "more = 1\\n" }
  - name: nothing to replace
    file.replace: { path: /srv/files/edited, match: "^heap = 128$", replace: heap = 129 }
  - name: another owner
    file.attributes: { path: /srv/files/edited, owner: daemon }
  - name: a copy of what was edited
    file.duplicate: { src: /srv/files/edited, dest: /srv/files/later }
  - name: an empty file
    file.attributes: { path: /srv/files/empty, create: true }
  - name: look at it
    file.stat: { path: /srv/files/edited }
    register: edited
  - name: look at nothing
    file.stat: { path: /srv/files/nothing }
    register: nothing
  - name: read the copy
    file.read: { path: /srv/files/copy }
    register: words
  - name: read what was edited
    file.read: { path: /srv/files/later }
    register: later
  - name: what is done where it is there
    file.copy: { content: "{{ edited.owner }} {{ edited.mode }} {{ edited.size }} {{ words.lines.[1] }} {{ later.lines.[2] }}\\n", dest: /srv/files/seen }
    when: edited.exists && edited.kind == "file" && !nothing.exists
  - name: what is not done
    file.copy: { content: "never\\n", dest: /srv/files/never }
    when: nothing.exists || words.lines[1] != "second"`,
    still: ['a line that the copy has', 'nothing to replace', 'look at it', 'look at nothing', 'read the copy', 'read what was edited'],
    look: "cd /srv/files; cat copy later seen; ls; stat -c '%U %a' edited empty",
    shows: [
      ...['first größe', 'second', 'heap = 129', '# BEGIN more', 'more = 1', '# END more', 'daemon 0600 44 second more = 1'],
      ...['copy', 'edited', 'empty', 'later', 'seen', 'tree.tgz', 'words', 'daemon 600', 'root 644'],
    ].join('\n'),
    breaks: [
      { what: 'the copy is gone', by: 'rm /srv/files/copy', noticed: ['a copy of it'] },
      { what: 'an attribute', by: 'chown root /srv/files/edited', noticed: ['another owner'] },
    ],
  },
];
