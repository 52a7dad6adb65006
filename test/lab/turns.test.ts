// Two controllers on the same real hosts at once: on no host does one change something between two changes of the other.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram, type Ended } from '../cli/support/program.ts';
import { needLab } from './support/lab-inventory.ts';
import { startWrittenLab, type WrittenLab } from './support/written-lab.ts';

const TIMES = 20;
/** Where two that wait for each other give up, it takes longer. */
const TIMES_TOGETHER = 10;
const HOSTS = ['a', 'b'] as const;
const CONTROLLERS = ['one', 'other'] as const;

/** Each change says in a log of its host whose it is. What is described is the same for both. */
const play = (keywords: string): string => `- hosts: all
  become: true
${keywords}  tasks:
    - {name: begin, command: {argv: [sh, -c, "echo {{ who }} >>/srv/log"], touches: [/srv/log]}}
    - {name: state, file.copy: {dest: /srv/state, content: "{{ time }}\\n"}, notify: told}
    - {name: middle, command: {argv: [sh, -c, "sleep 0.1; echo {{ who }} >>/srv/log"], touches: [/srv/log]}}
    - {name: end, command: {argv: [sh, -c, "echo {{ who }} >>/srv/log"], touches: [/srv/log]}}
  handlers:
    - {name: told, command: {argv: [sh, -c, "echo {{ who }} >>/srv/log"], touches: [/srv/log]}}
`;

/** Words of a run that could not have its turn. */
const REFUSED = /^(?:\S+ )?.*is being changed by another run, of \S+ since .*: wait for it with --wait-lock SECONDS/m;

describe('two controllers that begin together', function () {
  this.timeout(600_000);
  let standing: WrittenLab | undefined;
  const lab = (): WrittenLab => {
    assert.ok(standing, 'the lab is up');
    return standing;
  };
  before(async function () {
    await needLab(this);
    standing = await startWrittenLab(HOSTS, () => Promise.resolve({}));
    writeFileSync(join(lab().folder, 'serial.yml'), play('  serial: 1\n'));
    writeFileSync(join(lab().folder, 'together.yml'), play(''));
  });
  after(async function () {
    this.timeout(120_000);
    await standing?.[Symbol.asyncDispose]();
  });

  /** Both, from the same moment on; then the hosts are looked at. */
  const runBoth = async (playbook: string, time: number, wait: number): Promise<readonly Ended[]> => {
    await Promise.all(HOSTS.map(host => lab().shell(host, 'rm -f /srv/log; echo before >/srv/state')));
    const words = (who: string) => ['run', playbook, '-i', 'inventory', '-e', `who=${who}`, '-e', `time=${time}`];
    const both = await Promise.all(CONTROLLERS.map(who => runProgram(lab().folder, [...words(who), '--wait-lock', String(wait)])));
    for (const { code, stdout, stderr } of both) assert.ok(code === 0 || code === 2, stdout + stderr);
    for (const host of HOSTS) {
      const log = (await lab().shell(host, 'cat /srv/log')).split('\n');
      const turns = log.filter((who, index) => who !== log[index - 1]);
      assert.deepEqual(turns, [...new Set(turns)], `time ${time}, ${host}: ${log.join(' ')}`);
      assert.equal(await lab().shell(host, 'cat /srv/state'), String(time));
    }
    return both;
  };

  it(`have their turns one after the other, host by host, ${TIMES} times`, async () => {
    for (let time = 1; time <= TIMES; time++) {
      const both = await runBoth('serial.yml', time, 120);
      assert.deepEqual(
        both.map(({ code }) => code),
        [0, 0],
        both.map(({ stdout }) => stdout).join('\n'),
      );
      // Three changes of each controller, and the handler, once: of the one that made the change.
      for (const host of HOSTS) assert.equal(await lab().shell(host, 'wc -l </srv/log'), '7', `time ${time}, ${host}`);
    }
  });

  it(`are kept apart where each has begun with another host, ${TIMES_TOGETHER} times`, async () => {
    let refused = 0;
    for (let time = 1; time <= TIMES_TOGETHER; time++) {
      const both = await runBoth('together.yml', time, 2);
      for (const { code, stdout } of both) {
        if (code === 0) continue;
        assert.equal(code, 2, stdout);
        assert.match(stdout, REFUSED);
        refused += 1;
      }
    }
    process.stdout.write(`      ${refused} of ${2 * TIMES_TOGETHER} runs were refused a host\n`);
  });
});
