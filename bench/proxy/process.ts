// The proxy, in a process of its own: told its targets, it answers with its ports, then counts; it ends with the process that started it.
import type { AddressInfo } from 'node:net';
import { createDelayedServer, type DelayedServer, type Target } from './delayed-server.ts';

/** What it is told: first where to stand, then to count. */
export type Order =
  | {
      readonly kind: 'stand';
      readonly targets: readonly Target[];
      /** Milliseconds each way. */
      readonly delay: number;
    }
  | { readonly kind: 'count' };

/** What it answers: a port on 127.0.0.1 for each target; then the round trips to each since it was last asked. */
export type Answer = readonly number[];

let standing: readonly DelayedServer[] = [];

process.on('disconnect', () => process.exit(0));
process.on('message', (order: Order) => {
  const answer = order.kind === 'stand' ? stand(order.targets, order.delay) : standing.map(({ takeRoundTrips }) => takeRoundTrips());
  void Promise.resolve(answer).then(numbers => process.send?.(numbers satisfies Answer));
});

async function stand(targets: readonly Target[], delay: number): Promise<Answer> {
  standing = targets.map(target => createDelayedServer(target, delay));
  return Promise.all(standing.map(listen));
}

async function listen({ server }: DelayedServer): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}
