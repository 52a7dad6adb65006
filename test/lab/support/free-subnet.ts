// Picks a private network that nothing on this machine uses, so that tests disturb nobody.
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { readAddresses, readRoutes } from '../../../src/lab/links.ts';
import { readPlans } from '../../../src/lab/plan-file.ts';
import { overlaps } from '../../../src/lab/subnet.ts';

/** Whoever listens on this port of the machine itself, or one above it, holds the network of that number. */
const FIRST_PORT = 21_300;

/** A network that is held until the lab that wants it has said so itself. */
export interface HeldSubnet extends Disposable {
  /** The first three bytes of a network of 24 bits: `10.213.7`. */
  readonly start: string;
}

/** Holds a free network below 10.213: whoever looks meanwhile, in this process or another, is given another. */
export async function freeSubnet(): Promise<HeldSubnet> {
  const first = process.pid % 256;
  for (let step = 0; step < 256; step += 1) {
    const number = (first + step) % 256;
    const holder = await hold(FIRST_PORT + number);
    if (holder === undefined) continue;
    const start = `10.213.${number}`;
    if (await isFree(`${start}.0/24`)) return { start, [Symbol.dispose]: () => void holder.close() };
    holder.close();
  }
  throw new Error('every network below 10.213 is in use, take labs down');
}

async function isFree(subnet: string): Promise<boolean> {
  const machine = [...(await readAddresses()), ...(await readRoutes())].map(used => used.subnet);
  const labs = (await readPlans()).flatMap(plan => plan.networks.map(network => network.subnet));
  return ![...machine, ...labs].some(used => overlaps(used, subnet));
}

async function hold(port: number): Promise<Server | undefined> {
  const server = createServer().listen(port, '127.0.0.1').unref();
  try {
    await once(server, 'listening');
    return server;
  } catch {
    return undefined;
  }
}
