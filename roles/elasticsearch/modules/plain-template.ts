// One form for an index template, whether a person wrote it or Elasticsearch gives it back: flat settings, values as text, nothing that says nothing.
import { objectIn } from '../facts/answers.ts';

/** What is left: text, lists and maps. */
type Plain = string | readonly Plain[] | { readonly [name: string]: Plain };

/** Whether two mean the same. */
export function sameTemplate(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean {
  return JSON.stringify(plainTemplate(a)) === JSON.stringify(plainTemplate(b));
}

export function plainTemplate(body: Readonly<Record<string, unknown>>): { readonly [name: string]: Plain } {
  const { template, index_patterns: patterns, data_stream: stream, ...rest } = body;
  const { settings, ...inner } = objectIn(template);
  const parts = saying({ ...inner, settings: flatSettings(objectIn(settings)) });
  const all = saying({ ...rest, index_patterns: Array.isArray(patterns) ? patterns : [patterns], template: parts });
  // That there is one says something, what it is by default does not.
  const isStream = typeof stream === 'object' && stream !== null;
  const flags = Object.entries(objectIn(stream)).filter(([, value]) => value !== false);
  return inOrder({ ...all, ...(isStream && { data_stream: plain(Object.fromEntries(flags)) ?? {} }) });
}

/** Without the parts that are empty: those say nothing, where further in an empty map does, such as an alias without options. */
function saying(parts: Readonly<Record<string, unknown>>): Readonly<Record<string, Plain>> {
  return Object.fromEntries(
    Object.entries(parts).flatMap(([key, part]) => {
      const one = plain(part);
      const isEmpty = one === undefined || (typeof one === 'object' && Object.keys(one).length === 0);
      return isEmpty ? [] : [[key, one] as const];
    }),
  );
}

/** `{index: {number_of_shards: 1}}` and `{number_of_shards: 1}` are `{index.number_of_shards: "1"}`. */
function flatSettings(settings: Readonly<Record<string, unknown>>, under = ''): Readonly<Record<string, unknown>> {
  const entries = Object.entries(settings).flatMap(([key, value]): readonly (readonly [string, unknown])[] => {
    const name = under === '' ? key : `${under}.${key}`;
    const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isMap ? Object.entries(flatSettings(objectIn(value), name)) : [[name, value]];
  });
  return Object.fromEntries(
    under === '' ? entries.map(([name, value]) => [name.startsWith('index.') ? name : `index.${name}`, value]) : entries,
  );
}

/** Keys in order, scalars as text. */
function plain(value: unknown): Plain | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.flatMap(item => plain(item) ?? []);
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = Object.entries(value).flatMap(([key, item]) => {
    const one = plain(item);
    return one === undefined ? [] : [[key, one] as const];
  });
  return inOrder(Object.fromEntries(entries));
}

function inOrder<V>(map: Readonly<Record<string, V>>): Readonly<Record<string, V>> {
  return Object.fromEntries(Object.entries(map).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
