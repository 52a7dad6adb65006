// What a random playbook is before it is written out: YAML as data, where some texts are another's in each of the two languages.

/** The two engines. */
export type Engine = 'tsplay' | 'ansible';

/** One meaning in the words of both. */
export type Pair = Readonly<Record<Engine, string>>;

/** A value of YAML; a map that has `tsplay` and `ansible` is a pair. */
export type Tree = string | number | boolean | readonly Tree[] | TreeMap;

export interface TreeMap {
  readonly [key: string]: Tree;
}

/** A playbook and what stands on the command line. */
export interface Scenario {
  readonly plays: readonly TreeMap[];
  readonly args: readonly (readonly string[])[];
}

/** Whether it is written in another way for each. */
export function isPair(tree: Tree): tree is Pair & TreeMap {
  return isTreeMap(tree) && 'tsplay' in tree && 'ansible' in tree;
}

/** Whether it is a map, a pair among them. */
export function isTreeMap(tree: Tree | undefined): tree is TreeMap {
  return typeof tree === 'object' && !Array.isArray(tree);
}

/** A map, and what it stands in: plays, blocks, files, outermost first, each with the key below which it is. */
export interface Stand {
  readonly map: TreeMap;
  readonly within: readonly { readonly map: TreeMap; readonly key: string }[];
}

/** Every map below, outermost first, in the order in which they are written. */
export function standsIn(tree: Tree, within: Stand['within'] = []): readonly Stand[] {
  if (Array.isArray(tree)) return (tree as readonly Tree[]).flatMap(item => standsIn(item, within));
  if (!isTreeMap(tree) || isPair(tree)) return [];
  const below = Object.entries(tree).flatMap(([key, value]) => standsIn(value, [...within, { map: tree, key }]));
  return [{ map: tree, within }, ...below];
}

/** The maps alone. */
export function mapsIn(tree: Tree): readonly TreeMap[] {
  return standsIn(tree).map(({ map }) => map);
}

/** A map without some of its keys. */
export function without(tree: TreeMap, keys: readonly string[]): TreeMap {
  return Object.fromEntries(Object.entries(tree).filter(([key]) => !keys.includes(key)));
}
