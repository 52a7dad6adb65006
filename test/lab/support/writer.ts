// A client that is not ours: ZooKeeper's own shell, writing without pause, remembering what was acknowledged.
import { spawn } from 'node:child_process';
import { labSshArgs } from '../../../src/lab/ssh-args.ts';
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

/** Starts writing on a host; resolves once the first write was acknowledged. */
export async function startWriter(state: LabState, host: string, servers: string): Promise<Writer> {
  const folder = `/written-${Date.now()}`;
  const client = openClient(state, host, servers);
  client.send(`create ${folder} x`);
  await client.until(text => text.includes(`Created ${folder}`));
  let count = 0;
  const timer = setInterval(() => client.send(`create ${folder}/n${(count += 1)} x`), 100);
  const made = new RegExp(`Created ${folder}/(n\\d+)`, 'g');
  return {
    more: wanted => {
      const before = client.count(made);
      return client.until(() => client.count(made) >= before + wanted);
    },
    async stop() {
      clearInterval(timer);
      const acknowledged = namesIn(await client.end(), made);
      const reader = openClient(state, host, servers);
      reader.send(`ls ${folder}`);
      await reader.until(text => /\[[^\]]*n\d+[^\]]*\]/.test(text));
      const there = new Set(namesIn(await reader.end(), /\b(n\d+)\b/g));
      return { acknowledged: acknowledged.length, lost: acknowledged.filter(name => !there.has(name)) };
    },
  };
}

interface Client {
  send(line: string): void;
  /** @throws Error when the client ends or a minute passes first */
  until(is: (text: string) => boolean): Promise<void>;
  /** How many different names a pattern has found so far. */
  count(pattern: RegExp): number;
  /** Lets it finish what it was sent. @returns all it printed */
  end(): Promise<string>;
}

function openClient(state: LabState, host: string, servers: string): Client {
  const [file, ...args] = [...labSshArgs(state, host), `sudo JAVA_HOME=/usr/local/java ${CLIENT} -server ${servers}`];
  const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let text = '';
  const listeners = new Set<() => void>();
  const add = (bytes: Buffer): void => {
    text += bytes.toString('utf8');
    listeners.forEach(listener => listener());
  };
  child.stdout.on('data', add);
  child.stderr.on('data', add);
  const closed = new Promise<void>(resolve => child.on('close', () => resolve()));
  return {
    count: pattern => namesIn(text, pattern).length,
    send: line => void child.stdin.write(`${line}\n`),
    until: is =>
      new Promise((resolve, reject) => {
        const deadline = setTimeout(() => reject(new Error(`the client did not say what was awaited: ${text.slice(-500)}`)), 60_000);
        const look = (): void => {
          if (!is(text)) return;
          clearTimeout(deadline);
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
      }),
    async end() {
      child.stdin.end('quit\n');
      await closed;
      return text;
    },
  };
}

function namesIn(text: string, pattern: RegExp): readonly string[] {
  return [...new Set([...text.matchAll(pattern)].flatMap(match => match[1] ?? []))];
}
