// Several hosts' turns at once, before the first of them is changed: all of them, or for as long as another run is waited for none.
import { UnreachableError } from '../../errors/errors.ts';
import type { Engine } from '../state/engine.ts';
import type { HostRun } from '../state/host-run.ts';
import { giveTurnBack, heldBy, tryTurn, waitForTurn, type TurnAnswer } from './take-turn.ts';
import { TaskFailure } from '../state/task-failure.ts';

/** A host, and as whom it is changed. */
export interface Place {
  readonly host: HostRun;
  readonly user: string | undefined;
}

/** What kept a host from being ours, by place. */
export type Refusals = ReadonlyMap<Place, Error>;

/**
 * Takes the turn on every place. Where another run has one of them, what was taken is given back, since that run may be about to wait for it: two
 * runs that each hold what the other waits for would wait in vain. Then they are taken one after the other, in the order that every run has
 * of them, so that nobody waits for a host while they hold one that comes after it.
 * What was read of a host that another run has had meanwhile is forgotten (`takeovers`).
 */
export async function takeWave(engine: Engine, places: readonly Place[]): Promise<Refusals> {
  // What another account of the host holds with changes in it is not given back, and it may be the same one (`per_task`).
  const held = new Set(places.filter(({ host }) => host.turns.size > 0).map(({ host }) => host));
  const first = new Map(await Promise.all(places.map(async place => [place, await attempt(engine, place, 0)] as const)));
  const isHeld = [...first.values()].some(answer => !(answer instanceof Error) && answer.kind === 'held');
  if (!isHeld) return refusalsOf(first);
  const spare = places.filter(place => isOurs(first.get(place)) && !held.has(place.host));
  await Promise.all(spare.map(place => giveBack(engine, place)));
  const deadline = Date.now() + (engine.turn?.wait ?? 0) * 1000;
  const answers = new Map(first);
  for (const place of await inOrder(engine, places)) {
    if (answers.get(place) instanceof Error) continue;
    answers.set(place, await attempt(engine, place, Math.max(0, Math.ceil((deadline - Date.now()) / 1000))));
  }
  return refusalsOf(answers);
}

type Answer = TurnAnswer | Error;

/** The turn of a host that is not to be reached any more has ended with its shell. */
async function giveBack(engine: Engine, { host, user }: Place): Promise<void> {
  await giveTurnBack(engine, host, user).catch((error: unknown) => {
    if (!(error instanceof UnreachableError)) throw error;
  });
}

/** Where what was read does not hold, the turn is taken all the same: it is read again in it. */
async function attempt(engine: Engine, { host, user }: Place, wait: number): Promise<Answer> {
  try {
    for (;;) {
      const asked = await tryTurn(engine, host, user);
      const answer = asked.kind === 'held' ? await waitForTurn(engine, host, user, asked, wait) : asked;
      if (answer.kind !== 'stale') return answer;
      host.takeovers += 1;
    }
  } catch (error) {
    if (error instanceof UnreachableError || error instanceof TaskFailure) return error;
    throw error;
  }
}

function isOurs(answer: Answer | undefined): boolean {
  return answer !== undefined && !(answer instanceof Error) && answer.kind === 'ours';
}

function refusalsOf(answers: ReadonlyMap<Place, Answer>): Refusals {
  return new Map(
    [...answers].flatMap(([place, answer]) => {
      if (answer instanceof Error) return [[place, answer] as const];
      return answer.kind === 'held' ? [[place, heldBy(place.host, answer)] as const] : [];
    }),
  );
}

/** By the keys that hosts show: other runs may have other names for them. */
async function inOrder({ sessions }: Engine, places: readonly Place[]): Promise<readonly Place[]> {
  const keyOf = async ({ host, user }: Place): Promise<string> =>
    `${(await sessions.hostKey(host.name).catch(() => undefined)) ?? ''} ${host.name} ${user ?? ''}`;
  const keyed = await Promise.all(places.map(async place => ({ place, key: await keyOf(place) })));
  return keyed.sort((one, other) => (one.key < other.key ? -1 : 1)).map(({ place }) => place);
}
