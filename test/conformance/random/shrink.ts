// Makes a playbook that is taken in two ways smaller, while it still is: parts are left out, blocks give way to what is in them.
import { isPair, isTreeMap, without, type Scenario, type Tree, type TreeMap } from './tree.ts';

/** Without these nothing is named or found. */
const KEPT: ReadonlySet<string> = new Set(['name', 'gather_facts', 'file', 'delay', 'retries']);

/** The smallest found. @param differs whether one is still taken in two ways */
export async function shrink(scenario: Scenario, differs: (smaller: Scenario) => Promise<boolean>, budget = 100): Promise<Scenario> {
  let kept = scenario;
  let left = budget;
  for (let found = true; found && left > 0;) {
    found = false;
    for (const smaller of smallerOnes(kept)) {
      if ((left -= 1) <= 0) break;
      if (!(await differs(smaller))) continue;
      kept = smaller;
      found = true;
      break;
    }
  }
  return kept;
}

/** What is left when one part is taken away, the largest parts first. */
function smallerOnes({ plays, args }: Scenario): readonly Scenario[] {
  const fewer = smallerTrees(plays) as readonly (readonly TreeMap[])[];
  return [
    ...fewer.map(rest => ({ plays: rest, args })),
    ...args.map((_, index) => ({ plays, args: args.filter((__, other) => other !== index) })),
  ].toSorted((a, b) => sizeOf(a) - sizeOf(b));
}

function sizeOf(scenario: Scenario): number {
  return JSON.stringify(scenario).length;
}

function smallerTrees(tree: Tree): readonly Tree[] {
  if (isPair(tree)) return [];
  if (Array.isArray(tree)) {
    const list = tree as readonly Tree[];
    return list.flatMap((item, index) => {
      const put = (...items: readonly Tree[]): Tree => [...list.slice(0, index), ...items, ...list.slice(index + 1)];
      return [
        ...(list.length > 1 ? [put()] : []),
        ...hoisted(item).map(items => put(...items)),
        ...smallerTrees(item).map(one => put(one)),
      ];
    });
  }
  if (!isTreeMap(tree)) return [];
  return Object.entries(tree).flatMap(([key, value]) => {
    const rest = without(tree, [key]);
    return [
      ...(KEPT.has(key) || Object.keys(rest).length === 0 ? [] : [rest]),
      ...smallerTrees(value).map(one => ({ ...tree, [key]: one })),
    ];
  });
}

/** What stands in a block or a file, in its place. */
function hoisted(tree: Tree): readonly (readonly Tree[])[] {
  if (!isTreeMap(tree)) return [];
  const lists = ['block', 'rescue', 'always'].map(key => tree[key]);
  const files = ['include_tasks', 'import_tasks'].map(key => tree[key]).flatMap(file => (isTreeMap(file) ? [file['tasks']] : []));
  return [...lists, ...files].flatMap(list => (Array.isArray(list) ? [list as readonly Tree[]] : []));
}
