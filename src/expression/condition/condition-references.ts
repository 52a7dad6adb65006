// The variables that a condition's tree mentions.
import type { ASTNode } from '@marcbachmann/cel-js';
import type { Mention } from '../mention.ts';
import { celEnvironment, HAS } from './cel-environment.ts';
import { boundBy, childrenOf, pathOfNode } from './cel-tree.ts';

interface Around {
  /** Names that a loop such as `list.all(item, …)` gives a meaning to. */
  readonly bound: ReadonlySet<string>;
  readonly guarded: boolean;
  readonly asked: boolean;
}

const NOTHING: Around = { bound: new Set(), guarded: false, asked: false };

/** All mentions in the order of the text. */
export function conditionReferences(tree: ASTNode): readonly (Mention & { readonly offset: number })[] {
  return mentions(tree, NOTHING);
}

function mentions(node: ASTNode, around: Around): readonly (Mention & { readonly offset: number })[] {
  const path = pathOfNode(node);
  if (path !== undefined) {
    const [root, ...rest] = path;
    if (around.bound.has(root) || (node.op === 'id' && celEnvironment().hasVariable(node.args))) return [];
    return [{ root, path: rest, guarded: around.guarded, asked: around.asked && rest.length === 0, offset: startOf(node) }];
  }
  if (node.op === 'call') {
    const [name, args] = node.args;
    const [first, ...others] = args;
    if (first !== undefined && (name === 'has' || name === HAS)) return mentions(first, { ...around, guarded: true, asked: true });
    if (first !== undefined && (name === 'default' || name === 'required'))
      return [...mentions(first, { ...around, guarded: true }), ...others.flatMap(item => mentions(item, around))];
  }
  const bound = boundBy(node);
  if (node.op === 'rcall' && bound.length > 0) {
    const inside = { ...around, bound: new Set([...around.bound, ...bound]) };
    return [...mentions(node.args[1], around), ...node.args[2].slice(1).flatMap(body => mentions(body, inside))];
  }
  return childrenOf(node).flatMap(child => mentions(child, around));
}

/** Where a chain begins: CEL places a field access on its dot or its key. */
function startOf(node: ASTNode): number {
  return node.op === '.' || node.op === '[]' ? startOf(node.args[0]) : node.start;
}
