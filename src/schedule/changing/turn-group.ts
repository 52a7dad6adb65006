// Hosts that go through a play together have their turns together: before the first of them is changed, no other run changes any.
import type { Engine, Group } from '../state/engine.ts';
import type { HostRun } from '../state/host-run.ts';
import { takeWave, type Place } from './turn-wave.ts';

/** A host that has come to its first change, and waits for its turn. */
interface Arrival extends Place {
  readonly engine: Engine;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** The hosts of a batch; lives as long as that goes through the play. */
export class TurnGroup implements Group {
  readonly #hosts: readonly HostRun[];
  readonly #usersOf: (host: string) => ReadonlySet<string | undefined>;
  /** At work on the task that they are all at. */
  readonly #busy = new Set<HostRun>();
  #arrivals: Arrival[] = [];
  /** Waves follow one another: one that waits holds what another would wait for. */
  #last: Promise<void> = Promise.resolve();

  /** @param usersOf as whom there are tasks for a host */
  constructor(hosts: readonly HostRun[], usersOf: (host: string) => ReadonlySet<string | undefined>) {
    this.#hosts = hosts;
    this.#usersOf = usersOf;
  }

  async during<T>(host: HostRun, work: () => Promise<T>): Promise<T> {
    this.#busy.add(host);
    try {
      return await work();
    } finally {
      this.#busy.delete(host);
      this.#look();
    }
  }

  async take(engine: Engine, host: HostRun, user: string | undefined): Promise<void> {
    if (host.turns.has(user ?? '') || this.#hosts.length < 2 || !this.#hosts.includes(host)) return;
    await new Promise<void>((resolve, reject) => {
      this.#arrivals.push({ engine, host, user, resolve, reject });
      this.#look();
    });
  }

  #look(): void {
    const here = new Set(this.#arrivals.map(({ host }) => host));
    if (here.size === 0 || [...this.#busy].some(host => !here.has(host) && host.turns.size === 0)) return;
    const arrivals = this.#arrivals;
    this.#arrivals = [];
    this.#last = this.#last.then(() => this.#wave(arrivals));
  }

  /** What goes wrong is told those who wait for it. */
  async #wave(arrivals: readonly Arrival[]): Promise<void> {
    try {
      const [first] = arrivals;
      const places = [...arrivals, ...this.#others(arrivals)].filter(({ host, user }) => !host.turns.has(user ?? ''));
      const refusals = first && places.length > 1 ? await takeWave(first.engine, places) : new Map<Place, Error>();
      for (const arrival of arrivals) {
        const refusal = refusals.get(arrival);
        if (refusal === undefined) arrival.resolve();
        else arrival.reject(refusal);
      }
    } catch (error) {
      for (const { reject } of arrivals) reject(error);
    }
  }

  /** Hosts that have nothing to be changed yet, as far as they have tasks as the same users: they may come to it. */
  #others(arrivals: readonly Arrival[]): readonly Place[] {
    const users = [...new Set(arrivals.map(({ user }) => user))];
    const isThere = (host: HostRun, user: string | undefined): boolean =>
      arrivals.some(place => place.host === host && place.user === user);
    return this.#hosts
      .filter(({ standing }) => standing === 'alive')
      .flatMap(host => users.filter(user => !isThere(host, user) && this.#usersOf(host.name).has(user)).map(user => ({ host, user })));
  }
}
