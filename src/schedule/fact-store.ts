// What is known of one host: readings, and in a dry run the layer of what earlier tasks would have made of them.
import type { FactRef, FactSet } from '../facts/contract.ts';
import { overlaps, type Resource } from '../facts/resource.ts';
import { same } from '../util/canonical.ts';
import { Unknown } from '../util/unknown.ts';
import { isMap, type Value } from '../util/value.ts';

/** A fact's value with the assumptions it rests on. The value is, or holds, an Unknown where a dry run cannot know. */
export interface Reading {
  readonly value: unknown;
  readonly assumes: readonly string[];
}

/** What a change (or a task that might change something) does to facts, in a dry run. */
export interface Foretold {
  readonly sets: readonly FactSet[];
  readonly touches: readonly Resource[];
  readonly empties: readonly Resource[];
  /** In words: `task 12 "read the id" (playbooks/x.yml:31)`. */
  readonly by: string;
}

interface Layer extends Foretold {
  readonly values: ReadonlyMap<string, Reading>;
}

/** The facts of one host. Readings are kept per user: root sees what others do not. */
export class FactStore {
  readonly #readings = new Map<string, { readonly value: unknown; readonly reads: readonly Resource[] }>();
  readonly #layers: Layer[] = [];

  /** The fact as far as it is known; undefined when the host has to be asked. */
  peek(ref: FactRef<unknown>, user: string): Reading | undefined {
    const assumes: string[] = [];
    const reads = ref.definition.reads(ref.args as never);
    for (const layer of this.#layers.toReversed()) {
      const set = layer.values.get(ref.key);
      if (set !== undefined) return { value: set.value, assumes: [...set.assumes, ...assumes] };
      const effect = effectOf(layer, reads);
      if (effect === 'emptied') return { value: ref.definition.absent, assumes };
      if (effect === 'disturbed') return { value: new Unknown([`depends on ${layer.by}`]), assumes };
      if (effect === 'perhaps') assumes.push(`${layer.by} leaves ${ref.definition.name} as it is`);
    }
    const reading = this.#readings.get(`${user}\n${ref.key}`);
    return reading && { value: reading.value, assumes };
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

  /** Keeps what the host answered. */
  keep(ref: FactRef<unknown>, user: string, value: unknown): void {
    this.#readings.set(`${user}\n${ref.key}`, { value, reads: ref.definition.reads(ref.args as never) });
  }

  /** Forgets readings that a change may have made untrue. */
  disturb(touches: readonly Resource[], keys: ReadonlySet<string> = new Set()): void {
    for (const [id, reading] of this.#readings) {
      const key = id.slice(id.indexOf('\n') + 1);
      if (keys.has(key) || reading.reads.some(read => touches.some(touch => overlaps(touch, read)))) this.#readings.delete(id);
    }
  }

  /** Lays what a change would do over what is known. Facts that `sets` patches must have been read before. */
  foretell(foretold: Foretold, user: string): void {
    const values = new Map<string, Reading>();
    for (const set of foretold.sets) values.set(set.ref.key, this.#afterSet(set, values.get(set.ref.key) ?? this.peek(set.ref, user)));
    this.#layers.push({ ...foretold, values });
  }

  #afterSet(set: FactSet, before: Reading | undefined): Reading {
    const assumed = set.assumed === undefined ? [] : [set.assumed];
    if (set.patch === undefined) return { value: set.value, assumes: assumed };
    const base = before?.value ?? set.ref.definition.absent;
    if (base instanceof Unknown) return { value: base, assumes: [...(before?.assumes ?? []), ...assumed] };
    const value = isMap(base) ? { ...base, ...(set.patch as Record<string, Value>) } : (set.patch as unknown);
    return { value, assumes: [...(before?.assumes ?? []), ...assumed] };
  }
}

type Effect = 'none' | 'perhaps' | 'disturbed' | 'emptied';

function effectOf(layer: Layer, reads: readonly Resource[]): Effect {
  const named = layer.touches.filter(touch => touch.kind !== 'anything');
  const precise = reads.filter(read => read.kind !== 'anything');
  // What is emptied holds nothing, except where the change says that it touches something within.
  const within = named.filter(touch => !layer.empties.some(empty => same(empty, touch)));
  const isEmptied = reads.length > 0 && reads.every(read => layer.empties.some(empty => overlaps(empty, read)));
  if (isEmptied && !reads.some(read => within.some(touch => overlaps(touch, read)))) return 'emptied';
  if (precise.some(read => named.some(touch => overlaps(touch, read)))) return 'disturbed';
  const isVague = named.length < layer.touches.length || (precise.length < reads.length && layer.touches.length > 0);
  return isVague && reads.length > 0 ? 'perhaps' : 'none';
}
