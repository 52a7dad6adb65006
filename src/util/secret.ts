// A value that must never be printed. It shows as *** by type, wherever it ends up.
import { inspect } from 'node:util';

/** What a secret prints as. */
export const MASK = '***';

/** A secret scalar. Only {@link Secret.reveal} gives the value; every ordinary way of printing it gives `***`. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
    Object.freeze(this);
  }

  /** The value itself, for the wire and for comparing, never for a message. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }
}

/** Marks a string as secret; what is secret already stays as it is. */
export function secret(value: string | Secret): Secret {
  return value instanceof Secret ? value : new Secret(value);
}

/** The text of a string that may be secret. */
export function reveal(value: string | Secret): string {
  return value instanceof Secret ? value.reveal() : value;
}
