// The part of `npm run test:breaks` that clusters have: ten seeded moments of each thing that is done to one, all on one lab.
import { seeded } from '../../support/seeded.ts';
import { startClusterBreaks, type Breakable, type ClusterBreak } from './cluster-breaks.ts';
import { startTestLab } from './lab-inventory.ts';

const MOMENTS = 10;

/** Whether a word chooses this system, or something of it. */
export function isWordOf({ name }: Breakable, word: string): boolean {
  return word === name || word.startsWith(`${name}-`) || word.startsWith(`${name}=`);
}

/** @param words `redis` for all, or `redis-making`, `redis-rolling=3-4` and so on */
export async function tryClusterBreaks(
  system: Breakable,
  words: readonly string[],
  seed: number,
  say: (line: string) => void,
): Promise<{ readonly tried: number; readonly broken: number }> {
  const chosen = words.flatMap(word => placesOf(system, word, seed));
  say(`SEED=${seed}: ${chosen.length} moments`);
  await using lab = await startTestLab(system.inventory, system.playbook);
  const breaks = await startClusterBreaks(system, lab);
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
function placesOf(
  { name, groups }: Breakable,
  word: string,
  seed: number,
): readonly { readonly name: string; readonly place: ClusterBreak }[] {
  const [kind = '', range] = word.split('=');
  const [first = '1', last] = range?.split('-') ?? [];
  const deeds = groups.flat().filter(deed => kind === name || kind === `${name}-${deed}`);
  if (deeds.length === 0)
    throw new Error(
      `no break is called ${kind}: ${name}, ${groups
        .flat()
        .map(deed => `${name}-${deed}`)
        .join(', ')}`,
    );
  const random = seeded(seed);
  const rankOf = (deed: string): number => groups.findIndex(group => group.includes(deed));
  return groups
    .flat()
    .flatMap(deed =>
      Array.from({ length: MOMENTS }, (_, index) => {
        const place = { deed, part: random(), isCut: index % 2 === 1 };
        const words = `${name}-${deed}=${index + 1}, ${Math.round(place.part * 100)} % through${place.isCut ? ', the hosts cut off' : ''}`;
        return { index: index + 1, name: words, place };
      }),
    )
    .filter(({ place }) => deeds.includes(place.deed))
    .filter(({ index }) => index >= Number(first) && index <= Number(last ?? (range === undefined ? MOMENTS : first)))
    .toSorted((a, b) => rankOf(a.place.deed) - rankOf(b.place.deed) || a.index - b.index);
}
