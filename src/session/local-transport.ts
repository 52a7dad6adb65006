// The transport for the controller itself: command lines are run by its own sh, with the pipes and the process session sshd would give.
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { userInfo } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { UnreachableError } from '../errors/errors.ts';
import type { Channel, Transport } from './types.ts';
import { LATE, within } from './wait.ts';

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

const ENDING = 2000;

/** Runs commands on this machine as the user tsplay runs as. `env` replaces the environment of what it starts. */
export function connectLocal(host: string, env: NodeJS.ProcessEnv = process.env): Transport {
  return new LocalTransport(host, env);
}

class LocalTransport implements Transport {
  readonly host: string;
  readonly user = userInfo().username;
  readonly #env: NodeJS.ProcessEnv;
  readonly #channels = new Set<Channel>();
  #alive = true;

  constructor(host: string, env: NodeJS.ProcessEnv) {
    this.host = host;
    this.#env = env;
  }

  get alive(): boolean {
    return this.#alive;
  }

  async open(commandLine: string, signal?: AbortSignal): Promise<Channel> {
    signal?.throwIfAborted();
    if (!this.#alive) throw new UnreachableError(this.host, 'dropped', `${this.host}: the local connection is closed`);
    // A session of its own, as under sshd: Ctrl-C at the controller's terminal is for tsplay alone.
    const child = spawn('sh', ['-c', commandLine], { detached: true, stdio: ['pipe', 'pipe', 'pipe'], env: this.#env });
    await started(this.host, child);
    const channel = toChannel(child);
    this.#channels.add(channel);
    void channel.closed.finally(() => this.#channels.delete(channel));
    return channel;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#alive = false;
    await Promise.all([...this.#channels].map(endChannel));
  }
}

async function started(host: string, child: Child): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', error => reject(new UnreachableError(host, 'connect', `cannot start sh on this machine: ${error.message}`)));
  });
}

function toChannel(child: Child): Channel {
  const { stdin, stdout, stderr } = child;
  const closed: Channel['closed'] = new Promise(resolve => {
    child.once('close', (status, signal) => resolve({ status: status ?? undefined, signal: signal ?? undefined }));
  });
  const destroy = (): void => {
    for (const stream of [stdin, stdout, stderr]) stream.destroy();
  };
  return { stdin, stdout, stderr, closed, destroy };
}

async function endChannel(channel: Channel): Promise<void> {
  channel.stdin.end();
  if ((await within(channel.closed, ENDING)) === LATE) channel.destroy();
}
