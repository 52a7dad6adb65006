// Bad days in the middle of a run: sshd restarts, the network stalls or is cut, the host is gone and comes back, too many come at once.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../support/until.ts';
import type { Day, DayTable } from '../support/day.ts';
import { lacksSshd, startSshd, type SshdOptions, type SshdScene } from '../support/sshd.ts';

const row = (day: Omit<Day<SshdScene>, 'lacks'>): Day => ({ lacks: lacksSshd, ...day });

/** A change that takes its time: it begins, and is told to go on by a file. */
const HELD = `- hosts: all
  tasks:
    - {name: before, file.copy: {dest: "{{ home }}/before", content: "x"}}
    - name: held
      command:
        argv: [sh, -c, "echo once >>{{ home }}/ran; : >{{ home }}/begun; until [ -e {{ home }}/go ]; do sleep 0.1; done; : >{{ home }}/held"]
        creates: "{{ home }}/held"
    - {name: after, file.copy: {dest: "{{ home }}/after", content: "y"}}
`;

const RESTART = `- hosts: all
  tasks:
    - {name: before, file.copy: {dest: "{{ home }}/before", content: "x"}}
    - name: restart sshd
      command:
        argv: [sh, -c, "old=$(cat {{ home }}/pid); kill $old; while kill -0 $old 2>/dev/null; do sleep 0.1; done; setsid /usr/sbin/sshd -f {{ home }}/sshd_config </dev/null >/dev/null 2>&1"]
        touches: []
    - {name: after, file.copy: {dest: "{{ home }}/after", content: "y"}}
`;

const SMALL = '- hosts: all\n  tasks:\n    - {name: a file, file.copy: {dest: "{{ home }}/{{ inventory_hostname }}.file", content: "x"}}\n';
const LARGE = `- hosts: all\n  tasks:\n    - {name: a file, file.copy: {dest: "{{ home }}/n1.file", content: "{{ large }}"}}\n`;

/** A network that can be stopped: what was sent is kept until it goes on. */
class Network implements AsyncDisposable {
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;

  async before(target: number): Promise<number> {
    this.#server = createServer(client => {
      const server = connect(target, '127.0.0.1');
      for (const socket of [client, server]) {
        this.#sockets.add(socket.on('error', () => undefined));
        socket.setNoDelay(true);
        socket.once('close', () => this.#sockets.delete(socket));
      }
      client.pipe(server).pipe(client);
      client.once('close', () => server.destroy());
      server.once('close', () => client.destroy());
    });
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  stop(): void {
    for (const socket of this.#sockets) socket.pause();
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  goOn(): void {
    for (const socket of this.#sockets) socket.resume();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server?.close();
    await Promise.resolve();
  }
}

interface Networked extends SshdScene {
  readonly network: Network;
}

async function startBehindNetwork(options: SshdOptions = {}): Promise<Networked> {
  const network = new Network();
  const scene = await startSshd({ ...options, before: port => network.before(port) });
  const dispose = scene[Symbol.asyncDispose].bind(scene);
  return Object.assign(scene, {
    network,
    async [Symbol.asyncDispose]() {
      await network[Symbol.asyncDispose]();
      await dispose();
    },
  });
}

const has = (scene: SshdScene, name: string): boolean => existsSync(join(scene.home, name));
const begun = (scene: SshdScene): Promise<void> => patiently('the change has begun', () => has(scene, 'begun'));

async function patiently(what: string, holds: () => boolean): Promise<void> {
  for (let round = 0; round < 5 && !holds(); round++) await until(what, holds).catch(() => undefined);
  assert.ok(holds(), what);
}

function letGo(scene: SshdScene): void {
  writeFileSync(join(scene.home, 'go'), '');
}

function allDone(scene: SshdScene): void {
  for (const name of ['before', 'held', 'after']) assert.ok(has(scene, name), name);
  assert.equal(readFileSync(join(scene.home, 'ran'), 'utf8'), 'once\n', 'the change ran once');
}

function crowd(hosts: number): Day {
  return row({
    name: `${hosts} hosts are one sshd with \`MaxStartups 1\``,
    prepare: () => startSshd({ hosts, settings: ['MaxStartups 1'], variables: { connect_timeout: 120 } }),
    playbook: SMALL,
    expect: { exitCode: 0, left: 'all as described' },
    check(scene) {
      for (let host = 1; host <= hosts; host++) assert.ok(has(scene, `n${host}.file`), `n${host}`);
    },
  });
}

export const TABLE: DayTable = {
  title: 'Losing a host',
  days: [
    row({
      name: 'a task restarts sshd',
      prepare: () => startSshd(),
      playbook: RESTART,
      expect: { exitCode: 0, left: 'the session goes on, all as described' },
      check: scene => assert.ok(has(scene, 'after')),
    }),
    row({
      name: 'the network stops in a change and comes back (5 s, within the signs of life)',
      prepare: () => startBehindNetwork(),
      playbook: HELD,
      async meanwhile(scene) {
        await begun(scene);
        const { network } = scene as Networked;
        network.stop();
        letGo(scene);
        await patiently('the change is over on the host', () => has(scene, 'held'));
        await sleep(5000);
        network.goOn();
      },
      expect: { exitCode: 0, left: 'all as described; the change ran once' },
      check: allDone,
    }),
    row({
      name: 'the network stops in a change and stays away (signs of life every second; 15 by default), while the change goes on',
      prepare: () => startBehindNetwork({ variables: { ssh_config: 'FOLDER/ssh_config' } }),
      playbook: HELD,
      async meanwhile(scene, running) {
        await begun(scene);
        (scene as Networked).network.stop();
        await running.ended;
        assert.ok(!has(scene, 'held'), 'the change is still under way');
        letGo(scene);
        await patiently('the change ends on the host', () => has(scene, 'held'));
      },
      expect: {
        exitCode: 4,
        message: 'n1: the connection was lost while a frame was under way',
        left: 'the change ran to its end; the next run finds that out and does the rest',
      },
      check: scene => assert.ok(!has(scene, 'after')),
      // A network that is there again carries nothing of the old connection.
      mend: scene => (scene as Networked).network.cut(),
      mended: allDone,
    }),
    row({
      name: 'the host is gone in a change, with all that ran there, and comes back',
      prepare: () => startSshd(),
      playbook: HELD,
      async meanwhile(scene) {
        await begun(scene);
        await scene.crash();
      },
      expect: {
        exitCode: 4,
        message: 'n1: the connection was lost while a frame was under way',
        left: 'what was done before; the next run does the rest',
      },
      check(scene) {
        assert.deepEqual(
          ['before', 'held', 'after'].map(name => has(scene, name)),
          [true, false, false],
        );
      },
      async mend(scene) {
        letGo(scene);
        await scene.start();
      },
      mended: scene => assert.ok(has(scene, 'held') && has(scene, 'after')),
    }),
    row({
      name: '`MaxSessions 1`, and a file that needs a second channel',
      prepare: () => startSshd({ settings: ['MaxSessions 1'], variables: { connect_timeout: 5, large: 'x'.repeat(100_000) } }),
      playbook: LARGE,
      expect: {
        exitCode: 4,
        message: 'n1 refused another channel for 5 s: …, raise MaxSessions in its sshd_config',
        left: 'nothing of the file',
      },
      check: scene => assert.ok(!has(scene, 'n1.file')),
    }),
    row({
      name: '`MaxSessions 1`, and nothing that needs a second channel',
      prepare: () => startSshd({ settings: ['MaxSessions 1'] }),
      playbook: SMALL,
      expect: { exitCode: 0, left: 'all as described' },
      check: scene => assert.ok(has(scene, 'n1.file')),
    }),
    crowd(8),
    crowd(40),
  ],
};
