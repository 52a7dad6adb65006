// The modules for files on a real host.
import { BLOB, GREETING, LONG_TEXT, shortDigest, SMALL_BLOB } from './materials.ts';
import type { MendingCase } from './types.ts';

const HELLO = shortDigest(GREETING.replace('{{ inventory_hostname }}', 'modules').replace('{{ heap }}', '128'));

export const FILE_CASES: readonly MendingCase[] = [
  {
    module: 'file.directory',
    does: 'makes a directory and those above it',
    tasks: `
- name: make it
  file.directory: { path: /srv/directory/deep/down/, parents: true, owner: nobody, group: nogroup, mode: "2750" }`,
    foretold: ['make it | state | "directory"'],
    leaves: ['/srv/directory', '/srv/directory/deep', '/srv/directory/deep/down'],
    look: "stat -c '%U:%G %a' /srv/directory /srv/directory/deep /srv/directory/deep/down",
    shows: 'root:root 755\nroot:root 755\nnobody:nogroup 2750',
    breaks: [
      { what: 'another mode', by: 'chmod 00755 /srv/directory/deep/down', noticed: ['make it | mode | "2750"'] },
      { what: 'setgid alone', by: 'chmod g-s /srv/directory/deep/down', noticed: ['make it | mode | "2750"'] },
      {
        what: 'other owners',
        by: 'chown daemon:root /srv/directory/deep/down',
        noticed: ['make it | group | "nogroup"', 'make it | owner | "nobody"'],
      },
      { what: 'it is gone with what is above', by: 'rm -r /srv/directory', noticed: ['make it | state | "directory"'] },
      {
        what: 'a file stands there',
        by: 'rmdir /srv/directory/deep/down; touch /srv/directory/deep/down',
        fails: /is not a directory; remove it first/,
      },
    ],
  },
  {
    module: 'file.copy',
    does: 'sends binary bytes through a channel of their own',
    prepare: 'mkdir -p /srv/copy',
    tasks: `
- name: send it
  file.copy: { src: blob.bin, dest: /srv/copy/blob, owner: nobody, group: daemon, mode: "4711" }`,
    foretold: [`send it | content | ${shortDigest(BLOB)}`],
    leaves: ['/srv/copy/blob'],
    look: "sha256sum < /srv/copy/blob | cut -c1-12; stat -c '%U:%G %a %s' /srv/copy/blob; ls -A /srv/copy",
    shows: `${shortDigest(BLOB).slice(8, 20)}\nnobody:daemon 4711 ${BLOB.length}\nblob`,
    breaks: [
      {
        what: 'one byte in the middle, size and time as they were',
        by: "touch -r /srv/copy/blob /run/ref; printf '\\0' | dd of=/srv/copy/blob bs=1 seek=100001 conv=notrunc status=none; touch -r /run/ref /srv/copy/blob",
        noticed: [`send it | content | ${shortDigest(BLOB)}`],
      },
      { what: 'it is cut off', by: 'truncate -s 65536 /srv/copy/blob', noticed: [`send it | content | ${shortDigest(BLOB)}`] },
      { what: 'it is gone', by: 'rm /srv/copy/blob', noticed: [`send it | content | ${shortDigest(BLOB)}`] },
      { what: 'setuid is taken away', by: 'chmod 0711 /srv/copy/blob', noticed: ['send it | mode | "4711"'] },
      {
        what: 'another owner, setuid kept',
        by: 'chown root:root /srv/copy/blob; chmod 4711 /srv/copy/blob',
        noticed: ['send it | group | "daemon"', 'send it | owner | "nobody"'],
      },
    ],
  },
  {
    module: 'file.copy',
    does: 'sends a few binary bytes, and keeps the old version beside those of the same second',
    prepare:
      'mkdir -p /srv/small; cd /srv/small; echo old > bytes; for s in $(seq 0 59); do echo kept > bytes.~$(date -u -d "+$s seconds" +%Y%m%dT%H%M%SZ)~; done',
    tasks: `
- name: send it
  file.copy: { src: small.bin, dest: /srv/small/bytes, backup: true }`,
    foretold: [`send it | content | ${shortDigest(SMALL_BLOB)}`],
    leaves: ['/srv/small/bytes', /^\/srv\/small\/bytes\.~\d{8}T\d{6}Z\+~$/],
    look: 'sha256sum < /srv/small/bytes | cut -c1-12; grep -l old /srv/small/bytes.~* | wc -l; grep -l kept /srv/small/bytes.~* | wc -l',
    shows: `${shortDigest(SMALL_BLOB).slice(8, 20)}\n1\n60`,
    breaks: [{ what: 'a line end is added', by: 'echo >> /srv/small/bytes', noticed: [`send it | content | ${shortDigest(SMALL_BLOB)}`] }],
  },
  {
    module: 'file.copy',
    does: 'writes a text of more than 64 KiB, checked by a program of the host',
    prepare: 'mkdir -p /srv/text',
    tasks: `
- name: write it
  file.copy: { content: "{{ long_text }}", dest: /srv/text/long, mode: "0600", validate: "grep -q KiB %s" }`,
    foretold: [`write it | content | ${shortDigest(LONG_TEXT)}`],
    leaves: ['/srv/text/long'],
    look: "sha256sum < /srv/text/long | cut -c1-12; stat -c '%U:%G %a' /srv/text/long; ls -A /srv/text",
    shows: `${shortDigest(LONG_TEXT).slice(8, 20)}\nroot:root 600\nlong`,
    breaks: [{ what: 'a line is gone', by: 'sed -i 1500d /srv/text/long', noticed: [`write it | content | ${shortDigest(LONG_TEXT)}`] }],
  },
  {
    module: 'file.copy',
    does: 'takes the place of a link and leaves alone what it leads to',
    prepare: 'mkdir -p /srv/link-place; echo theirs > /srv/link-place/theirs; ln -s theirs /srv/link-place/file',
    tasks: `
- name: write it
  file.copy: { content: "mine\\n", dest: /srv/link-place/file, replace_link: true }`,
    foretold: [`write it | content | ${shortDigest('mine\n')}`],
    leaves: ['/srv/link-place/file'],
    look: 'cat /srv/link-place/file /srv/link-place/theirs',
    shows: 'mine\ntheirs',
    breaks: [
      { what: 'a link again', by: 'ln -sf theirs /srv/link-place/file', noticed: [`write it | content | ${shortDigest('mine\n')}`] },
      { what: 'a link to nothing', by: 'ln -sf nothing /srv/link-place/file', noticed: [`write it | content | ${shortDigest('mine\n')}`] },
    ],
  },
  {
    module: 'file.template',
    does: 'renders a template for the host',
    prepare: 'mkdir -p /srv/template',
    tasks: `
- name: render it
  file.template: { src: greeting.hbs, dest: /srv/template/greeting, group: adm, mode: "0640" }`,
    foretold: [`render it | content | ${HELLO}`],
    leaves: ['/srv/template/greeting'],
    look: "cat /srv/template/greeting; stat -c '%U:%G %a' /srv/template/greeting",
    shows: 'hello modules\nheap = 128\nroot:adm 640',
    breaks: [
      { what: 'a value is edited', by: "sed -i 's/128/129/' /srv/template/greeting", noticed: [`render it | content | ${HELLO}`] },
      { what: 'everybody may write', by: 'chmod 0666 /srv/template/greeting', noticed: ['render it | mode | "0640"'] },
      { what: 'another group', by: 'chgrp root /srv/template/greeting', noticed: ['render it | group | "adm"'] },
      { what: 'it is gone', by: 'rm /srv/template/greeting', noticed: [`render it | content | ${HELLO}`] },
      {
        what: 'a directory stands there',
        by: 'rm /srv/template/greeting; mkdir /srv/template/greeting',
        fails: /is a directory, not a file/,
      },
    ],
  },
  {
    module: 'file.link',
    does: 'points a link to a directory',
    prepare: 'mkdir -p /srv/link/one /srv/link/two',
    tasks: `
- name: point it
  file.link: { path: /srv/link/current, target: /srv/link/one, owner: nobody }`,
    foretold: ['point it | target | "/srv/link/one"'],
    leaves: ['/srv/link/current'],
    look: "readlink /srv/link/current; stat -c '%U:%G' /srv/link/current; ls -A /srv/link /srv/link/one",
    shows: '/srv/link/one\nnobody:root\n/srv/link:\ncurrent\none\ntwo\n\n/srv/link/one:',
    breaks: [
      { what: 'it points elsewhere', by: 'ln -sfn /srv/link/two /srv/link/current', noticed: ['point it | target | "/srv/link/one"'] },
      {
        what: 'another spelling of the same',
        by: 'ln -sfn one /srv/link/current; chown -h nobody /srv/link/current',
        noticed: ['point it | target | "/srv/link/one"'],
      },
      { what: 'another owner', by: 'chown -h daemon /srv/link/current', noticed: ['point it | owner | "nobody"'] },
      { what: 'it is gone', by: 'rm /srv/link/current', noticed: ['point it | target | "/srv/link/one"'] },
      { what: 'a file stands there', by: 'rm /srv/link/current; touch /srv/link/current', fails: /is not a link; remove it first/ },
    ],
  },
  {
    module: 'file.link',
    does: 'takes the place of a file when told to',
    prepare: 'mkdir -p /srv/forced; echo file > /srv/forced/link',
    tasks: `
- name: point it
  file.link: { path: /srv/forced/link, target: "a target that is not there", force: true }`,
    foretold: ['point it | target | "a target that is not there"'],
    leaves: ['/srv/forced/link'],
    look: 'readlink /srv/forced/link',
    shows: 'a target that is not there',
    breaks: [
      {
        what: 'a file again',
        by: 'rm /srv/forced/link; echo file > /srv/forced/link',
        noticed: ['point it | target | "a target that is not there"'],
      },
    ],
  },
  {
    module: 'file.absent',
    does: 'removes a directory with all in it',
    prepare: 'mkdir -p /srv/absent/it/deep; echo x > /srv/absent/it/deep/file; ln -s /etc /srv/absent/it/etc; touch /srv/absent/beside',
    tasks: `
- name: remove it
  file.absent: { path: /srv/absent/it }`,
    foretold: ['remove it | state | "absent"'],
    leaves: ['/srv/absent/it', '/srv/absent/it/deep', '/srv/absent/it/deep/file', '/srv/absent/it/etc'],
    look: 'ls -A /srv/absent; test -d /etc/systemd && echo all there',
    shows: 'beside\nall there',
    breaks: [
      { what: 'a file stands there', by: 'touch /srv/absent/it', noticed: ['remove it | state | "absent"'] },
      { what: 'a link to nothing stands there', by: 'ln -s nothing /srv/absent/it', noticed: ['remove it | state | "absent"'] },
      { what: 'a link to a directory stands there', by: 'ln -s /etc /srv/absent/it', noticed: ['remove it | state | "absent"'] },
      { what: 'a pipe stands there', by: 'mkfifo /srv/absent/it', noticed: ['remove it | state | "absent"'] },
    ],
  },
  {
    module: 'file.line',
    does: 'keeps lines in a file and out of it',
    prepare:
      "mkdir -p /srv/line; printf 'a = 1\\n# b\\nold\\nc = 3' > /srv/line/conf; chmod 0604 /srv/line/conf; chown nobody /srv/line/conf",
    tasks: `
- name: replace one
  file.line: { path: /srv/line/conf, match: "^a\\\\s*=", line: "a = 'it''s \\"two\\"' $HOME" }
- name: add one
  file.line: { path: /srv/line/conf, line: b = größer, after: "^# b$" }
- name: remove one
  file.line: { path: /srv/line/conf, match: "^old", state: absent }
- name: make a file
  file.line: { path: /srv/line/new, line: only, create: true, mode: "0600" }`,
    foretold: [
      `replace one | line | ${JSON.stringify(`a = 'it''s "two"' $HOME`)}`,
      'add one | line | "b = größer"',
      'remove one | line | "absent"',
      'make a file | line | "only"',
    ],
    leaves: ['/srv/line/conf', '/srv/line/new'],
    look: "cat /srv/line/conf /srv/line/new; stat -c '%U:%G %a' /srv/line/conf /srv/line/new",
    shows: `a = 'it''s "two"' $HOME\n# b\nb = größer\nc = 3\nonly\nnobody:root 604\nroot:root 600`,
    breaks: [
      {
        what: 'the line is gone',
        by: "sed -i '/^b = /d' /srv/line/conf; chown nobody /srv/line/conf",
        noticed: ['add one | line | "b = größer"'],
      },
      {
        what: 'the line it is not to have is back',
        by: "sed -i '2i older' /srv/line/conf; chown nobody /srv/line/conf",
        noticed: ['remove one | line | "absent"'],
      },
      { what: 'the file it made is gone', by: 'rm /srv/line/new', noticed: ['make a file | line | "only"'] },
      { what: 'the file it made has another mode', by: 'chmod 0644 /srv/line/new', noticed: ['make a file | mode | "0600"'] },
      { what: 'another line', by: "echo 'd = 4' >> /srv/line/conf", noticed: [] },
    ],
  },
];
