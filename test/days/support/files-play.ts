// A bit of everything that is done with files on a host, and what is there when all of it was done.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import type { Project } from '../../cli/support/project.ts';
import type { HostApart } from './host-apart.ts';

/** Seven tasks; further ones can be written behind it. */
export const FILES_PLAY = `- hosts: all
  tasks:
    - {name: folder, file.directory: {path: /srv/d/e, parents: true, mode: "0750"}}
    - {name: archive, archive.unpack: {src: app.tar.gz, dest: /srv/d}}
    - {name: small, file.copy: {content: "new\\n", dest: /srv/d/small, mode: "0640"}}
    - {name: large, file.copy: {src: large, dest: /srv/d/large}}
    - {name: line, file.line: {path: /srv/d/lines, line: more, create: true}}
    - {name: link, file.link: {path: /srv/d/link, target: small}}
    - {name: lines, file.line: {path: /srv/d/lines, line: another}}
`;

const SIZE = 100_000;

/** Gives a project the archive (of `app/bin/run`; `odd`: from 2100, in folders from 1970) and the large file. */
export function withFiles(project: Project, { odd = false } = {}): Project {
  project.write({ 'pack/app/bin/run': '#!/bin/sh\n', 'files/large': 'x'.repeat(SIZE) });
  if (odd) {
    utimesSync(project.path('pack/app/bin/run'), 0, 4_102_444_800);
    for (const folder of ['pack/app/bin', 'pack/app']) utimesSync(project.path(folder), 0, 0);
  }
  writeFileSync(project.path('app.tar.gz'), spawnSync('tar', ['-czf', '-', '-C', project.path('pack'), 'app']).stdout);
  return project;
}

/** Fails unless all of it was done. */
export function isWhole(host: HostApart): void {
  assert.equal(readFileSync(host.see('/srv/d/small'), 'utf8'), 'new\n');
  assert.equal(readFileSync(host.see('/srv/d/lines'), 'utf8'), 'more\nanother\n');
  const [program = ''] = ['/srv/d/app/bin/run', '/srv/d/run'].filter(path => existsSync(host.see(path)));
  assert.equal(readFileSync(host.see(program), 'utf8'), '#!/bin/sh\n');
  assert.equal(lstatSync(host.see('/srv/d/large')).size, SIZE);
  assert.ok(lstatSync(host.see('/srv/d/link')).isSymbolicLink());
  assert.ok(lstatSync(host.see('/srv/d/e')).isDirectory());
}
