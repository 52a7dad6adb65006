// Walking CEL's tree.
import type { ASTNode } from '@marcbachmann/cel-js';
import { variableName } from './cel-names.ts';

/** The nodes directly inside a node. */
export function childrenOf(node: ASTNode): readonly ASTNode[] {
  if (node.op === 'value' || node.op === 'id') return [];
  if (node.op === '.' || node.op === '.?') return [node.args[0]];
  if (node.op === 'call') return node.args[1];
  if (node.op === 'rcall') return [node.args[1], ...node.args[2]];
  if (node.op === 'map') return node.args.flat();
  if (node.op === '!_' || node.op === '-_') return [node.args];
  return node.args;
}

const LOOPS: readonly string[] = ['all', 'exists', 'exists_one', 'map', 'filter'];

/** The name that a loop such as `list.all(item, …)` gives a meaning to inside itself. */
export function boundBy(node: ASTNode): readonly string[] {
  if (node.op !== 'rcall' || !LOOPS.includes(node.args[0])) return [];
  const [variable] = node.args[2];
  return variable?.op === 'id' ? [variableName(variable.args)] : [];
}

/** A chain such as `hostvars["n1"].ports[0]` as a name and keys; undefined when a part of it is worked out. */
export function pathOfNode(node: ASTNode): readonly [string, ...string[]] | undefined {
  if (node.op === 'id') return [variableName(node.args)];
  if (node.op !== '.' && node.op !== '[]') return undefined;
  const before = pathOfNode(node.args[0]);
  const key = node.op === '.' ? node.args[1] : keyOf(node.args[1]);
  return before === undefined || key === undefined ? undefined : [...before, key];
}

function keyOf(node: ASTNode): string | undefined {
  if (node.op !== 'value') return undefined;
  return typeof node.args === 'string' || typeof node.args === 'bigint' ? String(node.args) : undefined;
}
