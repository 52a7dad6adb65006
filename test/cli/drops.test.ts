// The link breaks behind every frame of a run, one at a time: the next run ends as an undisturbed one, and no handler is missed.
import assert from 'node:assert/strict';
import { execute } from '../../src/cli/execute.ts';
import { requestFrom } from '../../src/cli/commands/request.ts';
import type { Event } from '../../src/report/events.ts';
import { connectDropping, type Drop } from '../support/dropping-transport.ts';
import { localHosts, Project } from './support/project.ts';

const PLAY = `- name: one
  hosts: all
  vars: {here: "{{ where }}/{{ inventory_hostname }}"}
  pre_tasks:
    - {name: folder, file.directory: {path: "{{ here }}"}}
    - {name: early, file.copy: {dest: "{{ here }}/early", content: "1"}, notify: first}
  tasks:
    - {name: settings, file.copy: {dest: "{{ here }}/settings", content: "{{ facts.os.family }}"}, notify: [first, second]}
    - {name: lines, file.line: {path: "{{ here }}/lines", line: "{{ item }}", create: true}, loop: [a, b, c], notify: second}
    - {name: large, file.copy: {dest: "{{ here }}/large", content: "{{ large }}"}, notify: third}
    - {name: made, command: {argv: [sh, -c, "echo x > {{ here }}/made"], creates: "{{ here }}/made", touches: ["{{ here }}/made"]}}
    - {name: link, file.link: {path: "{{ here }}/link", target: made}}
  handlers:
    - {name: first, command: {argv: [sh, -c, "echo first >> {{ here }}/told"], touches: []}}
    - {name: second, command: {argv: [sh, -c, "echo second >> {{ here }}/told"], touches: []}}
    - {name: third, command: {argv: [sh, -c, "echo third >> {{ here }}/told"], touches: []}}
`;
const FILES = ['early', 'settings', 'lines', 'large', 'made', 'link'];

interface Ran {
  readonly exitCode: number;
  readonly events: readonly Event[];
}

async function run(of: Project, drop: Drop): Promise<Ran> {
  const events: Event[] = [];
  const never = new AbortController().signal;
  process.env['TSPLAY_STATE'] = of.path('.state');
  const extraVars = [JSON.stringify({ where: of.directory, large: 'x'.repeat(100_000) })];
  const request = { ...requestFrom({ inventory: ['hosts.yml'], extraVars }, 'play.yml', 'run'), cwd: of.directory };
  const { exitCode } = await execute(request, {
    emit: event => events.push(event),
    stop: never,
    kill: never,
    connect: connectDropping(drop),
  });
  return { exitCode, events };
}

const project = (): Project => new Project({ 'hosts.yml': localHosts('n1', 'n2'), 'play.yml': PLAY });
const whole = (): Drop => ({ host: 'n1', answer: 0, heard: 0 });
const contents = (of: Project): readonly string[] => FILES.map(name => of.read(`n1/${name}`));
const told = (of: Project): readonly string[] => of.read('n1/told').trim().split('\n');

describe('cli: a link that breaks', function () {
  this.timeout(120_000);

  it('behind any frame leaves nothing that the next run does not mend', async () => {
    using undisturbed = project();
    const counted = whole();
    assert.equal((await run(undisturbed, counted)).exitCode, 0);
    assert.ok(counted.heard >= 12, `${counted.heard} answers`);
    for (let answer = 1; answer <= counted.heard; answer++) {
      using here = project();
      const first = await run(here, { host: 'n1', answer, heard: 0 });
      assert.ok(first.exitCode === 0 || first.exitCode === 4, `answer ${answer}: exit code ${first.exitCode}`);
      const next = await run(here, whole());
      assert.equal(next.exitCode, 0, `answer ${answer}`);
      assert.deepEqual(contents(here), contents(undisturbed), `answer ${answer}`);
      assert.deepEqual([...new Set(told(here))].sort(), ['first', 'second', 'third'], `answer ${answer}`);
      const last = await run(here, whole());
      assert.deepEqual(
        last.events.filter(event => event.kind === 'change'),
        [],
        `answer ${answer}`,
      );
    }
  });

  it('in a reading is made anew, and the run goes on', async () => {
    using here = project();
    const drop = { host: 'n1', answer: 1, heard: 0 };
    assert.equal((await run(here, drop)).exitCode, 0);
    assert.ok(drop.heard > 1);
  });
});
