// Writes a random playbook out in the words of one engine: its file, and those with tasks that it includes or imports.
import { dump } from 'js-yaml';
import { isPair, isTreeMap, type Engine, type Scenario, type Tree, type TreeMap } from './tree.ts';

/** Words of tsplay that Ansible has others for. */
const ANSIBLES: Readonly<Record<string, string>> = { set: 'set_fact' };

/** Texts by the names of their files; the playbook is `playbook.yml` in each engine's own folder. */
export type Files = Readonly<Record<string, string>>;

/** For one of them. An included file's tasks stand below `include_tasks` and `import_tasks`, in a map with its name. */
export function writeOut({ plays }: Scenario, engine: Engine): Files {
  const files: Record<string, string> = {};
  const written = (tree: Tree): unknown => {
    if (isPair(tree)) return tree[engine];
    if (Array.isArray(tree)) return (tree as readonly Tree[]).map(written);
    if (!isTreeMap(tree)) return tree;
    if (isFile(tree)) {
      files[tree.file] = dump(written(tree.tasks));
      return tree.file;
    }
    return Object.fromEntries(Object.entries(tree).map(([key, value]) => [(engine === 'ansible' && ANSIBLES[key]) || key, written(value)]));
  };
  files['playbook.yml'] = dump(written(plays));
  return files;
}

function isFile(tree: TreeMap): tree is TreeMap & { readonly file: string; readonly tasks: Tree } {
  return typeof tree['file'] === 'string' && tree['tasks'] !== undefined;
}
