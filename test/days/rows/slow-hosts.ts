// Bad days of a run with a host that is slow: the others wait for it where tasks end together, and no longer.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createDelayedServer } from '../../../bench/proxy/delayed-server.ts';
import { eventsOf, finishOf, ofKind } from '../../cli/support/events.ts';
import { startHosts } from '../../cli/support/hosts.ts';
import type { Ended } from '../../cli/support/program.ts';
import type { Project } from '../../cli/support/project.ts';
import type { Day, DayTable, Scene } from '../support/day.ts';

/** Milliseconds each way, a hundred times those of a network at home. */
const FAR = 300;

const PLAY = `- hosts: all
  tasks:
    - {name: first, file.copy: {content: "1", dest: "{{ where }}/{{ inventory_hostname }}-1"}}
    - {name: second, file.copy: {content: "2", dest: "{{ where }}/{{ inventory_hostname }}-2"}}
    - {name: third, file.copy: {content: "3", dest: "{{ where }}/{{ inventory_hostname }}-3"}}
`;

/** n1 and n2 beside the program, n3 behind a long line. */
async function startSlow(project: Project): Promise<Scene> {
  const hosts = await startHosts('n1', 'n2', 'n3');
  const { port, hostKey } = hosts.servers.n3;
  const { server } = createDelayedServer({ address: '127.0.0.1', port }, FAR);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const far = (server.address() as AddressInfo).port;
  writeFileSync(project.path('far_hosts'), `[127.0.0.1]:${far} ${hostKey}\n`);
  return {
    inventory: hosts.inventory({ n3: { ssh_port: far, ssh_known_hosts: project.path('far_hosts'), connect_timeout: 60 } }),
    async [Symbol.asyncDispose]() {
      server.close();
      await hosts[Symbol.asyncDispose]();
    },
  };
}

/** Every host has the files, and none began a task before the slow one had ended the one before. */
function isDone(_: Scene, { stdout }: Ended, project: Project): void {
  for (const host of ['n1', 'n2', 'n3']) for (const task of ['1', '2', '3']) assert.equal(project.read(`${host}-${task}`), task);
  const events = eventsOf(stdout);
  assert.equal(finishOf(events).exitCode, 0);
  const results = ofKind(events, 'task-result');
  assert.deepEqual(
    results.map(({ task }) => task.name),
    ['first', 'first', 'first', 'second', 'second', 'second', 'third', 'third', 'third'],
  );
  // The others are done with each task when the slow one is still at it.
  assert.deepEqual(
    results.filter((_result, index) => index % 3 === 2).map(({ host }) => host),
    ['n3', 'n3', 'n3'],
  );
  const [slow, quick] = ['n3', 'n1'].map(name =>
    results.filter(({ host }) => host === name).reduce((sum, { milliseconds }) => sum + milliseconds, 0),
  );
  assert.ok((slow ?? 0) > 3 * 2 * FAR, `n3 took ${slow ?? 0} ms`);
  assert.ok((quick ?? 0) < (slow ?? 0) / 2, `n1 took ${quick ?? 0} ms, n3 ${slow ?? 0} ms`);
}

const day: Day = {
  name: 'a host answers 100 times slower than the others',
  prepare: startSlow,
  playbook: PLAY,
  args: ['--output', 'json'],
  expect: { exitCode: 0, left: 'all as described on all; the others wait at the end of each task, and for nothing else' },
  check: isDone,
};

export const TABLE: DayTable = { title: 'Slow hosts', days: [day] };
