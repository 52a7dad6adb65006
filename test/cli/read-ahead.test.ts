// Reading ahead: how many round trips a run takes, and that it is the same run as one that asks for each task by itself.
import assert from 'node:assert/strict';
import { chmodSync, symlinkSync } from 'node:fs';
import { eventsOf, finishOf, ofKind } from './support/events.ts';
import { localHosts, Project } from './support/project.ts';

/** What a host may be asked with. */
const PROGRAMS = ['stat', 'sha256sum', 'readlink', 'getent', 'id', 'wc', 'cat', 'dd', 'rm', 'ls', 'awk', 'sed', 'find', 'mkdir', 'test'];
/** What opens a session, and says who it is. */
const ONCE: ReadonlySet<string> = new Set(['mkdir', 'id']);
const SHIM = (name: string, log: string): string => `#!/bin/sh\necho ${name} >>'${log}'\nexec /usr/bin/${name} "$@"\n`;

/** A folder, files and lines, several of each. */
function manyTasks(count: number): string {
  const tasks = Array.from({ length: count / 5 }, (_, n) => [
    `- {name: folder ${n}, file.directory: {path: "{{ here }}/d${n}"}}`,
    `- {name: file ${n}, file.copy: {dest: "{{ here }}/d${n}/f", content: "${n} of {{ inventory_hostname }}\\n"}}`,
    `- {name: line ${n}, file.line: {path: "{{ here }}/lines", line: "option${n}=on", create: true}}`,
    `- {name: link ${n}, file.link: {path: "{{ here }}/l${n}", target: d${n}/f}}`,
    `- {name: fact ${n}, file.absent: {path: "{{ here }}/d${n}/{{ facts.os.family }}"}, when: facts.os.family != 'none'}`,
  ]);
  return play([`- {name: top, file.directory: {path: "{{ here }}"}}`, ...tasks.flat()]);
}

function play(tasks: readonly string[]): string {
  return `- name: many\n  hosts: all\n  vars: {here: "{{ where }}/{{ inventory_hostname }}"}\n  tasks:\n${tasks.map(task => `    ${task}\n`).join('')}`;
}

/** What the tasks of {@link manyTasks} describe. */
function described(count: number): Readonly<Record<string, string>> {
  const numbers = Array.from({ length: count / 5 }, (_, n) => n);
  return {
    'n1/lines': numbers.map(n => `option${n}=on\n`).join(''),
    ...Object.fromEntries(numbers.map(n => [`n1/d${n}/f`, `${n} of n1\n`])),
  };
}

/** The round trips and the events of a run, without what no two runs have in common. */
async function run(project: Project, ...args: readonly string[]) {
  const { code, stdout, stderr } = await project.runPlay('--output', 'json', ...args);
  assert.equal(code, 0, stdout + stderr);
  const events = eventsOf(stdout);
  const alike = events.map(event => ({ ...event, milliseconds: 0, wire: undefined }));
  return { trips: finishOf(events).wire.roundTrips, events, alike: alike.map(event => JSON.stringify(event)).sort() };
}

describe('cli: reading ahead', function () {
  this.timeout(120_000);
  for (const count of [10, 100, 1000]) {
    it(`takes at most 3 round trips a host for ${count} tasks with nothing to do`, async () => {
      using project = new Project({ 'hosts.yml': localHosts('n1'), 'play.yml': manyTasks(count), ...described(count) });
      for (let n = 0; n < count / 5; n++) symlinkSync(`d${n}/f`, `${project.directory}/n1/l${n}`);
      const { trips, events } = await run(project);
      assert.deepEqual(ofKind(events, 'change'), []);
      assert.ok(trips <= 3, `${trips} round trips`);
    });
  }

  it('takes one round trip a change, and three more', async () => {
    using project = new Project({ 'hosts.yml': localHosts('n1'), 'play.yml': manyTasks(50) });
    const { trips, events } = await run(project);
    const changes = ofKind(events, 'change').length;
    assert.equal(changes, 41);
    assert.ok(trips <= changes + 3, `${trips} round trips for ${changes} changes`);
  });

  it('starts at most 5 programs on the host for what 30 files are', async () => {
    const files = Array.from({ length: 30 }, (_, n) => `- {name: file ${n}, file.copy: {dest: "{{ where }}/f${n}", content: "${n}"}}`);
    const contents = Object.fromEntries(files.map((_, n) => [`f${n}`, `${n}`]));
    using project = new Project({ 'hosts.yml': localHosts('n1'), 'play.yml': play(files), ...contents });
    const log = project.path('programs');
    project.write(Object.fromEntries(PROGRAMS.map(name => [`bin/${name}`, SHIM(name, log)])));
    for (const name of PROGRAMS) chmodSync(project.path(`bin/${name}`), 0o755);
    const { PATH = '' } = process.env;
    process.env['PATH'] = `${project.path('bin')}:${PATH}`;
    const ended = project.runPlay();
    process.env['PATH'] = PATH;
    const { code, stdout } = await ended;
    assert.equal(code, 0, stdout);
    assert.match(stdout, /changed=0/);
    const started = project
      .read('programs')
      .trim()
      .split('\n')
      .filter(name => !ONCE.has(name));
    // Two ask, two answer, one tidies up behind the frame; the last rm ends the session.
    assert.deepEqual(started, ['stat', 'sha256sum', 'wc', 'cat', 'rm', 'rm']);
  });

  it('says where the time went, on standard error and in a trace', async () => {
    using project = new Project({ 'hosts.yml': localHosts('n1', 'n2'), 'play.yml': manyTasks(10) });
    const args = ['--check', '--profile', '--trace', 'trace.json'];
    const { code, stderr } = await project.runPlay(...args);
    assert.equal(code, 0, stderr);
    assert.match(stderr, /^PROFILE .*\n {2}host +round trips +uploads +sent +received +remote\n {2}n1 +\d /);
    const { traceEvents } = JSON.parse(project.read('trace.json')) as { traceEvents: { ph: string; name: string }[] };
    assert.ok(traceEvents.filter(event => event.name === 'frame').length >= 2);
    const refused = await project.runPlay(...args.with(-1, 'no/such/folder.json'));
    assert.equal(refused.code, 5);
    assert.match(refused.stderr, /^the trace cannot be written: /);
    assert.equal(refused.stdout, '');
  });

  const SHARED = play([
    '- {name: top, file.directory: {path: "{{ here }}"}}',
    '- {name: first, file.copy: {dest: "{{ here }}/a", content: one}}',
    '- {name: told, command: {argv: [sh, -c, "echo two > {{ here }}/a; ln -sfn . {{ here }}/loop; echo $$ > {{ here }}/b"], creates: "{{ here }}/b"}}',
    '- {name: again, file.copy: {dest: "{{ here }}/a", content: three}, register: copied}',
    '- {name: through, file.copy: {dest: "{{ here }}/c", content: "was {{ copied.changed }}"}}',
    '- {name: read, file.read: {path: "{{ here }}/a"}, register: text}',
    '- {name: last, file.copy: {dest: "{{ here }}/d", content: "{{ text.text }}"}}',
    '- {name: listed, file.copy: {dest: "{{ here }}/{{ item }}", content: "{{ item }}"}, loop: [x, y, x]}',
    '- {name: gone, file.absent: {path: "{{ here }}/x"}, when: copied.changed}',
    '- {name: kept, file.line: {path: "{{ here }}/c", line: more}, when: "!copied.changed"}',
  ]);

  for (const [name, text] of [
    ['many tasks', manyTasks(50)],
    ['tasks that depend on each other', SHARED],
  ] as const) {
    it(`is the same run as one by one: ${name}`, async () => {
      using ahead = new Project({ 'hosts.yml': localHosts('n1', 'n2'), 'play.yml': text });
      using single = new Project({ 'hosts.yml': localHosts('n1', 'n2'), 'play.yml': text });
      for (const args of [['--check'], [], [], ['--check']]) {
        const [one, other] = [await run(ahead, ...args), await run(single, '--one-by-one', ...args)];
        const plain = (events: readonly string[], of: Project): readonly string[] =>
          events.map(event => event.replaceAll(of.directory, ''));
        assert.deepEqual(plain(one.alike, ahead), plain(other.alike, single));
        assert.ok(one.trips <= other.trips);
      }
    });
  }
});
