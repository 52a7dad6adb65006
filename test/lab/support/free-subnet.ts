// Picks a private network that nothing on this machine uses, so that tests disturb nobody.
import { readAddresses, readRoutes } from '../../../src/lab/links.ts';
import { readPlans } from '../../../src/lab/plan-file.ts';
import { overlaps } from '../../../src/lab/subnet.ts';

/** The first three bytes of a free network of 24 bits below 10.213: `10.213.7`. */
export async function freeSubnet(): Promise<string> {
  const machine = [...(await readAddresses()), ...(await readRoutes())].map(used => used.subnet);
  const labs = (await readPlans()).flatMap(plan => plan.networks.map(network => network.subnet));
  const first = process.pid % 256;
  for (let step = 0; step < 256; step += 1) {
    const start = `10.213.${(first + step) % 256}`;
    if (![...machine, ...labs].some(used => overlaps(used, `${start}.0/24`))) return start;
  }
  throw new Error('every network below 10.213 is in use, take labs down');
}
