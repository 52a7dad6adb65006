// A connection to a host by the transport that its specification names: what the pool lends is opened here.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { dial } from './dial.ts';
import type { Ask } from './question.ts';
import type { ConnectionSpec, Over, Transport } from './types.ts';

/** @param over what leads to the host already, where it is reached through another */
export type Connect = (spec: ConnectionSpec, signal?: AbortSignal, over?: Over, ask?: Ask) => Promise<Transport>;

/** Each transport is loaded by the first host that it reaches. */
export async function connect(spec: ConnectionSpec, signal?: AbortSignal, over?: Over, ask?: Ask): Promise<Transport> {
  switch (spec.connection) {
    case 'ssh2': {
      // A server takes a while to find its first words: the client is loaded meanwhile. Node begins to connect when the turn is over.
      const socket = over && 'socket' in over ? over.socket : dial(spec);
      if (over === undefined) await nextTurn();
      return (await import('./ssh2/ssh2-transport.ts')).connectSsh2(spec, signal, socket, ask);
    }
    case 'openssh':
      return (await import('./openssh/openssh-transport.ts')).connectOpenssh(
        spec,
        signal,
        over && 'proxy' in over ? over.proxy : undefined,
      );
    case 'local':
      return (await import('./local-transport.ts')).connectLocal(spec.host);
    default:
      return spec.connection satisfies never;
  }
}
