// A check leaves nothing on a host: no path is made, changed or touched, and no process stays, whichever module is asked.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { MODULES } from '../../src/modules/registry.ts';
import { JOINT, MENDING, WATCHING } from './modules/all-cases.ts';
import { writeMaterials } from './modules/materials.ts';
import type { LabRun } from './support/lab-inventory.ts';
import { leftovers, traceOf, type Trace } from './support/leftovers.ts';
import { ofSuite } from './support/of-suite.ts';
import { startWrittenLab } from './support/written-lab.ts';

/** What the roles here import: they run in this process. */
const INDEX = new URL('../../src/index.js', import.meta.url).href;
const HOST = 'looked-at';
const CASES = [...MENDING, ...WATCHING];
/** What a module that does not keep the promise would do while it looks. */
const SINS = {
  'a file': { does: 'touch /var/lib/planted', leaves: /^\/var\/lib\/planted: absent → / },
  'a file in memory': { does: 'touch /dev/shm/planted', leaves: /^\/dev\/shm\/planted: absent → / },
  'a file that is as before, but for its time': { does: 'touch /etc/hosts', leaves: /^\/etc\/hosts: / },
  'a process': { does: 'setsid sleep 47.11 >/dev/null 2>&1 </dev/null &', leaves: /^a process is left: sleep 47\.11$/ },
} as const;

describe('a check leaves nothing', function () {
  this.timeout(300_000);
  const lab = ofSuite(() =>
    startWrittenLab([HOST], async folder => {
      for (const [index, { does }] of Object.values(SINS).entries()) writeRole(folder, `sin${index}`, does);
      return writeMaterials(folder);
    }),
  );
  before(async () => {
    // The first login of all makes what later ones find.
    await lab().play('check', `- hosts: ${HOST}\n  become: true\n  tasks:\n    - debug: {msg: here}\n`);
  });

  it('is shown for every module', () => {
    assert.deepEqual([...new Set(CASES.map(item => item.module))].sort(), Object.keys(MODULES).sort());
  });

  it('of all modules, where each has something to do, and of tasks that build on each other', async () => {
    await lab().shell(HOST, CASES.flatMap(({ prepare }) => (prepare === undefined ? [] : [`(${prepare}\n)`])).join('\n'));
    await settled();
    const single = CASES.map((item, index) => play(`${index} ${item.module} ${item.does}`, `tasks:\n${indented(item.tasks)}`));
    const joint = JOINT.map(item => play(item.does, item.play));
    const { left, run } = await leftBy([...single, ...joint].join(''));
    if (left.length > 0) assert.fail(`${left.join('\n')}\nis left by\n${await blame([...single, ...joint])}`);
    const asked = new Set(run.results.map(result => result.task.module));
    assert.deepEqual(
      Object.keys(MODULES).filter(name => !asked.has(name)),
      [],
      'were not asked',
    );
    assert.deepEqual(
      run.results.filter(result => result.status === 'failed').map(result => `${result.task.name}: ${result.message ?? ''}`),
      [],
    );
  });

  for (const [index, [what, { leaves }]] of Object.entries(SINS).entries())
    it(`and would be seen to leave ${what}`, async () => {
      const { left } = await leftBy(`- hosts: ${HOST}\n  become: true\n  roles: [sin${index}]\n`);
      assert.ok(left.length > 0 && left.some(line => leaves.test(line)), left.join('\n'));
      await lab().shell(HOST, 'rm -f /var/lib/planted /dev/shm/planted');
    });

  // The host, in every detail.
  async function look(): Promise<Trace> {
    const { state } = lab();
    const host = state.hosts.find(candidate => candidate.name === HOST);
    assert.ok(host);
    return traceOf(state, host);
  }

  /** Until what was prepared has come about, by timers too, nothing can be told from what a check does. */
  async function settled(): Promise<void> {
    const deadline = Date.now() + 60_000;
    for (let before = await look(), still = 0; still < 8;) {
      await setTimeout(500);
      const now = await look();
      still = leftovers(before, now).length === 0 ? still + 1 : 0;
      before = now;
      assert.ok(Date.now() < deadline, 'the host does not come to rest');
    }
  }

  /** Checks a playbook between two looks. */
  async function leftBy(playbook: string): Promise<{ readonly left: readonly string[]; readonly run: LabRun }> {
    const before = await look();
    const run = await lab().play('check', playbook);
    return { left: leftovers(before, await look()), run };
  }

  /** Which of the plays leaves something by itself: the first one, found by halves. */
  async function blame(plays: readonly string[]): Promise<string> {
    if (plays.length <= 1) return plays.join('');
    const half = plays.slice(0, Math.ceil(plays.length / 2));
    const { left } = await leftBy(half.join(''));
    return blame(left.length > 0 ? half : plays.slice(half.length));
  }
});

function play(name: string, body: string): string {
  return `- name: ${JSON.stringify(name)}\n  hosts: ${HOST}\n  become: true\n${indented(body)}\n`;
}

function indented(text: string): string {
  return text.trim().replaceAll(/^(?=.)/gm, '  ');
}

/** A role with a module whose probe does what it must not. */
function writeRole(folder: string, name: string, does: string): void {
  mkdirSync(join(folder, 'roles', name), { recursive: true });
  writeFileSync(
    join(folder, 'roles', name, 'role.js'),
    `import { defineFact, defineModule, defineRole, rawShell, task } from '${INDEX}';
const look = defineFact({
  name: '${name}.look', summary: 'looks', probe: () => rawShell(${JSON.stringify(does)}), reads: () => [],
  parse: output => output.stdout, absent: '', cost: 'cheap',
});
const sinner = defineModule({
  name: '${name}.sinner', summary: 'sin', params: { type: 'object', properties: {}, additionalProperties: false },
  examples: [], facts: () => ({ look: look({}) }), changes: () => [],
});
export default defineRole({
  name: '${name}', summary: 'sin', at: import.meta.url, vars: {}, modules: [sinner], tasks: () => [task('look', sinner, {})],
});
`,
  );
}
