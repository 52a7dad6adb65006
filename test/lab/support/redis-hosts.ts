// The Redis instances of a lab, seen from outside: asked with redis-cli on their hosts, not through the role.
import type { LabState } from '../../../src/lab/types.ts';
import { askHost } from './kafka-hosts.ts';

/** Where an instance is. */
interface Instance {
  readonly host: string;
  readonly port: number;
}

/** The password of the lab's inventory. */
const PASSWORD = 'jijiji';

/** What Redis' own tool says of the whole. */
export function checkedBy(state: LabState, { host, port }: Instance): Promise<string> {
  const address = state.hosts.find(({ name }) => name === host)?.address ?? '';
  return askHost(state, host, `REDISCLI_AUTH=${PASSWORD} redis-cli --cluster check ${address}:${port} 2>&1`);
}
