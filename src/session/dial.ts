// The TCP connection that SSH runs over.
import { connect, type Socket } from 'node:net';
import type { ConnectionSpec } from './types.ts';

/** Begins to connect. What goes wrong before somebody listens is kept in `errored`. */
export function dial({ address, port }: ConnectionSpec): Socket {
  return connect({ host: address, port, noDelay: true }).on('error', () => undefined);
}
