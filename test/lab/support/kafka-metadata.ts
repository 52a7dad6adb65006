// What one Kafka broker says of its cluster: a Metadata request over the wire, the same that Kafka's own tools describe topics with.
// Asked by hand because a tool is a new JVM each time: a second of CPU for what the broker answers in a millisecond.
import { connect } from 'node:net';

/** A partition as the broker knows it. */
export interface PartitionView {
  readonly topic: string;
  readonly id: number;
  /** Broker id; -1 when nobody leads. */
  readonly leader: number;
  readonly replicas: readonly number[];
  readonly isr: readonly number[];
}

/** A cluster as one broker knows it. */
export interface ClusterMetadata {
  readonly brokers: readonly { readonly id: number; readonly host: string; readonly port: number }[];
  /** -1 when there is none. Without ZooKeeper this is any broker. */
  readonly controller: number;
  readonly partitions: readonly PartitionView[];
}

/** Where a broker listens. */
export interface BrokerAddress {
  readonly address: string;
  readonly port: number;
}

const METADATA = 3;
/** All topics, the controller, replicas as they are, whether alive or not; every broker from 0.10 on understands it. */
const VERSION = 1;
const ALL_TOPICS = -1;
const CLIENT = 'tsplay-test';

/** Asks one broker for all it knows. @throws Error when it does not answer in time, or not at all */
export async function askMetadata({ address, port }: BrokerAddress, milliseconds = 2000): Promise<ClusterMetadata> {
  const answer = await exchange(address, port, request(), milliseconds);
  const reader = new Reader(answer);
  reader.int32(); // the correlation id: there is one request on this connection
  const brokers = reader.list(() => {
    const broker = { id: reader.int32(), host: reader.text(), port: reader.int32() };
    reader.text(); // the rack
    return broker;
  });
  const controller = reader.int32();
  const topics = reader.list(() => {
    reader.int16();
    const topic = reader.text();
    reader.int8();
    return reader.list(() => {
      reader.int16();
      return { topic, id: reader.int32(), leader: reader.int32(), replicas: reader.numbers(), isr: reader.numbers() };
    });
  });
  return { brokers, controller, partitions: topics.flat() };
}

function request(): Buffer {
  const client = Buffer.from(CLIENT);
  const body = Buffer.alloc(14 + client.length);
  body.writeInt16BE(METADATA, 0);
  body.writeInt16BE(VERSION, 2);
  body.writeInt32BE(1, 4);
  body.writeInt16BE(client.length, 8);
  client.copy(body, 10);
  body.writeInt32BE(ALL_TOPICS, 10 + client.length);
  const size = Buffer.alloc(4);
  size.writeInt32BE(body.length);
  return Buffer.concat([size, body]);
}

/** Sends one frame and gives the one that comes back, without its length. */
function exchange(host: string, port: number, frame: Buffer, milliseconds: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    const pieces: Buffer[] = [];
    const end = (error: Error): void => {
      clearTimeout(timer);
      socket.destroy();
      reject(error);
    };
    const timer = setTimeout(() => end(new Error(`${host}:${port} did not answer within ${milliseconds} ms`)), milliseconds);
    socket.on('connect', () => socket.write(frame));
    socket.on('error', end);
    socket.on('close', () => end(new Error(`${host}:${port} closed the connection`)));
    socket.on('data', (piece: Buffer) => {
      pieces.push(piece);
      const bytes = Buffer.concat(pieces);
      if (bytes.length < 4 || bytes.length < 4 + bytes.readInt32BE(0)) return;
      resolve(bytes.subarray(4));
      clearTimeout(timer);
      socket.destroy();
    });
  });
}

/** Reads the types of Kafka's protocol one after the other. */
class Reader {
  #at = 0;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  int8(): number {
    return this.#bytes.readInt8(this.#move(1));
  }

  int16(): number {
    return this.#bytes.readInt16BE(this.#move(2));
  }

  int32(): number {
    return this.#bytes.readInt32BE(this.#move(4));
  }

  /** A null is an empty text. */
  text(): string {
    const length = Math.max(0, this.int16());
    const start = this.#move(length);
    return this.#bytes.toString('utf8', start, start + length);
  }

  list<T>(item: () => T): readonly T[] {
    return Array.from({ length: Math.max(0, this.int32()) }, item);
  }

  numbers(): readonly number[] {
    return this.list(() => this.int32());
  }

  #move(by: number): number {
    const start = this.#at;
    this.#at += by;
    return start;
  }
}
