// A network that does something wrong to every connection to a server, beneath SSH: at one byte of the stream.
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Chance } from './chance.ts';

/** What goes wrong at one byte of what the server sends, or the client. */
export const WIRE_FAULTS = [
  'cut',
  'end',
  'flip',
  'garbage',
  'zeros',
  'lose',
  'twice',
  'silence',
  'flood',
  'crumbs',
  'other-protocol',
  'endless-greeting',
] as const;
export type WireFaultKind = (typeof WIRE_FAULTS)[number];

export interface WireFault {
  readonly kind: WireFaultKind;
  readonly at: number;
  /** Whether it strikes what the server sends. */
  readonly isDown: boolean;
}

/** A fault, more often early than late: a login is some 3,000 bytes. */
export function chooseWireFault(chance: Chance): WireFault {
  const at = chance.number(0, chance.one([60, 1500, 4000, 12_000, 150_000]));
  return { kind: chance.one(WIRE_FAULTS), at, isDown: chance.happens(0.7) };
}

/** What other servers say first. */
const OTHERS = [
  'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n',
  '220 mail.example.org ESMTP\r\n',
  'SSH-1.5-old\r\n',
  'SSH-2.0-\0\0\0\r\n',
  'SSH-2.0-x\r\n',
  'SSH-2.0-OpenSSH_9.2',
  'SSH-',
  '\r\r\r\n\n',
  `SSH-2.0-${'x'.repeat(100_000)}\r\n`,
  '\0'.repeat(5000),
];

/** Listens before a server. */
export class FaultyProxy implements AsyncDisposable {
  port = 0;
  /** How many connections came to the byte. */
  struck = 0;
  readonly #target: number;
  readonly #fault: WireFault;
  readonly #chance: Chance;
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;

  constructor(target: number, fault: WireFault, chance: Chance) {
    this.#target = target;
    this.#fault = fault;
    this.#chance = chance;
    this.#server = createServer(socket => this.#serve(socket));
  }

  async listen(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    this.port = typeof address === 'object' && address ? address.port : 0;
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #serve(client: Socket): void {
    this.#keep(client);
    const { kind, isDown } = this.#fault;
    if (kind === 'other-protocol' || kind === 'endless-greeting') {
      this.struck += 1;
      client.resume();
      if (kind === 'other-protocol') client.write(this.#chance.one(OTHERS));
      else pour(client, () => Buffer.from('wait for it\r\n'.repeat(this.#chance.number(1, 500))));
      return;
    }
    const server = this.#keep(connect(this.#target, '127.0.0.1'));
    this.#carry(server, client, isDown);
    this.#carry(client, server, !isDown);
  }

  #keep(socket: Socket): Socket {
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.once('close', () => this.#sockets.delete(socket));
    return socket;
  }

  #carry(from: Socket, to: Socket, isFaulty: boolean): void {
    let seen = 0;
    let isSilent = false;
    from.on('data', (chunk: Buffer) => {
      if (isSilent) return;
      const at = this.#fault.at - seen;
      seen += chunk.length;
      if (!isFaulty || at < 0 || at >= chunk.length) to.write(chunk);
      else {
        this.struck += 1;
        isSilent = this.#strike(chunk, at, to, from);
      }
    });
    from.once('end', () => to.end());
    from.once('close', () => to.destroy());
  }

  /** @returns whether nothing else is carried */
  #strike(chunk: Buffer, at: number, to: Socket, from: Socket): boolean {
    const chance = this.#chance;
    const [before, after] = [chunk.subarray(0, at), chunk.subarray(at)];
    const send = (...parts: readonly Buffer[]): false => {
      to.write(Buffer.concat(parts));
      return false;
    };
    switch (this.#fault.kind) {
      case 'cut':
        to.destroy();
        from.destroy();
        return true;
      case 'end':
        to.end(before);
        return true;
      case 'flip': {
        const flipped = Buffer.from(chunk);
        flipped[at] = (flipped[at] ?? 0) ^ (1 << chance.number(0, 7));
        return send(flipped);
      }
      case 'garbage':
        return send(before, chance.bytes(chance.number(1, 3000)), after);
      case 'zeros':
        return send(before, Buffer.alloc(chance.number(1, 70_000)), after);
      case 'lose':
        return send(before, after.subarray(chance.number(1, 100)));
      case 'twice':
        return send(chunk, after);
      case 'silence':
        to.write(before);
        return true;
      case 'flood': {
        const garbage = chance.bytes(4096);
        pour(to, () => garbage);
        return true;
      }
      case 'crumbs':
        to.write(before);
        for (let next = 0; next < after.length; next += 2) to.write(after.subarray(next, next + 2));
        return false;
      case 'other-protocol':
      case 'endless-greeting':
        return send(chunk);
    }
  }
}

/** Writes for ever, as fast as it is read. */
function pour(to: Socket, next: () => Buffer): void {
  const more = (): void => {
    if (to.destroyed) return;
    if (to.write(next())) setImmediate(more);
    else to.once('drain', more);
  };
  more();
}
