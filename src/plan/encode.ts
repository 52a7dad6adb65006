// Values on their way into a plan and back: plain JSON, with secrets taken out and put into a box of their own.
import { secret, Secret } from '../util/secret.ts';
import { Unknown } from '../util/unknown.ts';
import { isMap, type Json, type Value } from '../util/value.ts';

/** A secret text shorter than this is known by its type only, not wherever it turns up. */
const LEAST = 6;

/** The secrets of one plan: numbered in the plan, kept apart. */
export class SecretBox {
  readonly #texts: string[] = [];
  readonly #known: readonly string[];

  /** @param known secret texts that must not stand anywhere in the plan */
  constructor(known: readonly string[]) {
    this.#known = known.filter(text => text.length >= LEAST);
  }

  /** In the order of their numbers. */
  get texts(): readonly string[] {
    return this.#texts;
  }

  /** @returns the number that stands in its place */
  put(text: string): number {
    const known = this.#texts.indexOf(text);
    return known >= 0 ? known : this.#texts.push(text) - 1;
  }

  /** Whether a text holds a secret that is known. */
  betrays(text: string): boolean {
    return this.#known.some(each => text.includes(each));
  }
}

/** A value as it stands in a plan. */
export function encode(value: unknown, box: SecretBox): Json {
  if (value instanceof Secret) return { $secret: box.put(value.reveal()) };
  if (value instanceof Unknown) return { $unknown: [...value.because] };
  if (typeof value === 'string') return box.betrays(value) ? { $secret: box.put(value) } : value;
  if (Array.isArray(value)) return value.map(item => encode(item, box));
  if (isMap(value)) {
    const entries = Object.entries(isArchive(value) ? withoutEntries(value) : value).filter(([, item]) => (item as unknown) !== undefined);
    return Object.fromEntries(entries.map(([key, item]) => [key, encode(item, box)]));
  }
  return value === undefined ? null : (value as Json);
}

/** The value again. An unknown one stays unknown. */
export function decode(json: Json, secrets: readonly string[]): Value {
  if (Array.isArray(json)) return json.map((item: Json) => decode(item, secrets));
  if (!isMap(json)) return json;
  const { $secret, $unknown } = json;
  if (typeof $secret === 'number') return secret(secrets[$secret] ?? '');
  if (Array.isArray($unknown)) return new Unknown($unknown.map(String));
  return Object.fromEntries(Object.entries(json).map(([key, item]) => [key, decode(item, secrets)]));
}

function isArchive(value: Value): boolean {
  return isMap(value) && value['kind'] === 'artifact' && Array.isArray(value['entries']);
}

/** Its digest says what is in an archive; thousands of lines would only hide the plan. */
function withoutEntries(value: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'entries'));
}
