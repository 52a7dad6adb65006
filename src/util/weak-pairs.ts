// Something that is known of two objects together, for as long as both are there.

export class WeakPairs<A extends object, B extends object, V> {
  readonly #known = new WeakMap<A, WeakMap<B, V>>();

  get(one: A, other: B): V | undefined {
    return this.#known.get(one)?.get(other);
  }

  /** @returns the value */
  keep(one: A, other: B, value: V): V {
    const others = this.#known.get(one) ?? new WeakMap<B, V>();
    this.#known.set(one, others.set(other, value));
    return value;
  }
}
