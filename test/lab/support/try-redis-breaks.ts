// The part of `npm run test:breaks` that Redis has: ten seeded moments of each thing that is done to a cluster, on one lab.
import { seeded } from '../../support/seeded.ts';
import { startTestLab } from './lab-inventory.ts';
import { REDIS_DEEDS, startRedisBreaks, type RedisBreak } from './redis-breaks.ts';
import { REDIS_PLAYBOOK } from './redis-broken.ts';

const MOMENTS = 10;

/** @param words `redis` for all, or `redis-making`, `redis-rolling=3-4` and so on */
export async function tryRedisBreaks(
  words: readonly string[],
  seed: number,
  say: (line: string) => void,
): Promise<{ readonly tried: number; readonly broken: number }> {
  const chosen = words.flatMap(word => placesOf(word, seed));
  say(`SEED=${seed}: ${chosen.length} moments`);
  await using lab = await startTestLab('lab', REDIS_PLAYBOOK);
  const breaks = await startRedisBreaks(lab);
  let broken = 0;
  for (const { name, place } of chosen) {
    const started = performance.now();
    const { where, problems } = await breaks.tryBreak(place);
    broken += problems.length > 0 ? 1 : 0;
    const line = `${name}: ${where}: ${problems.length === 0 ? 'mended' : 'NOT MENDED'}, ${((performance.now() - started) / 1000).toFixed(0)} s`;
    say([line, ...problems.map(text => `  ✗ ${text}`)].join('\n'));
  }
  return { tried: chosen.length, broken };
}

/** The moments of a word; the same for the same seed, whatever else is asked for. */
function placesOf(word: string, seed: number): readonly { readonly name: string; readonly place: RedisBreak }[] {
  const [kind = '', range] = word.split('=');
  const [first = '1', last] = range?.split('-') ?? [];
  const deeds = REDIS_DEEDS.filter(deed => kind === 'redis' || kind === `redis-${deed}`);
  if (deeds.length === 0) throw new Error(`no break is called ${kind}: redis, ${REDIS_DEEDS.map(deed => `redis-${deed}`).join(', ')}`);
  const random = seeded(seed);
  const all = REDIS_DEEDS.flatMap(deed =>
    Array.from({ length: MOMENTS }, (_, index) => {
      const place = { deed, part: random(), isCut: index % 2 === 1 };
      const name = `redis-${deed}=${index + 1}, ${Math.round(place.part * 100)} % through${place.isCut ? ', the hosts cut off' : ''}`;
      return { index: index + 1, name, place };
    }),
  ).filter(
    ({ place, index }) =>
      deeds.includes(place.deed) && index >= Number(first) && index <= Number(last ?? (range === undefined ? MOMENTS : first)),
  );
  // Growing and shrinking by turns: each begins where the other ends.
  return all.toSorted((a, b) => rank(a.place) - rank(b.place) || a.index - b.index);
}

function rank({ deed }: RedisBreak): number {
  return deed === 'making' ? 0 : deed === 'rolling' ? 1 : 2;
}
