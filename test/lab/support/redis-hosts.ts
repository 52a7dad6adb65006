// The Redis instances of a lab, seen from outside: asked with redis-cli on their hosts, not through the role.
import type { LabState } from '../../../src/lab/types.ts';
import { askHost } from './kafka-hosts.ts';

/** Where an instance is. */
export interface Instance {
  readonly host: string;
  readonly port: number;
}

/** The password of the lab's inventory. */
const PASSWORD = 'jijiji';

/** What one instance answers. */
export function askRedis(state: LabState, { host, port }: Instance, words: string): Promise<string> {
  const address = state.hosts.find(({ name }) => name === host)?.address ?? '';
  return askHost(state, host, `REDISCLI_AUTH=${PASSWORD} redis-cli -h ${address} -p ${port} ${words}`);
}

/** `master` or `slave`. */
export async function partOf(state: LabState, instance: Instance): Promise<string> {
  return (await askRedis(state, instance, 'role')).split('\n')[0] ?? '';
}

/** The id of the instance's master. */
export async function idOf(state: LabState, instance: Instance): Promise<string> {
  return askRedis(state, instance, 'cluster myid');
}

/** What Redis' own tool says of the whole. */
export function checkedBy(state: LabState, { host, port }: Instance): Promise<string> {
  const address = state.hosts.find(({ name }) => name === host)?.address ?? '';
  return askHost(state, host, `REDISCLI_AUTH=${PASSWORD} redis-cli --cluster check ${address}:${port} 2>&1`);
}
