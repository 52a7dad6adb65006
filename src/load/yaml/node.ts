// The tree a YAML file is read into: plain frozen data in which every value and every key knows its place.
import type { Position } from '../../errors/problem.ts';
import type { Scalar } from '../../util/value.ts';

/** How a scalar was written: as a bare word, in quotes, or as a block after `|` or `>`. */
export type ScalarStyle = 'plain' | 'quoted' | 'block';

/** One leaf. `text` is what stood in the file, decoded, so that `0644` can still be told from `644`. */
export interface YamlScalar {
  readonly kind: 'scalar';
  readonly value: Scalar;
  readonly text: string;
  readonly style: ScalarStyle;
  /** The tag, when one was written: `!!str`. */
  readonly tag?: string;
  /** The first character of the text itself (after a quote or a block's header), so that places inside the text count from it. */
  readonly at: Position;
}

export interface YamlList {
  readonly kind: 'list';
  readonly items: readonly YamlNode[];
  readonly at: Position;
}

export interface YamlEntry {
  readonly key: string;
  readonly keyAt: Position;
  readonly value: YamlNode;
}

/** A map in the order of the file; keys are text exactly as written, and unique. */
export interface YamlMap {
  readonly kind: 'map';
  readonly entries: readonly YamlEntry[];
  readonly at: Position;
}

/** A node: `at` is where it begins, or for an alias where it is used. */
export type YamlNode = YamlScalar | YamlList | YamlMap;

/** The entry of a map under a key, with the key's place. */
export function getEntry(node: YamlNode | undefined, key: string): YamlEntry | undefined {
  if (node?.kind !== 'map') return undefined;
  // Asked for each keyword of each task: a loop is what a large playbook waits for the least.
  for (const entry of node.entries) if (entry.key === key) return entry;
  return undefined;
}

/** The value of a map under a key; undefined for a missing key and for what is not a map. */
export function get(node: YamlNode | undefined, key: string): YamlNode | undefined {
  return getEntry(node, key)?.value;
}
