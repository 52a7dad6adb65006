// The entries of one YAML map while it is being read: unique keys, and merge keys (`<<`) filled in behind the explicit ones.
import type { Position, Problem } from '../../errors/problem.ts';
import type { YamlEntry, YamlMap, YamlNode } from './node.ts';

const FINE: readonly Problem[] = [];

/** Collects entries; what is wrong comes back as problems, and the entry is left out. */
export class MapEntries {
  readonly #explicit = new Map<string, YamlEntry>();
  /** Made by the first merge key: few maps have one. */
  #merged: Map<string, YamlEntry> | undefined;
  #mergedAt: Position | undefined;

  add(key: YamlNode, value: YamlNode): readonly Problem[] {
    if (key.kind !== 'scalar') return [{ at: key.at, ...refusedKey(key) }];
    if (key.value === null) return [{ at: key.at, what: 'a key is missing', advice: 'write a name before the colon' }];
    if (key.text === '__proto__') return [{ at: key.at, what: '"__proto__" cannot be a key' }];
    const first = this.#explicit.get(key.text);
    if (first)
      return [
        {
          at: key.at,
          what: `the key ${JSON.stringify(key.text)} is already given on line ${first.keyAt.line}`,
          advice: 'keep one of the two',
        },
      ];
    this.#explicit.set(key.text, Object.freeze({ key: key.text, keyAt: key.at, value }));
    return FINE;
  }

  /** Takes over the entries of a map or of a list of maps; the first to name a key wins. */
  merge(at: Position, value: YamlNode): readonly Problem[] {
    if (this.#mergedAt)
      return [{ at, what: `the key "<<" is already given on line ${this.#mergedAt.line}`, advice: 'write a list: <<: [*a, *b]' }];
    this.#mergedAt = at;
    const sources = value.kind === 'list' ? value.items : [value];
    const wrong = sources.find(source => source.kind !== 'map');
    if (wrong)
      return [{ at: wrong.at, what: '"<<" takes a map or a list of maps', advice: 'write <<: *name, or quote it if it is a key: "<<"' }];
    const merged = (this.#merged ??= new Map());
    for (const source of sources as readonly YamlMap[]) {
      for (const entry of source.entries) if (!merged.has(entry.key)) merged.set(entry.key, entry);
    }
    return FINE;
  }

  /** Explicit entries in the order of the file, then what was merged in and not given explicitly. */
  done(): readonly YamlEntry[] {
    if (this.#merged === undefined) return Object.freeze([...this.#explicit.values()]);
    const merged = [...this.#merged.values()].filter(entry => !this.#explicit.has(entry.key));
    return Object.freeze([...this.#explicit.values(), ...merged]);
  }
}

function refusedKey(key: YamlNode): Omit<Problem, 'at'> {
  if (key.kind === 'map') return { what: 'a map cannot be a key', advice: 'a value that begins with {{ must be quoted: "{{ name }}"' };
  return { what: 'a list cannot be a key', advice: 'a key that begins with [ must be quoted' };
}
