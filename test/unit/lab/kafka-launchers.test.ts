// Kafka's launchers without Kafka: a Java that prints what it was asked to run shows which class, jars and flags reach it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ARCHIVES, type Archive } from '../../../src/lab/artifacts/archives.ts';
import { layPart } from '../../../src/lab/artifacts/parts.ts';

interface Launched {
  readonly status: number | null;
  readonly stdout: string;
  /** What Java got, word by word. */
  readonly words: readonly string[];
}

/** Which class a launcher starts, where the releases differ. */
const CLASSES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'kafka_2.11-2.2.0': {
    'kafka-topics.sh': 'kafka.admin.TopicCommand',
    'kafka-console-producer.sh': 'kafka.tools.ConsoleProducer',
    'kafka-preferred-replica-election.sh': 'kafka.admin.PreferredReplicaLeaderElectionCommand',
    'zookeeper-shell.sh': 'org.apache.zookeeper.ZooKeeperMain',
  },
  'kafka_2.13-3.9.1': {
    'kafka-topics.sh': 'org.apache.kafka.tools.TopicCommand',
    'kafka-console-producer.sh': 'kafka.tools.ConsoleProducer',
    'kafka-leader-election.sh': 'org.apache.kafka.tools.LeaderElectionCommand',
    'zookeeper-shell.sh': 'org.apache.zookeeper.ZooKeeperMainWithTlsSupportForKafka',
  },
  'kafka_2.13-4.1.0': {
    'kafka-topics.sh': 'org.apache.kafka.tools.TopicCommand',
    'kafka-console-producer.sh': 'org.apache.kafka.tools.ConsoleProducer',
    'kafka-leader-election.sh': 'org.apache.kafka.tools.LeaderElectionCommand',
    'kafka-storage.sh': 'kafka.tools.StorageTool',
  },
};

for (const archive of ARCHIVES.filter(candidate => candidate.name.startsWith('kafka'))) {
  describe(`src/lab/artifacts/files of ${archive.name}`, () => {
    let work: string;
    let home: string;
    before(async () => {
      work = await realpath(await mkdtemp(join(tmpdir(), 'launchers-')));
      home = join(work, archive.top);
      await lay(archive, home, work);
    });
    after(() => rm(work, { recursive: true, force: true }));

    const launch = (program: string, words: readonly string[], variables: Readonly<Record<string, string>> = {}): Launched => {
      const { PATH = '' } = process.env;
      const env = { PATH, JAVA_HOME: join(work, 'java'), ...variables };
      const { status, stdout } = spawnSync(join(home, 'bin', program), words, { encoding: 'utf8', env });
      return { status, stdout, words: stdout.split('\n').slice(0, -1) };
    };
    const valueAfter = (launched: Launched, flag: string): string => launched.words[launched.words.indexOf(flag) + 1] ?? '';
    const isModern = archive.top.endsWith('4.1.0');

    it('start the class of the release, with every jar and the words as they were given', () => {
      for (const [program, name] of Object.entries(CLASSES[archive.top] ?? {})) {
        const launched = launch(program, ['--topic', 'a  b', "it's"]);
        assert.equal(valueAfter(launched, '-cp'), `${home}/libs/a.jar:${home}/libs/b.jar`);
        const at = launched.words.indexOf(name);
        assert.notEqual(at, -1, program);
        assert.deepEqual(launched.words.slice(at + 1).slice(-3), ['--topic', 'a  b', "it's"]);
      }
    });

    it('start tools quickly, and quiet: warnings go to standard error', () => {
      const { words } = launch('kafka-topics.sh', ['--list']);
      assert.ok(words.includes('-Xmx256M'));
      assert.ok(words.includes('-XX:TieredStopAtLevel=1'));
      assert.ok(words.some(word => word.includes(isModern ? '/config/tools-log4j2.yaml' : '/config/tools-log4j.properties')));
      assert.ok(!words.some(word => word.startsWith('-Xlog:gc')));
    });

    it('leave to the caller what the caller says', () => {
      const { words } = launch('kafka-topics.sh', ['--list'], {
        KAFKA_HEAP_OPTS: '-Xmx64M',
        KAFKA_JVM_PERFORMANCE_OPTS: '-XX:+UseG1GC',
        KAFKA_LOG4J_OPTS: '-Dmine=1',
        KAFKA_OPTS: '-Done=1 -Dtwo=2',
        KAFKA_JMX_OPTS: '-Djmx=1',
        JMX_PORT: '9999',
        LOG_DIR: join(work, 'chosen'),
        CLASSPATH: '/first.jar',
      });
      const flags = ['-Xmx64M', '-XX:+UseG1GC', '-Djmx=1', '-Dcom.sun.management.jmxremote.port=9999', '-Dmine=1', '-Done=1', '-Dtwo=2'];
      for (const flag of [...flags, `-Dkafka.logs.dir=${work}/chosen`]) assert.ok(words.includes(flag), flag);
      assert.ok(!words.includes('-Xmx256M'));
      assert.ok(!words.includes('-XX:TieredStopAtLevel=1'));
      assert.ok(words.some(word => word.startsWith('/first.jar:')));
    });

    it('start the server with its own heap, collector and logs', () => {
      const { words } = launch('kafka-server-start.sh', ['/etc/server.properties', '--override', 'a=b'], { LOG_DIR: join(work, 'server') });
      assert.deepEqual(words.slice(words.indexOf('kafka.Kafka')), ['kafka.Kafka', '/etc/server.properties', '--override', 'a=b']);
      for (const flag of ['-Xmx1G', '-Xms1G', '-XX:+UseG1GC', `-Dkafka.logs.dir=${work}/server`]) assert.ok(words.includes(flag), flag);
      assert.ok(words.some(word => word.endsWith(isModern ? '/config/log4j2.yaml' : '/config/log4j.properties')));
      assert.ok(words.some(word => word.startsWith(`-Xlog:gc*:file=${work}/server/kafkaServer-gc.log`)));
    });

    it('start the server in the background when asked, its words in a file', async () => {
      const folder = join(work, 'daemon');
      const { status, stdout } = launch('kafka-server-start.sh', ['-daemon', '/etc/server.properties'], { LOG_DIR: folder });
      assert.deepEqual({ status, stdout }, { status: 0, stdout: '' });
      const deadline = Date.now() + 10_000;
      const said = (): Promise<string> => readFile(join(folder, 'kafkaServer.out'), 'utf8').catch(() => '');
      while (!(await said()).includes('/etc/server.properties\n') && Date.now() < deadline) await new Promise(done => setTimeout(done, 20));
      assert.match(await said(), /\nkafka\.Kafka\n\/etc\/server\.properties\n$/);
    });

    it('tell how they are used when nothing is asked of them', () => {
      for (const program of ['kafka-server-start.sh', 'kafka-run-class.sh']) {
        const { status, stdout } = launch(program, []);
        assert.equal(status, 1);
        assert.match(stdout, /^USAGE: /);
      }
    });

    it('are all there, and each names what it is', async () => {
      const programs = await readdir(join(home, 'bin'));
      for (const program of ['configs', 'consumer-groups', 'reassign-partitions', 'log-dirs', 'verifiable-producer', 'server-stop'])
        assert.ok(programs.includes(`kafka-${program}.sh`), program);
      for (const program of programs) {
        const [, line = ''] = (await readFile(join(home, 'bin', program), 'utf8')).split('\n');
        assert.ok(line.startsWith(`# ${program}`), program);
      }
    });
  });
}

/** Our own part of an archive, with two empty jars and a Java beside it. */
async function lay(archive: Archive, home: string, work: string): Promise<void> {
  for (const part of archive.parts) if (part.kind === 'files') await layPart(part, home, work);
  await mkdir(join(home, 'libs'));
  for (const jar of ['a.jar', 'b.jar']) await writeFile(join(home, 'libs', jar), '');
  await mkdir(join(work, 'java/bin'), { recursive: true });
  await writeFile(join(work, 'java/bin/java'), '#!/bin/sh\nprintf "%s\\n" "$@"\n', { mode: 0o755 });
}
