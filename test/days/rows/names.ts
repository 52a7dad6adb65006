// Bad days of names and contents that are no text: not UTF-8, or not even characters.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import type { Project } from '../../cli/support/project.ts';
import type { DayTable } from '../support/day.ts';
import { startHost } from '../support/host-apart.ts';
import { onHost } from '../support/on-host.ts';

/** Every byte there is, and what is no UTF-8 above all. */
const BYTES = Buffer.concat([Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)), Buffer.from('\n')]);
const tasks = (...lines: readonly string[]): string => `- hosts: all\n  tasks:\n${lines.map(line => `    - ${line}\n`).join('')}`;
/** As Latin-1 has it. */
const LATIN = 'mkdir /srv/d; printf "gr\\374n\\n" >/srv/d/app.conf';
const isLatin = (path: string): void => assert.equal(readFileSync(path, 'latin1'), 'grün\n');

function withBytes(project: Project): Project {
  mkdirSync(project.path('files'));
  writeFileSync(project.path('files/bytes'), BYTES);
  return project;
}

/** An archive of `app/` with a file whose name is one byte above ASCII. */
function withArchive(project: Project): Project {
  mkdirSync(project.path('pack/app'), { recursive: true });
  writeFileSync(Buffer.concat([Buffer.from(project.path('pack/app/')), Buffer.from([0xff])]), 'x');
  writeFileSync(project.path('app.tar.gz'), spawnSync('tar', ['-czf', '-', '-C', project.path('pack'), 'app']).stdout);
  return project;
}

export const TABLE: DayTable = {
  title: 'Names and contents that are no text',
  days: [
    onHost({
      name: 'a binary file takes the place of another, and the difference is shown',
      prepare: project => startHost(withBytes(project), 'mkdir /srv/d; head -c 300 /dev/urandom >/srv/d/bytes; cp /srv/d/bytes /srv/old'),
      playbook: tasks('{name: bytes, file.copy: {src: bytes, dest: /srv/d/bytes, backup: true}}'),
      args: ['--diff'],
      expect: { exitCode: 0, message: 'changed=1', left: 'the new file, each byte of it, and the old one as its backup' },
      check: host => {
        assert.ok(readFileSync(host.see('/srv/d/bytes')).equals(BYTES));
        assert.equal(host.sh('cmp /srv/old /srv/d/bytes.~*'), '');
      },
    }),
    onHost({
      name: 'a file in Latin-1 is replaced, and the difference is shown',
      prepare: project => startHost(project, LATIN),
      playbook: tasks('{name: settings, file.copy: {content: "grün\\n", dest: /srv/d/app.conf}}'),
      args: ['--diff'],
      expect: { exitCode: 0, message: '/srv/d/app.conf: 5 bytes (sha256 …) → 6 bytes (sha256 …)', left: 'the new file, in UTF-8' },
      check: host => assert.equal(readFileSync(host.see('/srv/d/app.conf'), 'utf8'), 'grün\n'),
    }),
    onHost({
      name: 'a line of a file in Latin-1 is to be edited',
      prepare: project => startHost(project, LATIN),
      playbook: tasks('{name: a line, file.line: {path: /srv/d/app.conf, line: more}}'),
      expect: {
        exitCode: 2,
        message: '/srv/d/app.conf is not UTF-8 text; edit it with a command, or keep it whole with file.copy',
        left: 'the old file',
      },
      check: host => isLatin(host.see('/srv/d/app.conf')),
    }),
    onHost({
      name: 'a file in Latin-1 is to be read',
      prepare: project => startHost(project, LATIN),
      playbook: tasks('{name: words, file.read: {path: /srv/d/app.conf}}'),
      expect: { exitCode: 2, message: '/srv/d/app.conf is not UTF-8 text; read it with a command', left: 'as it was' },
      check: host => isLatin(host.see('/srv/d/app.conf')),
    }),
    onHost({
      name: 'a file in Latin-1 is copied on the host',
      prepare: project => startHost(project, LATIN),
      playbook: tasks('{name: another, file.duplicate: {src: /srv/d/app.conf, dest: /srv/d/another}}'),
      expect: { exitCode: 0, message: 'changed=1', left: 'the same bytes' },
      check: host => isLatin(host.see('/srv/d/another')),
    }),
    onHost({
      name: 'names in a directory are no UTF-8',
      prepare: project => startHost(project, 'mkdir -p "$(printf "/srv/d/\\377/\\374")"; : >"$(printf "/srv/d/\\377/\\n\\001")"'),
      playbook: tasks(
        '{name: names, command: {argv: [find, /srv/d], touches: []}, register: names}',
        '{name: mode, file.directory: {path: /srv/d, mode: "0700"}}',
        '{name: gone, file.absent: {path: /srv/d}}',
      ),
      expect: { exitCode: 0, message: 'changed=3', left: 'nothing of the directory' },
      check: host => assert.deepEqual(readdirSync(host.see('/srv')), []),
    }),
    onHost({
      name: 'a link leads to a name that is no UTF-8',
      prepare: project => startHost(project, 'ln -s "$(printf "\\377")" /srv/link; ln -s "$(printf "\\377")" /srv/other'),
      playbook: tasks(
        '{name: the link, file.link: {path: /srv/link, target: here}}',
        '{name: the other, file.stat: {path: /srv/other}, register: other}',
        '{name: what it is, debug: {msg: "{{ other.kind }}"}}',
      ),
      expect: { exitCode: 0, message: 'changed=1', left: 'the link leads where it should' },
      check: host => assert.equal(readlinkSync(host.see('/srv/link')), 'here'),
    }),
    onHost({
      name: 'a name in an archive is no UTF-8',
      prepare: project => startHost(withArchive(project), 'mkdir /srv/d'),
      playbook: tasks('{name: archive, archive.unpack: {src: app.tar.gz, dest: /srv/d}}'),
      expect: { exitCode: 0, message: 'changed=1', left: 'the file under its name; the next run changes nothing' },
      check: host => assert.equal(host.sh('cat "$(printf "/srv/d/app/\\377")"'), 'x'),
      mend: () => undefined,
      mended: (_, { stdout }) => assert.match(stdout, /changed=0/),
    }),
    onHost({
      name: 'a name has line breaks, quotes and blanks in it',
      prepare: project => startHost(project, `mkdir '/srv/d'`),
      playbook: tasks(
        `{name: odd, file.copy: {content: "x", dest: "/srv/d/ -a'b\\"c\\n$(touch gotcha)*"}}`,
        `{name: folder, file.directory: {path: "/srv/d/-f"}}`,
        `{name: within, file.copy: {content: "x", dest: "/srv/d/-f/-rf"}}`,
      ),
      expect: { exitCode: 0, message: 'changed=3', left: 'files of these very names' },
      check: host => {
        assert.deepEqual(readdirSync(host.see('/srv')), ['d']);
        assert.deepEqual(readdirSync(host.see('/srv/d')).sort(), [' -a\'b"c\n$(touch gotcha)*', '-f']);
      },
    }),
  ],
};
