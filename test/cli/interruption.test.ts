// Ctrl-C: the first begins nothing new and lets running changes finish, the second ends them; 130, and what was and was not done.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { eventsOf, finishOf, statuses } from './support/events.ts';
import { startHosts } from './support/hosts.ts';
import { normal } from './support/normal.ts';
import { localHosts, Project } from './support/project.ts';
import { until } from '../support/until.ts';

/** A command that says it has begun, runs until it is let go, and says that it is done. */
const HELD = `sh -c 'echo $$ > {{ where }}/{{ inventory_hostname }}.pid; until [ -e {{ where }}/go ]; do sleep 0.05; done; : > {{ where }}/{{ inventory_hostname }}.done'`;
const PLAY = [
  '- name: one',
  '  hosts: all',
  '  tasks:',
  `    - {name: held, command: {cmd: ${JSON.stringify(HELD)}}, notify: after all}`,
  '    - {name: never, command: "touch {{ where }}/never"}',
  '  handlers:',
  '    - {name: after all, command: "touch {{ where }}/handled"}',
  '- name: two',
  '  hosts: n1',
  '  tasks:',
  '    - {name: elsewhere, command: "touch {{ where }}/never"}',
  '',
].join('\n');

const isAlive = (pid: number): boolean => existsSync(`/proc/${pid}`);

describe('cli: interruption', () => {
  it('lets the running change finish, begins nothing new, and says what was and was not done', async () => {
    using project = new Project({ 'hosts.yml': localHosts('n1', 'n2'), 'play.yml': PLAY });
    const running = project.start('run', 'play.yml', '-i', 'hosts.yml', '-e', `where=${project.directory}`);
    await until('both commands have begun', () => ['n1', 'n2'].every(host => project.has(`${host}.pid`)));
    running.interrupt();
    await until('the interruption was heard', () => running.stdout().includes('INTERRUPTED'));
    project.write({ go: '' });
    const { code, stdout, stderr } = await running.ended;
    assert.deepEqual([code, stderr], [130, '']);
    assert.deepEqual(
      ['n1.done', 'n2.done', 'never', 'handled'].map(name => project.has(name)),
      [true, true, false, false],
    );
    const text = normal(stdout, project.directory).replaceAll(/^ +run: .*\n/gm, '');
    assert.match(
      text,
      /^INTERRUPTED: nothing new is begun, once more ends what runs\n {2}running: \[n1\] held\n {2}running: \[n2\] held\nTASK \[held\]\n/m,
    );
    assert.match(text, /^ {2}warning: n1: handlers were notified but have not run: after all; the host keeps them for the next run$/m);
    assert.match(text, /^NOT DONE: 2 tasks not begun\n {2}- never\n {2}- elsewhere\n$/m);
    assert.match(text, /^ {2}n1 : ok=0 {2}changed=1 {2}failed=0\n {2}n2 : ok=0 {2}changed=1 {2}failed=0$/m);
    assert.match(text, /^interrupted: 1 task on 2 hosts, changed=2, /m);
  });

  it('ends what runs at the second time, over SSH too, and still closes with a summary', async () => {
    await using hosts = await startHosts('far');
    const inventory = JSON.parse(hosts.inventory()) as { all: { hosts: Record<string, object> } };
    inventory.all.hosts['n1'] = { connection: 'local' };
    using project = new Project({ 'hosts.yml': JSON.stringify(inventory), 'play.yml': PLAY });
    const running = project.start('run', 'play.yml', '-i', 'hosts.yml', '-e', `where=${project.directory}`, '--output', 'json');
    await until('both commands have begun', () =>
      ['n1', 'far'].every(host => project.has(`${host}.pid`) && project.read(`${host}.pid`) !== ''),
    );
    const pids = ['n1', 'far'].map(host => Number(project.read(`${host}.pid`)));
    assert.deepEqual(pids.map(isAlive), [true, true]);
    running.interrupt();
    await until('the first was heard', () => running.stdout().includes('"signal":"first"'));
    assert.deepEqual(pids.map(isAlive), [true, true], 'the first lets them be');
    running.interrupt();
    const { code, stdout, stderr } = await running.ended;
    assert.deepEqual([code, stderr], [130, '']);
    assert.deepEqual(pids.map(isAlive), [false, false]);
    assert.deepEqual(
      ['n1.done', 'far.done', 'never'].map(name => project.has(name)),
      [false, false, false],
    );
    const events = eventsOf(stdout);
    assert.deepEqual([...statuses(events)].sort(), ['far held: failed', 'n1 held: failed']);
    const { exitCode, notDone } = finishOf(events);
    assert.deepEqual([exitCode, notDone], [130, ['never', 'elsewhere']]);
  });

  it('begins neither the next item of a loop nor a host whose turn has not come', async () => {
    using project = new Project({
      'hosts.yml': localHosts('n1', 'n2'),
      'play.yml': `- hosts: all\n  tasks:\n    - {name: each, command: {cmd: ${JSON.stringify(`${HELD} {{ item }}`)}}, loop: [a, b, c]}\n`,
    });
    const running = project.start('run', 'play.yml', '-i', 'hosts.yml', '-f', '1', '-e', `where=${project.directory}`);
    await until('the first has begun', () => project.has('n1.pid'));
    running.interrupt();
    await until('the interruption was heard', () => running.stdout().includes('INTERRUPTED'));
    project.write({ go: '' });
    const { code, stdout } = await running.ended;
    assert.equal(code, 130);
    assert.match(stdout, /^ {2}failed: \[n1\] interrupted: 2 of 3 items were not begun$/m);
    assert.match(stdout, /^NOT DONE: 1 task not begun\n {2}- each on n2$/m);
    assert.equal(project.has('n2.pid'), false);
  });
});
