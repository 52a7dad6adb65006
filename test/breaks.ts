// Every place at which a run of playbooks/kafka.yml can break, on real hosts: the link behind each answer, the controller at each task, and both at seeded moments.
// Words choose: `answers`, `tasks`, `moments`, `cuts`, each alone or as `answers=20-30`. SEED=n has the same moments again; LANES=n labs stand side by side.
// `redis` breaks playbooks/redis-cluster.yml instead, at seeded moments: while the cluster is made, rolled, grown and shrunk; or one of `redis-rolling=3-4`.
// `elasticsearch` breaks playbooks/elasticsearch.yml in the same way, while the cluster forms and while it is rolled.
import { labObstacle } from './lab/support/lab-inventory.ts';
import { measureExtent, nameOfBreak, tryBreak, type Break, type Extent } from './lab/support/breaks.ts';
import { ELASTICSEARCH_BREAKS } from './lab/support/elasticsearch-breaks.ts';
import { REDIS_BREAKS } from './lab/support/redis-breaks.ts';
import { isWordOf, tryClusterBreaks } from './lab/support/try-cluster-breaks.ts';
import { seeded, seedOfThisRun } from './support/seeded.ts';

const MOMENTS = 50;
/** How long after its event a moment is at most: long enough to fall into the step that the event began. */
const LATEST = 1500;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const seed = seedOfThisRun();
const lanes = Number(process.env['LANES'] ?? 1);
const words = process.argv.slice(2);

const obstacle = await labObstacle();
if (obstacle !== undefined) {
  say(`no lab here: ${obstacle}`);
  process.exit(1);
}
const counts = { tried: 0, broken: 0 };
const systems = [REDIS_BREAKS, ELASTICSEARCH_BREAKS];
for (const system of systems) {
  const own = words.filter(word => isWordOf(system, word));
  if (own.length === 0) continue;
  const { tried, broken } = await tryClusterBreaks(system, own, seed, say);
  counts.tried += tried;
  counts.broken += broken;
}
const others = words.filter(word => !systems.some(system => isWordOf(system, word)));
if (words.length === 0 || others.length > 0) await breakKafka(others);
say(`${counts.tried} breaks, ${counts.broken} not mended`);
process.exit(counts.tried > 0 && counts.broken === 0 ? 0 : 1);

/** @param chosen words; none for all */
async function breakKafka(chosen: readonly string[]): Promise<void> {
  const extent = await measureExtent();
  say(`SEED=${seed}: ${extent.answers} answers of the first host, ${extent.tasks} tasks, ${extent.events} events`);
  const waiting = chosen.length === 0 ? allOf(extent) : chosen.flatMap(word => chosenBy(word, extent));
  await Promise.all(Array.from({ length: lanes }, () => work(waiting)));
}

async function work(waiting: Break[]): Promise<void> {
  for (let place = waiting.shift(); place !== undefined; place = waiting.shift()) {
    const started = performance.now();
    const problems = await tryBreak(place).catch((error: unknown) => [
      error instanceof Error ? (error.stack ?? error.message) : String(error),
    ]);
    counts.tried += 1;
    counts.broken += problems.length > 0 ? 1 : 0;
    const line = `${nameOfBreak(place)}: ${problems.length === 0 ? 'mended' : 'NOT MENDED'}, ${((performance.now() - started) / 1000).toFixed(0)} s`;
    say([line, ...problems.map(text => `  ✗ ${text}`)].join('\n'));
  }
}

function allOf(all: Extent): Break[] {
  return ['answers', 'tasks', 'moments', 'cuts'].flatMap(word => chosenBy(word, all));
}

function chosenBy(word: string, all: Extent): Break[] {
  const [kind = '', range] = word.split('=');
  const [first = '1', last] = range?.split('-') ?? [];
  const places = placesOf(kind, all);
  return places.slice(Number(first) - 1, range === undefined ? undefined : Number(last ?? first));
}

function placesOf(kind: string, { answers, tasks, events, hosts }: Extent): readonly Break[] {
  const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);
  const random = seeded(seed);
  const moment = () => ({ number: 1 + Math.floor(random() * events), milliseconds: Math.floor(random() * LATEST) });
  switch (kind) {
    case 'answers':
      return numbers(answers).map(number => ({ kind: 'answer', number }));
    case 'tasks':
      return numbers(tasks).map(number => ({ kind: 'task', number }));
    case 'moments':
      return numbers(MOMENTS).map(() => ({ kind: 'moment', ...moment() }));
    case 'cuts':
      return numbers(MOMENTS).map(() => ({ kind: 'cut', ...moment(), host: hosts[Math.floor(random() * hosts.length)] ?? '' }));
    default:
      throw new Error(`no break is called ${kind}: answers, tasks, moments or cuts`);
  }
}
