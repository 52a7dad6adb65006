// What is known of one host: readings, and in a dry run the layer of what earlier tasks would have made of them.
import type { FactRef, FactSet } from '../../facts/contract.ts';
import { fileLinks, type MetLink } from '../../facts/file/links.ts';
import { fileNode } from '../../facts/file/node.ts';
import { covers, overlaps, type Resource } from '../../facts/resource.ts';
import { same } from '../../util/canonical.ts';
import { Unknown } from '../../util/unknown.ts';
import { isMap, unknownsIn, type Value } from '../../util/value.ts';
import { renamed, renamingsOf, showsAccount, type Renaming } from './owner-names.ts';
import { RealPaths } from './real-paths.ts';

/** A fact's value with the assumptions it rests on. The value is, or holds, an Unknown where a dry run cannot know. */
export interface Reading {
  readonly value: unknown;
  readonly assumes: readonly string[];
}

/** How a place is reached. */
export interface Way {
  readonly real: string;
  readonly links: readonly string[];
}

/** The reader of what no host was asked for, since it follows from what is foretold. */
export const NOBODY = '\n';

/** What a change (or a task that might change something) does to facts, in a dry run. */
export interface Foretold {
  readonly sets: readonly FactSet[];
  readonly touches: readonly Resource[];
  readonly empties: readonly Resource[];
  /** In words: `task 12 "read the id" (playbooks/x.yml:31)`. */
  readonly by: string;
}

const NOTHING: readonly string[] = Object.freeze([]);

interface Layer extends Foretold {
  readonly values: ReadonlyMap<string, Reading>;
  readonly renamings: readonly Renaming[];
}

/** What a host has answered, and to whom. */
export interface Answer {
  readonly ref: FactRef<unknown>;
  /** Who read it; empty for the login user. */
  readonly reader: string;
  readonly value: unknown;
}

/** The facts of one host. Readings are kept per user: root sees what others do not. */
export class FactStore {
  readonly #readings = new Map<string, Answer & { readonly reads: readonly Resource[] }>();
  readonly #walks = new Map<string, Answer>();
  readonly #layers: Layer[] = [];
  readonly #paths: RealPaths;

  constructor(paths = new RealPaths()) {
    this.#paths = paths;
  }

  /** The same knowledge for one who lays more over it than others are to see. */
  fork(): FactStore {
    const other = new FactStore(this.#paths.fork());
    for (const [id, answer] of this.#readings) other.#readings.set(id, answer);
    for (const [id, answer] of this.#walks) other.#walks.set(id, answer);
    other.#layers.push(...this.#layers);
    return other;
  }

  /** The fact as far as it is known; undefined when the host has to be asked. */
  peek(asked: FactRef<unknown>, user: string): Reading | undefined {
    if (this.#paths.walksFor(asked, user).length > 0) return undefined;
    return this.#wayIn(asked, user) ?? this.#look(this.#paths.settle(asked), user);
  }

  /** What lies behind a link that may be another by then. */
  #wayIn(asked: FactRef<unknown>, user: string): Reading | undefined {
    if (this.#layers.length === 0) return undefined;
    for (const path of this.#paths.linksTo(asked)) {
      const link = this.#look(fileNode({ path }), user);
      const reasons = link === undefined ? [] : unknownsIn(isMap(link.value) ? [link.value['kind'], link.value['target']] : link.value);
      if (link && reasons.length > 0) return { value: new Unknown(reasons), assumes: link.assumes };
    }
    return undefined;
  }

  /** What the host has to be asked for before the fact can be looked at: itself, by its real path, and the way there. */
  missing(asked: FactRef<unknown>, user: string): readonly FactRef<unknown>[] {
    if (isWay(asked)) return this.#walks.has(`${user}\n${asked.key}`) ? [] : [asked];
    const ref = this.#paths.settle(asked);
    const ways = this.waysTo(asked, user);
    return this.#look(ref, user) === undefined ? [...ways, ref] : ways;
  }

  /** What has to be read for the path of a fact to be known as what it really is. */
  waysTo(ref: FactRef<unknown>, user: string): readonly FactRef<unknown>[] {
    return this.#paths.walksFor(ref, user);
  }

  /** How a place is reached, as far as that is known: by its real path, and over which links. The last step of it is not followed. */
  wayTo(path: string): Way {
    const links: string[] = [];
    return { real: this.#paths.realPath(path, link => links.push(link)), links };
  }

  #look(ref: FactRef<unknown>, user: string): Reading | undefined {
    const reading = this.#readings.get(`${user}\n${ref.key}`);
    if (this.#layers.length === 0) return reading && { value: reading.value, assumes: NOTHING };
    const assumes: string[] = [];
    const reads = ref.reads().map(read => this.#paths.settleResource(read));
    for (const [index, layer] of [...this.#layers.entries()].reverse()) {
      const set = layer.values.get(ref.key);
      if (set !== undefined) {
        const now = renamed(ref, set.value, this.#layers.slice(index + 1));
        return { value: now.value, assumes: [...set.assumes, ...assumes, ...now.assumes] };
      }
      const effect = effectOf(layer, reads);
      if (effect === 'emptied') return { value: ref.definition.absent, assumes };
      if (effect === 'disturbed') return { value: new Unknown([`depends on ${layer.by}`]), assumes };
      if (effect === 'perhaps') assumes.push(`${layer.by} leaves ${ref.definition.name} as it is`);
    }
    if (reading === undefined) return undefined;
    const now = renamed(ref, reading.value, this.#layers);
    return { value: now.value, assumes: [...assumes, ...now.assumes] };
  }

  /**
   * Whoever read that a thing is not there which a foretold change makes; undefined when it is there, or nothing makes it.
   * @param isThere judges the values before and after
   */
  readerBefore(ref: FactRef<unknown>, isThere: (value: unknown) => boolean): string | undefined {
    const made = this.#layers.findLast(layer => layer.values.has(ref.key))?.values.get(ref.key);
    if (made === undefined || made.value instanceof Unknown || !isThere(made.value)) return undefined;
    for (const [id, reading] of this.#readings)
      if (id.endsWith(`\n${ref.key}`) && !isThere(reading.value)) return id.slice(0, id.indexOf('\n'));
    return undefined;
  }

  /** Keeps what the host answered. An answer about a path that turned out to be another is let go: it is asked again by its real name. */
  keep(ref: FactRef<unknown>, user: string, value: unknown, reader = user): void {
    if (isWay(ref)) {
      this.#walks.set(`${user}\n${ref.key}`, { ref, reader, value });
      this.#paths.learn(String(ref.args['path']), user, value as readonly MetLink[]);
      return;
    }
    if (this.#paths.settle(ref).key !== ref.key) return;
    this.#readings.set(`${user}\n${ref.key}`, {
      ref,
      reader,
      value,
      reads: ref.reads().map(read => this.#paths.settleResource(read)),
    });
  }

  /** Everything that the host itself has answered so far and that has not been forgotten. */
  answers(): readonly Answer[] {
    const all = [...this.#walks.values(), ...this.#readings.values()].filter(answer => answer.reader !== NOBODY);
    return all.map(({ ref, reader, value }) => ({ ref, reader, value }));
  }

  /** What the host itself answered to a question, foretold changes aside. */
  answerTo(ref: FactRef<unknown>, user: string): unknown {
    return (this.#walks.get(`${user}\n${ref.key}`) ?? this.#readings.get(`${user}\n${this.#paths.settle(ref).key}`))?.value;
  }

  /** Forgets readings that a change may have made untrue. */
  disturb(given: readonly Resource[], refs: readonly FactRef<unknown>[] = []): void {
    const touches = given.map(touch => this.#paths.settleResource(touch));
    const keys = new Set(refs.map(ref => this.#paths.settle(ref).key));
    this.#paths.disturb(touches);
    for (const [id, reading] of this.#readings) {
      const key = id.slice(id.indexOf('\n') + 1);
      const isDisturbed = (touch: Resource): boolean =>
        reading.reads.some(read => overlaps(touch, read)) ||
        ((touch.kind === 'user' || touch.kind === 'group') && showsAccount(reading.ref, reading.value, touch.kind, touch.id));
      if (keys.has(key) || touches.some(isDisturbed)) this.#readings.delete(id);
    }
  }

  /** Lays what a change would do over what is known. Facts that `sets` patches, or makes unless they are there, must have been read before. */
  foretell(foretold: Foretold, user: string): void {
    const values = new Map<string, Reading>();
    const sets = foretold.sets.map(set => ({ ...set, ref: this.#paths.settle(set.ref) }));
    const real = (resources: readonly Resource[]): readonly Resource[] => resources.map(each => this.#paths.settleResource(each));
    const renamings: Renaming[] = [];
    const layer = { ...foretold, sets, touches: real(foretold.touches), empties: real(foretold.empties), values, renamings };
    for (const set of sets) {
      const before = values.get(set.ref.key) ?? this.#look(set.ref, user);
      const after = this.#afterSet(set, before);
      values.set(set.ref.key, after);
      renamings.push(...renamingsOf(set.ref, before?.value, after.value));
    }
    this.#layers.push(layer);
    this.#paths.foretell(sets, layer.empties);
  }

  #afterSet(set: FactSet, before: Reading | undefined): Reading {
    const assumed = set.assumed === undefined ? [] : [set.assumed];
    if (set.unlessThere === true && before !== undefined && isThere(set, before.value)) return before;
    if (set.patch === undefined) return { value: set.value, assumes: assumed };
    const base = before?.value ?? set.ref.definition.absent;
    if (base instanceof Unknown) return { value: base, assumes: [...(before?.assumes ?? []), ...assumed] };
    const value = isMap(base) ? { ...base, ...(set.patch as Record<string, Value>) } : (set.patch as unknown);
    return { value, assumes: [...(before?.assumes ?? []), ...assumed] };
  }
}

function isThere({ ref }: FactSet, value: unknown): boolean {
  return unknownsIn(value).length === 0 && !same(value, ref.definition.absent);
}

/** Whether a fact says where paths lead. */
export function isWay(ref: FactRef<unknown>): boolean {
  return ref.definition.name === fileLinks.definition.name;
}

type Effect = 'none' | 'perhaps' | 'disturbed' | 'emptied';

function effectOf(layer: Layer, reads: readonly Resource[]): Effect {
  const named = layer.touches.filter(touch => touch.kind !== 'anything');
  const precise = reads.filter(read => read.kind !== 'anything');
  // What is emptied holds nothing, except where the change says that it touches something within.
  const within = named.filter(touch => !layer.empties.some(empty => same(empty, touch)));
  const isEmptied = reads.length > 0 && reads.every(read => layer.empties.some(empty => covers(empty, read)));
  if (isEmptied && !reads.some(read => within.some(touch => overlaps(touch, read)))) return 'emptied';
  if (precise.some(read => named.some(touch => overlaps(touch, read)))) return 'disturbed';
  const isVague = named.length < layer.touches.length || (precise.length < reads.length && layer.touches.length > 0);
  return isVague && reads.length > 0 ? 'perhaps' : 'none';
}
