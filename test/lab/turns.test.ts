// Two controllers on the same real hosts at once: on no host does one change something between two changes of the other.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../cli/support/program.ts';
import { ofSuite } from './support/of-suite.ts';
import { startWrittenLab } from './support/written-lab.ts';

const TIMES = 20;
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

/** Each run comes to its first change of a host while the other may have changed another. */
const CROSSWISE = `- hosts: all
  become: true
  tasks:
${['a', 'b', 'a', 'b'].map((host, index) => `    - {name: step ${index}, when: inventory_hostname == "${host}", command: {argv: [sh, -c, "echo {{ who }} >>/srv/log"], touches: [/srv/log]}}\n`).join('')}`;

describe('two controllers that begin together', function () {
  this.timeout(600_000);
  const lab = ofSuite(() => startWrittenLab(HOSTS, () => Promise.resolve({})));
  before(() => {
    writeFileSync(join(lab().folder, 'serial.yml'), play('  serial: 1\n'));
    writeFileSync(join(lab().folder, 'together.yml'), play(''));
    writeFileSync(join(lab().folder, 'crosswise.yml'), CROSSWISE);
  });

  /** Both, from the same moment on; then the hosts are looked at. @param changes that each host sees */
  const runBoth = async (playbook: string, time: number, changes: number): Promise<void> => {
    await Promise.all(HOSTS.map(host => lab().shell(host, 'rm -f /srv/log; echo before >/srv/state')));
    const words = (who: string) => ['run', playbook, '-i', 'inventory', '-e', `who=${who}`, '-e', `time=${time}`, '--wait-lock', '120'];
    const both = await Promise.all(CONTROLLERS.map(who => runProgram(lab().folder, words(who))));
    for (const { code, stdout, stderr } of both) assert.equal(code, 0, `time ${time}: ${stdout}${stderr}`);
    for (const host of HOSTS) {
      const log = (await lab().shell(host, 'cat /srv/log')).split('\n');
      const turns = log.filter((who, index) => who !== log[index - 1]);
      assert.deepEqual(turns, [...new Set(turns)], `time ${time}, ${host}: ${log.join(' ')}`);
      assert.equal(log.length, changes, `time ${time}, ${host}: ${log.join(' ')}`);
      if (playbook !== 'crosswise.yml') assert.equal(await lab().shell(host, 'cat /srv/state'), String(time));
    }
  };

  // Three changes of each controller, and the handler, once: of the one that made the change.
  const WAYS = {
    'serial.yml': { what: 'have their turns one after the other, host by host', changes: 7, times: TIMES },
    'together.yml': { what: 'have their turns one after the other, all hosts at once', changes: 7, times: TIMES },
    'crosswise.yml': { what: 'have their turns one after the other where hosts are changed by turns', changes: 4, times: 5 },
  };
  for (const [playbook, { what, changes, times }] of Object.entries(WAYS))
    it(`${what}, ${times} times`, async () => {
      for (let time = 1; time <= times; time++) await runBoth(playbook, time, changes);
    });
});
