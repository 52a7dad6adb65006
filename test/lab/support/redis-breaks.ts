// The cluster of one lab, broken again and again while it is made, rolled, grown and shrunk; moments are spread over the time that each takes.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Event } from '../../../src/report/events.ts';
import { askHosts } from './kafka-hosts.ts';
import { failuresOf } from './run-results.ts';
import type { TestLab } from './lab-inventory.ts';
import { breakRedisRun, isMoving, isRedisStep } from './redis-broken.ts';
import { findKeys, leaveKeys, MASTERS, partOf, startsOfInstances } from './redis-hosts.ts';

export const REDIS_DEEDS = ['making', 'rolling', 'growing', 'shrinking'] as const;

/** What is going on when the controller is killed. Of growing and shrinking it is the time in which slots move. */
export type RedisDeed = (typeof REDIS_DEEDS)[number];

/** Where a run breaks. */
export interface RedisBreak {
  readonly deed: RedisDeed;
  /** The moment, as a part of the time that the deed takes: 0 to 1. */
  readonly part: number;
  readonly isCut: boolean;
}

export interface RedisBreaks {
  /** @returns where it was killed, and in words what is not as it should be */
  tryBreak(place: RedisBreak): Promise<{ readonly where: string; readonly problems: readonly string[] }>;
}

/** When what happened, from the beginning of a run. */
type Timeline = readonly { readonly event: Event; readonly at: number }[];
type Shape = 'plain' | 'grown' | 'leaving';

const KEYS = 2000;
/** The ports that stand in the inventory, and one more for each of these hosts. */
const PORTS = [
  ['7000, 7001', 7006],
  ['7002, 7003', 7007],
] as const;

/** Builds the cluster and gives it keys. */
export async function startRedisBreaks(lab: TestLab): Promise<RedisBreaks> {
  const inventory = join(lab.inventory, 'hosts.yml');
  const plain = readFileSync(inventory, 'utf8');
  const timelines = new Map<RedisDeed, Timeline>();
  let shape: Shape = 'plain';
  /** A setting: when it is another one, every instance needs a restart. */
  let hz = 10;
  const extraVars = (): readonly string[] => [JSON.stringify({ redis_cluster_config: { hz } })];

  await settle();
  await leaveKeys(lab.state, KEYS);

  return {
    async tryBreak({ deed, part, isCut }) {
      const timeline = timelines.get(deed) ?? (await measure(deed));
      await prepare(deed);
      const starts = await startsOfInstances(lab.state);
      const { killed, problems } = await breakRedisRun(lab, extraVars(), { point: pointAt(deed, timeline, part), isCut });
      const last = killed.events.at(-1);
      const told = last !== undefined && 'task' in last ? `${last.kind} of "${last.task.name}"` : (last?.kind ?? 'nothing');
      const where = `${killed.exitCode === undefined ? 'killed' : 'it was through'}, the last it told of was ${told}`;
      const wrong = [...problems, ...(await wrongAfter(deed, starts))];
      if (deed === 'making') await leaveKeys(lab.state, KEYS);
      return { where, problems: wrong };
    },
  };

  /** Brings the cluster to where the deed begins, and describes where it ends. */
  async function prepare(deed: RedisDeed): Promise<void> {
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
  }

  async function reshape(wanted: Shape): Promise<void> {
    if (shape === wanted) return;
    if (shape === 'grown') {
      write('leaving');
      await settle();
    }
    write(wanted);
    await settle();
  }

  function write(wanted: Shape): void {
    shape = wanted;
    const leaving = (port: number): string => (wanted === 'leaving' ? `, redis_cluster_leaving_ports: [${port}]` : '');
    const text = PORTS.reduce((now, [ports, more]) => now.replace(`[${ports}]`, `[${ports}, ${more}]${leaving(more)}`), plain);
    writeFileSync(inventory, wanted === 'plain' ? plain : text);
  }

  async function settle(heard?: (event: Event) => void): Promise<void> {
    const done = await lab.run('run', { extraVars: extraVars(), prove: true, ...(heard && { heard }) });
    if (done.exitCode !== 0) throw new Error(`a run that nothing disturbs failed: ${failuresOf(done).join('; ')}`);
  }

  /** A run that nothing disturbs shows how long what takes. */
  async function measure(deed: RedisDeed): Promise<Timeline> {
    await prepare(deed);
    const timeline: { event: Event; at: number }[] = [];
    await settle(event => timeline.push({ event, at: performance.now() }));
    timelines.set(deed, timeline);
    if (deed === 'making') await leaveKeys(lab.state, KEYS);
    return timeline;
  }

  async function wrongAfter(deed: RedisDeed, starts: ReadonlyMap<string, number>): Promise<readonly string[]> {
    const again = await startsOfInstances(lab.state);
    const wanted = deed === 'rolling' ? 1 : 0;
    const restarts = [...again].flatMap(([name, count]) => {
      const more = count - (starts.get(name) ?? 0);
      return deed === 'making' || more === wanted ? [] : [`${name} was started ${more} times, not ${wanted}`];
    });
    const parts = await Promise.all(MASTERS.map(async one => ({ ...one, part: await partOf(lab.state, one) })));
    const moved =
      deed === 'rolling'
        ? parts.filter(({ part }) => part !== 'master').map(({ host, port }) => `${host}:${port} is no master any more`)
        : [];
    const keys = deed === 'making' ? KEYS : await findKeys(lab.state, KEYS);
    return [...restarts, ...moved, ...(keys === KEYS ? [] : [`${keys} of ${KEYS} keys are there`])];
  }
}

/** So long after the step before it, as in the run that nothing disturbed. */
function pointAt(deed: RedisDeed, timeline: Timeline, part: number) {
  const steps = timeline.filter(({ event }) => isRedisStep(event));
  const isMove = deed === 'growing' || deed === 'shrinking';
  const first = isMove ? steps.findIndex(({ event }) => isMoving(event)) : 0;
  const from = steps[first];
  const to = isMove ? steps[first + 1] : steps.at(-1);
  if (from === undefined || to === undefined) throw new Error(`nothing happens while ${deed}`);
  const moment = from.at + part * (to.at - from.at);
  const event = steps.findLastIndex(({ at }) => at <= moment);
  return { event, is: isRedisStep, milliseconds: moment - (steps[event]?.at ?? moment) };
}
