// A machine for Kafka's clients that is none of the brokers': this one, with the lab's Java and the tools of the lab's newest archive with ZooKeeper.
// They outlive every restart of a host, leave no trace on one, and speak to brokers from 2.2 to 3.9.
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { buildArtifacts } from '../../../src/lab/artifacts/build.ts';
import { findArchive } from '../../../src/lab/artifacts/archives.ts';
import { ask, run, type Answer } from '../../../src/lab/command.ts';

const JAVA = 'OpenJDK11U-jre_x64_linux_hotspot_11.0.13_8.tar.gz';
const KAFKA = 'kafka_2.13-3.9.1.tgz';

/** A program of Kafka's that runs until it is told to stop. */
export type KafkaProcess = ChildProcessByStdio<null, Readable, Readable>;

/** Stands until it is disposed of; what still runs then is ended. */
export interface KafkaMachine extends Disposable {
  /** For the files of a test. */
  readonly folder: string;
  /** Runs `bin/NAME.sh` to its end, whatever its status. */
  readonly tool: (name: string, ...args: readonly string[]) => Promise<Answer>;
  /** Starts `bin/NAME.sh`. */
  readonly start: (name: string, ...args: readonly string[]) => KafkaProcess;
}

/** Unpacks what it takes; a second or two. */
export async function startKafkaMachine(): Promise<KafkaMachine> {
  const archives = await buildArtifacts([JAVA, KAFKA], () => undefined);
  const folder = mkdtempSync(join(tmpdir(), 'tsplay-kafka-'));
  for (const archive of [JAVA, KAFKA]) await run(['tar', '-xzf', archives[archive] ?? '', '-C', folder]);
  const env = { JAVA_HOME: join(folder, findArchive(JAVA).top), KAFKA_HEAP_OPTS: '-Xmx128m', LOG_DIR: join(folder, 'logs') };
  const path = (name: string): string => join(folder, findArchive(KAFKA).top, 'bin', `${name}.sh`);
  const running = new Set<KafkaProcess>();
  return {
    folder,
    tool: (name, ...args) => ask([path(name), ...args], { env }),
    start(name, ...args) {
      // The launchers replace themselves by the JVM, so that the child is the program.
      const child = spawn(path(name), args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
      running.add(child);
      child.on('close', () => running.delete(child));
      return child;
    },
    [Symbol.dispose]() {
      running.forEach(child => child.kill('SIGKILL'));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
