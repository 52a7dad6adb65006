// The fuzzed server: hosts that do one thing wrong at random, beneath SSH and within it. No hang, no crash, and words for whatever comes of it.
// FUZZ_ROUNDS says how many rounds. Each has a seed: SEED=… FUZZ_ROUNDS=1 plays it again. FUZZ_TELL=1 tells of every round.
import { seedOfThisRun } from '../support/seeded.ts';
import { chanceOf } from './support/chance.ts';
import { FuzzedHost, type Round } from './support/fuzz-round.ts';

const ROUNDS = Number(process.env['FUZZ_ROUNDS'] ?? 120);
const AT_ONCE = 4;

describe('a fuzzed server', function () {
  this.timeout(60_000 + ROUNDS * 3000);

  it(`in ${ROUNDS} rounds is never hung on, never crashes a run, and is told of in words`, async () => {
    const seed = seedOfThisRun();
    const rounds: Round[] = [];
    let next = seed;
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        await using plain = await FuzzedHost.start(false);
        await using behindSudo = await FuzzedHost.start(true);
        while (next < seed + ROUNDS) {
          const mine = next++;
          const chance = chanceOf(mine);
          const level = chance.one(['wire', 'answers'] as const);
          const host = chance.one([plain, behindSudo]);
          try {
            rounds.push(await named(`${level}, SEED=${mine}`, () => host.play(level, chance)));
          } catch (error) {
            next = Number.POSITIVE_INFINITY;
            throw error;
          }
        }
      }),
    );
    process.stdout.write(`      ${summaryOf(rounds)}\n`);
  });
});

/** Whatever goes wrong in a round is told with its name, also where nobody waits for it. */
async function named(name: string, play: () => Promise<Round>): Promise<Round> {
  const tell = (reason: unknown): void => void process.stdout.write(`      nobody heard of it in ${name}: ${String(reason)}\n`);
  process.on('unhandledRejection', tell);
  process.on('uncaughtExceptionMonitor', tell);
  try {
    const round = await play();
    if (process.env['FUZZ_TELL'] !== undefined) process.stdout.write(`      ${name}: ${JSON.stringify(round)}\n`);
    return round;
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`, { cause: error });
  } finally {
    process.off('unhandledRejection', tell);
    process.off('uncaughtExceptionMonitor', tell);
  }
}

function summaryOf(rounds: readonly Round[]): string {
  const by = (code: number): number => rounds.filter(({ exitCode }) => exitCode === code).length;
  const slowest = Math.max(...rounds.map(({ milliseconds }) => milliseconds));
  const struck = rounds.filter(({ hasStruck }) => hasStruck).length;
  return `${rounds.length} rounds, ${struck} struck: ${by(0)} × exit code 0, ${by(2)} × 2, ${by(4)} × 4; the slowest took ${(slowest / 1000).toFixed(1)} s`;
}
