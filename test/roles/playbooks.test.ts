// The shipped playbooks against the shipped inventories: each loads, compiles, and gives every host the same tasks.
import { deepEqual, equal, ok } from 'node:assert/strict';
import { loadSources } from '../../src/load/load-sources.ts';
import { compileProgram } from '../../src/program/compile.ts';
import type { Program } from '../../src/program/types.ts';
import type { Mode } from '../../src/report/events.ts';
import { sourceRoot } from '../support/golden.ts';

const LAB = { artifacts: '/artifacts', key: '/lab/key', known_hosts: '/lab/known_hosts', user: 'lab' };

for (const inventory of ['lab', 'lab39', 'hadoop', 'prod']) {
  describe(`playbooks/zookeeper.yml -i ${inventory}`, () => {
    it('ends with the ensemble running, on three hosts', async () => {
      const tasks = tasksOf(await compile(inventory, 'run'));
      equal(tasks.at(-1)?.ref.module, 'zookeeper.ensemble');
      for (const task of tasks) equal(Object.keys(task.hosts).length, 3, task.ref.name);
    });

    it('proves the quorum before the data', async () => {
      const names = tasksOf(await compile(inventory, 'verify')).map(task => task.ref.module);
      deepEqual(names.slice(-2), ['zookeeper.quorum', 'zookeeper.data']);
    });

    it('puts right what chaos breaks', async () => {
      const [play] = (await compile(inventory, 'chaos')).plays;
      const restores = play?.sections.filter(section => section.name === 'restore') ?? [];
      equal(restores.length, 2);
      ok(restores.every(section => section.always && section.tasks[0]?.ref.module === 'zookeeper.ensemble'));
    });
  });
}

async function compile(inventory: string, mode: Mode): Promise<Program> {
  const sources = await loadSources({ cwd: sourceRoot, playbook: 'playbooks/zookeeper.yml', inventory });
  const tags = { only: [], skip: [] };
  return compileProgram(sources, { mode, tags, magic: { lab: LAB }, hostsOf: sources.hostsOf, cwd: sourceRoot });
}

function tasksOf(program: Program) {
  return program.plays.flatMap(play => play.sections.flatMap(section => section.tasks));
}
