// A link that breaks at one place: what the host has answered by then has been done, and the controller never hears of it.
import { PassThrough } from 'node:stream';
import { connect, type Connect } from '../../src/session/connect.ts';
import type { Channel, Transport } from '../../src/session/types.ts';

/** Where the link to a host breaks, and whether it has come to that. */
export interface Drop {
  readonly host: string;
  /** The number of the answer that is not heard, from 1; 0: none, answers are only counted. */
  readonly answer: number;
  /** How many answers there were. */
  heard: number;
  /** Breaks the links that there are, now. */
  cut?: () => void;
}

/** The end of an answer to a frame. */
const END = / end \d+ \d+\n$/;

/** Connects as ever, over links that break where `drop` says. */
export function connectDropping(drop: Drop): Connect {
  return async (spec, ...around) => {
    const inner = await connect(spec, ...around);
    if (spec.host !== drop.host) return inner;
    const transport = new DroppingTransport(inner, drop);
    const cutOthers = drop.cut;
    drop.cut = () => {
      cutOthers?.();
      transport.cut();
    };
    return transport;
  };
}

class DroppingTransport implements Transport {
  readonly host: string;
  readonly user: string;
  readonly hostKey?: string;
  readonly #inner: Transport;
  readonly #drop: Drop;
  #isDown = false;

  constructor(inner: Transport, drop: Drop) {
    this.host = inner.host;
    this.user = inner.user;
    if (inner.hostKey !== undefined) this.hostKey = inner.hostKey;
    this.#inner = inner;
    this.#drop = drop;
  }

  get alive(): boolean {
    return !this.#isDown && this.#inner.alive;
  }

  async open(commandLine: string, signal?: AbortSignal): Promise<Channel> {
    const channel = await this.#inner.open(commandLine, signal);
    const stdout = new PassThrough();
    let held = Buffer.alloc(0);
    let answers = 0;
    channel.stdout.on('data', (chunk: Buffer) => {
      held = Buffer.concat([held, chunk]);
      if (END.test(held.subarray(-100).toString('latin1'))) {
        answers += 1;
        if (this.#isHeard()) stdout.write(held);
        held = Buffer.alloc(0);
      } else if (!held.includes(' done ')) {
        stdout.write(held);
        held = Buffer.alloc(0);
      }
    });
    channel.stdout.on('end', () => stdout.end(held));
    // A body that was sent by itself is answered by the end of its channel.
    const closed = channel.closed.then(end =>
      answers > 0 || this.#isDown || this.#isHeard() ? end : { status: undefined, signal: undefined },
    );
    return { stdin: channel.stdin, stdout, stderr: channel.stderr, closed, destroy: () => channel.destroy() };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#inner[Symbol.asyncDispose]();
  }

  cut(): void {
    this.#isDown = true;
    void this.#inner[Symbol.asyncDispose]();
  }

  #isHeard(): boolean {
    this.#drop.heard += 1;
    if (this.#isDown || this.#drop.heard !== this.#drop.answer) return !this.#isDown;
    this.cut();
    return false;
  }
}
