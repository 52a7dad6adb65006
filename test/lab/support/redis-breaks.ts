// The Redis cluster of one lab, to be broken while it is made, rolled, grown and shrunk.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Event } from '../../../src/report/events.ts';
import { settle } from './broken-run.ts';
import type { Breakable, BreakableCluster } from './cluster-breaks.ts';
import { askHosts } from './kafka-hosts.ts';
import type { TestLab } from './lab-inventory.ts';
import { findKeys, leaveKeys, MASTERS, partOf, startsOfInstances } from './redis-hosts.ts';

export const REDIS_PLAYBOOK = 'playbooks/redis-cluster.yml';

/** Of growing and shrinking it is the time in which slots move. */
type RedisDeed = 'making' | 'rolling' | 'growing' | 'shrinking';
type Shape = 'plain' | 'grown' | 'leaving';

const KEYS = 2000;
/** The ports that stand in the inventory, and one more for each of these hosts. */
const PORTS = [
  ['7000, 7001', 7006],
  ['7002, 7003', 7007],
] as const;

/** What `npm run test:breaks -- redis` breaks. */
export const REDIS_BREAKS: Breakable<RedisDeed> = {
  name: 'redis',
  inventory: 'lab',
  playbook: REDIS_PLAYBOOK,
  groups: [['making'], ['rolling'], ['growing', 'shrinking']],
  isStep: isRedisStep,
  start,
};

/** What a run does to the cluster, or waits for. */
export function isRedisStep(event: Event): boolean {
  return (event.kind === 'change' || event.kind === 'waiting') && event.task.module.startsWith('redis.');
}

/** Told before slots begin to move. */
export function isMoving(event: Event): boolean {
  return event.kind === 'waiting' && event.for === 'all to see the slots where they are now';
}

async function start(lab: TestLab): Promise<BreakableCluster<RedisDeed>> {
  const inventory = join(lab.inventory, 'hosts.yml');
  const plain = readFileSync(inventory, 'utf8');
  let shape: Shape = 'plain';
  /** A setting: when it is another one, every instance needs a restart. */
  let hz = 10;
  const extraVars = (): readonly string[] => [JSON.stringify({ redis_cluster_config: { hz } })];
  const converge = (): Promise<void> => settle(lab, { playbook: REDIS_PLAYBOOK, extraVars: extraVars() });

  await converge();
  await leaveKeys(lab.state, KEYS);

  return {
    extraVars,
    async prepare(deed) {
      switch (deed) {
        case 'making':
          await reshape('plain');
          await askHosts(lab.state, `systemctl stop 'redis@*'; rm -rf /usr/local/redis_cluster/*/data/*`);
          return;
        case 'rolling':
          await reshape('plain');
          hz += 1;
          return;
        case 'growing':
          await reshape('plain');
          write('grown');
          return;
        case 'shrinking':
          await reshape('grown');
          write('leaving');
          return;
      }
    },
    between(deed, steps) {
      if (deed !== 'growing' && deed !== 'shrinking') return [0, steps.length - 1];
      // What is told next is told once the last of them have moved.
      return [steps.findIndex(isMoving), steps.findLastIndex(isMoving) + 1];
    },
    async watch(deed) {
      const starts = await startsOfInstances(lab.state);
      return { end: () => wrongAfter(deed, starts) };
    },
  };

  async function reshape(wanted: Shape): Promise<void> {
    if (shape === wanted) return;
    if (shape === 'grown') {
      write('leaving');
      await converge();
    }
    write(wanted);
    await converge();
  }

  function write(wanted: Shape): void {
    shape = wanted;
    const leaving = (port: number): string => (wanted === 'leaving' ? `, redis_cluster_leaving_ports: [${port}]` : '');
    const text = PORTS.reduce((now, [ports, more]) => now.replace(`[${ports}]`, `[${ports}, ${more}]${leaving(more)}`), plain);
    writeFileSync(inventory, wanted === 'plain' ? plain : text);
  }

  async function wrongAfter(deed: RedisDeed, starts: ReadonlyMap<string, number>): Promise<readonly string[]> {
    if (deed === 'making') {
      await leaveKeys(lab.state, KEYS);
      return [];
    }
    const again = await startsOfInstances(lab.state);
    const wanted = deed === 'rolling' ? 1 : 0;
    const restarts = [...again].flatMap(([name, count]) => {
      const more = count - (starts.get(name) ?? 0);
      return more === wanted ? [] : [`${name} was started ${more} times, not ${wanted}`];
    });
    const parts = await Promise.all(MASTERS.map(async one => ({ ...one, part: await partOf(lab.state, one) })));
    const moved =
      deed === 'rolling'
        ? parts.filter(({ part }) => part !== 'master').map(({ host, port }) => `${host}:${port} is no master any more`)
        : [];
    const keys = await findKeys(lab.state, KEYS);
    return [...restarts, ...moved, ...(keys === KEYS ? [] : [`${keys} of ${KEYS} keys are there`])];
  }
}
