// Starts the proxy beside the bench, so that what it does there disturbs nothing that is measured.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Target } from './delayed-server.ts';
import type { Answer, Order } from './process.ts';

/** A proxy that stands until it is disposed of. */
export interface Proxy extends AsyncDisposable {
  /** On 127.0.0.1, in the order of the targets. */
  readonly ports: readonly number[];
  /** To the target with the most, since it was last asked; the connections of before count no more. */
  readonly takeRoundTrips: () => Promise<number>;
}

/** Stands in front of the targets, `delay` milliseconds away. */
export async function startProxy(targets: readonly Target[], delay: number): Promise<Proxy> {
  const child = fork(fileURLToPath(new URL('process.js', import.meta.url)), { execArgv: [] });
  const ended = once(child, 'exit');
  const tell = async (order: Order): Promise<Answer> => {
    const answered = once(child, 'message');
    child.send(order);
    const [answer] = (await Promise.race([answered, ended.then(() => [])])) as [Answer?];
    if (answer === undefined) throw new Error('the proxy has ended, its words are above');
    return answer;
  };
  return {
    ports: await tell({ kind: 'stand', targets, delay }),
    takeRoundTrips: async () => Math.max(...(await tell({ kind: 'count' }))),
    async [Symbol.asyncDispose]() {
      // Ctrl-C reaches it, too.
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}
