// A client that is not ours: ZooKeeper's own shell, writing without pause, remembering what was acknowledged.
import { spawn } from 'node:child_process';
import { argvIn } from '../../../src/lab/exec.ts';
import type { LabState } from '../../../src/lab/types.ts';

/** What became of the writes. */
export interface Written {
  readonly acknowledged: number;
  /** Acknowledged, and not there afterwards. */
  readonly lost: readonly string[];
}

export interface Writer {
  /** Resolves when so many writes more have been acknowledged. @throws Error when that takes over a minute */
  more(count: number): Promise<void>;
  stop(): Promise<Written>;
}

const CLIENT = '/opt/zookeeper/zookeeper-3.4.14/bin/zkCli.sh';

/** Starts writing on a host; resolves once the first write was acknowledged. The shell ends when its connection is lost in a write: another goes on. */
export async function startWriter(state: LabState, host: string, servers: string): Promise<Writer> {
  const folder = `/written-${Date.now()}`;
  const made = new RegExp(`Created ${folder}/(n\\d+)`, 'g');
  const clients: Client[] = [];
  let isOver = false;
  const open = (): Client => {
    const client = openClient(state, host, servers);
    clients.push(client);
    void client.closed.then(() => {
      if (!isOver) open();
    });
    return client;
  };
  const acknowledged = (): readonly string[] => clients.flatMap(client => namesIn(client.text(), made));
  const first = open();
  first.send(`create ${folder} x`);
  await until(() => first.text().includes(`Created ${folder}`), first.text);
  let count = 0;
  const timer = setInterval(() => clients.at(-1)?.send(`create ${folder}/n${(count += 1)} x`), 100);
  return {
    more: wanted => {
      const before = acknowledged().length;
      return until(
        () => acknowledged().length >= before + wanted,
        () => clients.at(-1)?.text() ?? '',
      );
    },
    async stop() {
      clearInterval(timer);
      isOver = true;
      await clients.at(-1)?.end();
      const names = acknowledged();
      const reader = openClient(state, host, servers);
      reader.send(`ls ${folder}`);
      await until(() => /\[[^\]]*n\d+[^\]]*\]/.test(reader.text()), reader.text);
      await reader.end();
      const there = new Set(namesIn(reader.text(), /\b(n\d+)\b/g));
      return { acknowledged: names.length, lost: names.filter(name => !there.has(name)) };
    },
  };
}

/** Looks ten times a second. @throws Error when a minute passes first, with the end of what was said */
async function until(is: () => boolean, said: () => string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!is()) {
    if (Date.now() > deadline) throw new Error(`the client did not say what was awaited: ${said().slice(-500)}`);
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

interface Client {
  send(line: string): void;
  /** All it has printed so far. */
  readonly text: () => string;
  readonly closed: Promise<void>;
  /** Lets it finish what it was sent. */
  end(): Promise<void>;
}

function openClient(state: LabState, host: string, servers: string): Client {
  // Not by ssh: a test may have closed the way that a host is reached by.
  const pid = state.hosts.find(({ name }) => name === host)?.pid;
  if (pid === undefined) throw new Error(`${host} is off`);
  const [file = 'nsenter', ...args] = argvIn(pid, ['JAVA_HOME=/usr/local/java', CLIENT, '-server', servers]);
  const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let text = '';
  const add = (bytes: Buffer): void => void (text += bytes.toString('utf8'));
  child.stdout.on('data', add);
  child.stderr.on('data', add);
  // What is sent to a shell that has just ended is not acknowledged by anybody.
  child.stdin.on('error', () => undefined);
  const closed = new Promise<void>(resolve => child.on('close', () => resolve()));
  return {
    text: () => text,
    closed,
    send: line => {
      if (child.stdin.writable) child.stdin.write(`${line}\n`);
    },
    async end() {
      if (child.stdin.writable) child.stdin.end('quit\n');
      await closed;
    },
  };
}

function namesIn(text: string, pattern: RegExp): readonly string[] {
  return [...new Set([...text.matchAll(pattern)].flatMap(match => match[1] ?? []))];
}
