// Handlers that are owed outlive the run that notified them: the host keeps them until they have run.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { eventsOf, finishOf } from './support/events.ts';
import { localHosts, Project } from './support/project.ts';
import { until } from '../support/until.ts';

const PLAY = `- name: one
  hosts: all
  tasks:
    - {name: file, file.copy: {dest: "{{ where }}/{{ inventory_hostname }}.conf", content: new}, notify: tell}
    - {name: other, file.copy: {dest: "{{ where }}/{{ inventory_hostname }}.other", content: new}, notify: [tell, last]}
    - {name: stop, command: {argv: [sh, -c, "test -e {{ where }}/go"], touches: []}}
  handlers:
    - {name: tell, command: {argv: [sh, -c, "echo told >> {{ where }}/{{ inventory_hostname }}.told"]}}
    - {name: last, command: {argv: [sh, -c, "echo last >> {{ where }}/{{ inventory_hostname }}.told"]}}
`;

function project(): Project {
  return new Project({ 'hosts.yml': localHosts('n1', 'n2'), 'play.yml': PLAY });
}

const kept = (of: Project): readonly string[] => (of.has('.state/owed') ? readdirSync(of.path('.state/owed')) : []);

describe('cli: owed handlers', function () {
  this.timeout(60_000);

  it('run in the next run when this one fails before them, once, and a dry run says so', async () => {
    using here = project();
    const failed = await here.runPlay();
    assert.equal(failed.code, 2);
    assert.match(failed.stdout, /n1: handlers were notified but have not run: tell, last; the host keeps them for the next run/);
    assert.deepEqual([here.has('n1.told'), kept(here).length], [false, 4]);
    here.write({ go: '' });
    const check = await here.runPlay('--check');
    assert.match(check.stdout, /n1: an earlier run has left a handler to do: tell/);
    assert.match(check.stdout, /HANDLER \[last\]/);
    assert.deepEqual([here.has('n1.told'), kept(here).length], [false, 4]);
    const next = await here.runPlay();
    assert.equal(next.code, 0, next.stdout + next.stderr);
    assert.deepEqual([here.read('n1.told'), here.read('n2.told'), kept(here)], ['told\nlast\n', 'told\nlast\n', []]);
    await here.runPlay();
    assert.equal(here.read('n1.told'), 'told\nlast\n');
  });

  it('run in the next run when the controller is killed', async () => {
    using here = project();
    here.write({
      'play.yml': PLAY.replace('test -e {{ where }}/go', 'touch {{ where }}/held; until [ -e {{ where }}/go ]; do sleep 0.05; done'),
    });
    const running = here.start('run', 'play.yml', '-i', 'hosts.yml', '-e', `where=${here.directory}`);
    await until('the command has begun', () => here.has('held'));
    running.kill();
    await running.ended;
    here.write({ go: '' });
    const next = await here.runPlay();
    assert.equal(next.code, 0, next.stdout + next.stderr);
    assert.deepEqual([here.read('n1.told'), kept(here)], ['told\nlast\n', []]);
  });

  it('are kept before the change, which is not made where they cannot be', async () => {
    using here = project();
    here.write({ '.state': 'a file where a folder should be' });
    const { code, stdout } = await here.runPlay();
    assert.equal(code, 2);
    assert.match(stdout, /the host cannot keep in mind which handlers the change notifies, so it was not made: /);
    assert.equal(here.has('n1.conf'), false);
  });

  it('say nothing, and cost nothing, when nothing was notified', async () => {
    using here = project();
    here.write({ go: '', 'play.yml': PLAY.replace('touches: []', 'creates: "{{ where }}/go", touches: []') });
    await here.runPlay();
    const { code, stdout } = await here.runPlay('--output', 'json');
    assert.equal(code, 0, stdout);
    const { roundTrips } = finishOf(eventsOf(stdout)).wire;
    assert.ok(roundTrips <= 4, `${roundTrips} round trips for two hosts`);
  });
});
