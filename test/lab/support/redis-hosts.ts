// The Redis instances of a lab, seen from outside: asked with redis-cli on their hosts, not through the role.
import { setTimeout as delay } from 'node:timers/promises';
import type { LabState } from '../../../src/lab/types.ts';
import { askHost, askHosts, startsOf } from './kafka-hosts.ts';

/** Where an instance is. */
export interface Instance {
  readonly host: string;
  readonly port: number;
}

/** The password of the lab's inventory. */
export const PASSWORD = 'jijiji';

/** The masters of the lab's inventory. */
export const MASTERS: readonly [Instance, ...Instance[]] = [
  { host: 'server1', port: 7000 },
  { host: 'server2', port: 7002 },
  { host: 'server3', port: 7004 },
];
/** Its replicas. */
const REPLICAS: readonly Instance[] = [
  { host: 'server1', port: 7001 },
  { host: 'server2', port: 7003 },
  { host: 'server3', port: 7005 },
];

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

/** How often each of the documented six was started, by `host:port`. */
export async function startsOfInstances(state: LabState): Promise<ReadonlyMap<string, number>> {
  const counted = [...MASTERS, ...REPLICAS].map(async ({ host, port }) => {
    const starts = await startsOf(state, `redis@${port}.service`);
    return [`${host}:${port}`, starts[host] ?? 0] as const;
  });
  return new Map(await Promise.all(counted));
}

/** Sets `key1` to `keyN` to their numbers, through the cluster's first instance. */
export async function leaveKeys(state: LabState, count: number): Promise<void> {
  await askHost(state, MASTERS[0].host, `for i in $(seq ${count}); do echo "set key$i $i"; done | ${clientOf(state)} >/dev/null`);
}

/** How many of them are found. */
export async function findKeys(state: LabState, count: number): Promise<number> {
  const asked = `for i in $(seq ${count}); do echo "get key$i"; done | ${clientOf(state)} | grep -cE '^[0-9]+$'`;
  return Number(await askHost(state, MASTERS[0].host, asked));
}

function clientOf(state: LabState): string {
  const { host, port } = MASTERS[0];
  const address = state.hosts.find(({ name }) => name === host)?.address ?? '';
  return `REDISCLI_AUTH=${PASSWORD} redis-cli -c -h ${address} -p ${port}`;
}

/** What an instance keeps of the cluster, and what it says of it while it runs. */
const VIEWS = `
for folder in /usr/local/redis_cluster/*/; do
  port=$(basename "$folder")
  systemctl -q is-active "redis@$port" || { echo "stopped $(awk '$3 ~ /myself/ { print $1 }' "$folder/data/nodes_$port.conf")"; continue; }
  echo "running $port"
  REDISCLI_AUTH=${PASSWORD} redis-cli -p "$port" cluster nodes
done`;

/** Waits until those who run have given up all who do not, and none of these has slots: then nobody does anything by itself any more. */
export async function untilFailedOver(state: LabState): Promise<void> {
  for (const deadline = Date.now() + 60_000; ;) {
    const said = Object.values(await askHosts(state, VIEWS)).join('\n');
    const stopped = [...said.matchAll(/^stopped (\S+)$/gm)].map(([, id = '']) => id);
    const running = said.split(/^running /m).slice(1);
    const isOut = (id: string, view: string): boolean => new RegExp(`^${id} \\S+ \\S*\\bfail(?!\\?)\\S*( \\S+){5}$`, 'm').test(view);
    if (stopped.every(id => running.every(view => isOut(id, view)))) return;
    if (Date.now() > deadline) throw new Error(`the instances do not give up who is stopped:\n${said}`);
    await delay(250);
  }
}
