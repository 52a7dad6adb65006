// The shipped playbooks against the shipped inventories: each loads, compiles, and gives every host the same tasks.
import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { loadSources } from '../../src/load/load-sources.ts';
import { compileProgram } from '../../src/program/compile.ts';
import type { Program } from '../../src/program/types.ts';
import { tasksOfPlay } from '../../src/program/walk.ts';
import type { Mode } from '../../src/report/events.ts';
import { sourceRoot } from '../support/golden.ts';

const LAB = { artifacts: '/artifacts', key: '/lab/key', known_hosts: '/lab/known_hosts', user: 'lab' };

for (const inventory of ['lab', 'lab39', 'hadoop', 'prod', 'lvskafka']) {
  describe(`playbooks/zookeeper.yml -i ${inventory}`, () => {
    it('ends with the ensemble running, on three hosts', async () => {
      const tasks = tasksOf(await compile('zookeeper', inventory, 'run'));
      equal(tasks.at(-1)?.ref.module, 'zookeeper.ensemble');
      for (const task of tasks) equal(Object.keys(task.hosts).length, 3, task.ref.name);
    });

    it('proves the quorum before the data', async () => {
      const names = tasksOf(await compile('zookeeper', inventory, 'verify')).map(task => task.ref.module);
      deepEqual(names.slice(-2), ['zookeeper.quorum', 'zookeeper.data']);
    });

    it('puts right what chaos breaks', async () => {
      const [play] = (await compile('zookeeper', inventory, 'chaos')).plays;
      const restores = play?.sections.filter(section => section.name === 'restore') ?? [];
      equal(restores.length, 2);
      ok(restores.every(section => section.always && section.tasks[0]?.ref.module === 'zookeeper.ensemble'));
    });
  });
}

for (const [playbook, inventory] of [
  ['kafka', 'lab'],
  ['kafka', 'prod'],
  ['kafka', 'lvskafka'],
  ['kafka-kraft', 'lab-kraft'],
] as const) {
  describe(`playbooks/${playbook}.yml -i ${inventory}`, () => {
    it('looks at the brokers before it touches them, and ends with the topics, on three hosts', async () => {
      const program = await compile(playbook, inventory, 'run');
      const tasks = tasksOf(program).filter(task => task.ref.role === 'kafka');
      equal(tasks[0]?.ref.module, 'kafka.upgrade');
      equal(tasks.at(-1)?.ref.module, 'kafka.topic');
      for (const task of tasksOf(program)) equal(Object.keys(task.hosts).length, 3, task.ref.name);
      deepEqual(program.advice, []);
    });

    it('starts brokers only when all they read is there', async () => {
      const names = tasksOf(await compile(playbook, inventory, 'run')).map(task => task.ref.module);
      const start = names.indexOf('kafka.brokers');
      ok(names.lastIndexOf('systemd.unit') < start && names.lastIndexOf('file.template') < start);
      equal(names.includes('kafka.storage'), playbook === 'kafka-kraft');
      ok(names.indexOf('kafka.storage') < start);
    });

    it('proves the cluster before the spread, and the data last', async () => {
      const names = tasksOf(await compile(playbook, inventory, 'verify')).map(task => task.ref.module);
      ok(names.indexOf('kafka.check') < names.indexOf('kafka.spread'));
      equal(names.at(-1), 'kafka.data');
    });

    it('puts right what chaos breaks', async () => {
      const restores = (await compile(playbook, inventory, 'chaos')).plays
        .flatMap(play => play.sections)
        .filter(section => section.name === 'restore' && section.tasks[0]?.ref.role === 'kafka');
      equal(restores.length, 2);
      ok(restores.every(section => section.always && section.tasks[0]?.ref.module === 'kafka.brokers'));
    });
  });
}

for (const [inventory, hosts] of [
  ['lab', 3],
  ['redis-single', 1],
] as const) {
  describe(`playbooks/redis-cluster.yml -i ${inventory}`, () => {
    it('runs the instances before it makes them one cluster, on all hosts', async () => {
      const tasks = tasksOf(await compile('redis-cluster', inventory, 'run'));
      const names = tasks.map(task => task.ref.module);
      equal(names.at(-1), 'redis.cluster');
      equal(names.at(-2), 'redis.nodes');
      for (const task of tasks) equal(Object.keys(task.hosts).length, hosts, task.ref.name);
    });

    it('proves the cluster before the data', async () => {
      const names = tasksOf(await compile('redis-cluster', inventory, 'verify')).map(task => task.ref.module);
      deepEqual(names.slice(-2), ['redis.check', 'redis.data']);
    });

    it('puts right what chaos breaks', async () => {
      const restores = (await compile('redis-cluster', inventory, 'chaos')).plays
        .flatMap(play => play.sections)
        .filter(section => section.name === 'restore');
      ok(restores.length === 1 && restores.every(section => section.always && section.tasks[0]?.ref.module === 'redis.nodes'));
    });
  });
}

describe('playbooks/elasticsearch.yml -i lab', () => {
  it('names the first voters before the nodes run, and takes the names away behind them', async () => {
    const tasks = tasksOf(await compile('elasticsearch', 'lab', 'run'));
    const names = tasks.map(task => task.ref.module);
    deepEqual(names.slice(-3), ['elasticsearch.bootstrap', 'elasticsearch.nodes', 'elasticsearch.bootstrap']);
    ok(names.lastIndexOf('systemd.unit') < names.indexOf('elasticsearch.nodes'));
    for (const task of tasks) equal(Object.keys(task.hosts).length, 3, task.ref.name);
  });

  it('proves the cluster before the data', async () => {
    const names = tasksOf(await compile('elasticsearch', 'lab', 'verify')).map(task => task.ref.module);
    deepEqual(names.slice(-2), ['elasticsearch.check', 'elasticsearch.data']);
  });

  it('puts right what chaos breaks', async () => {
    const restores = (await compile('elasticsearch', 'lab', 'chaos')).plays
      .flatMap(play => play.sections)
      .filter(section => section.name === 'restore');
    ok(restores.length === 1 && restores.every(section => section.always && section.tasks[0]?.ref.module === 'elasticsearch.nodes'));
  });
});

describe('playbooks/kafka-upgrade.yml', () => {
  it('goes round twice, and proves the cluster after each round', async () => {
    const { plays } = await compile('kafka-upgrade', 'lab', 'run');
    const rounds = plays.map(play =>
      tasksOfPlay(play)
        .map(({ slot }) => slot)
        .filter(task => task.ref.role === 'kafka'),
    );
    equal(rounds.length, 2);
    for (const tasks of rounds) {
      equal(tasks[0]?.ref.module, 'kafka.upgrade');
      equal(tasks.filter(task => task.ref.module === 'kafka.brokers').length, 1);
      equal(tasks.at(-1)?.ref.module, 'kafka.check');
    }
    deepEqual(
      rounds.map(tasks => stage(tasks[0]?.specs[0]?.params['stage'])),
      ['binaries', 'lift'],
    );
  });

  it('may be told to do the first round only', async () => {
    const { plays } = await compile('kafka-upgrade', 'lab', 'run', ['binaries']);
    equal(plays.length, 1);
  });

  function stage(node: unknown): unknown {
    return (node as { readonly value?: unknown } | undefined)?.value;
  }
});

describe('playbooks/kafka-kraft.yml', () => {
  it('refuses an inventory whose Kafka needs ZooKeeper', async () => {
    await rejects(compile('kafka-kraft', 'lab', 'run'), (error: Error) => {
      match(error.message, /role kafka refuses host server1: kafka_mode is kraft, but in Kafka 2\.2\.0 it is not ready/);
      return true;
    });
  });
});

describe('a role’s advice', () => {
  it('is said once for all hosts, and is part of the Program', async () => {
    const program = await compile('kafka', 'lab', 'run', [], ['{"kafka_config":{"num.replica.fetcher":2,"super.users":"User:a"}}']);
    deepEqual(program.advice, [
      'kafka_config sets num.replica.fetcher, which Kafka 2.2.0 does not know and passes over, unless a plug-in reads it, did you mean "num.replica.fetchers"?',
    ]);
    deepEqual((JSON.parse(JSON.stringify(program)) as Program).advice, program.advice);
  });
});

async function compile(
  playbook: string,
  inventory: string,
  mode: Mode,
  only: readonly string[] = [],
  extraVars: readonly string[] = [],
): Promise<Program> {
  const sources = await loadSources({ cwd: sourceRoot, playbook: `playbooks/${playbook}.yml`, inventory, extraVars });
  return compileProgram(sources, { mode, tags: { only, skip: [] }, magic: { lab: LAB }, hostsOf: sources.hostsOf, cwd: sourceRoot });
}

function tasksOf(program: Program) {
  return program.plays.flatMap(play => tasksOfPlay(play).map(({ slot }) => slot));
}
