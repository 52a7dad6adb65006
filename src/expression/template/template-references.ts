// The variables that a template's tree mentions.
import type { Mention } from '../mention.ts';
import type { TextPlace } from '../text-position.ts';
import { isBare } from './inspect-tree.ts';
import {
  type BlockNode,
  type CallParts,
  type ExpressionNode,
  isPlainName,
  type PathNode,
  type ProgramNode,
  type StatementNode,
} from './tree.ts';

interface Around {
  /** How many `#each` and `#with` stand around: names inside them are looked up in the item. */
  readonly depth: number;
  /** Names after `as |…|`. */
  readonly locals: ReadonlySet<string>;
  readonly guarded: boolean;
  readonly asked: boolean;
}

type Placed = Mention & { readonly place: TextPlace };

/** All mentions in the order of the text. */
export function templateReferences(tree: ProgramNode): readonly Placed[] {
  return inProgram(tree, { depth: 0, locals: new Set(), guarded: false, asked: false });
}

function inProgram(program: ProgramNode | undefined, around: Around): readonly Placed[] {
  return (program?.body ?? []).flatMap(statement => inStatement(statement, around));
}

function inStatement(node: StatementNode, around: Around): readonly Placed[] {
  if (node.type === 'BlockStatement') return inBlock(node, around);
  if (node.type !== 'MustacheStatement') return [];
  if (!isBare(node)) return inCall(node, around);
  return node.path.type === 'PathExpression' ? inPath(node.path, around) : [];
}

function inBlock(node: BlockNode, around: Around): readonly Placed[] {
  const name = node.path.type === 'PathExpression' ? node.path.original : '';
  const opens = name === 'each' || name === 'with';
  const locals = new Set([...around.locals, ...(node.program?.blockParams ?? [])]);
  const inside = opens ? { ...around, depth: around.depth + 1, locals } : around;
  return [
    ...node.params.flatMap(param => inExpression(param, around)),
    ...inProgram(node.program, inside),
    ...inProgram(node.inverse, around),
  ];
}

function inExpression(node: ExpressionNode, around: Around): readonly Placed[] {
  if (node.type === 'SubExpression') return inCall(node, around);
  return node.type === 'PathExpression' ? inPath(node, around) : [];
}

function inCall(node: CallParts, around: Around): readonly Placed[] {
  const helper = isPlainName(node.path) ? node.path.original : '';
  const last = node.params.length - 1;
  const placed = node.params.flatMap((param, index) => {
    const asks = helper === 'has' || (helper === 'required' && index === 0);
    const guarded = around.guarded || asks || (helper === 'default' && index < last);
    return inExpression(param, { ...around, guarded, asked: around.asked || helper === 'has' });
  });
  return [...placed, ...(node.hash?.pairs ?? []).flatMap(pair => inExpression(pair.value, around))];
}

function inPath(node: PathNode, around: Around): readonly Placed[] {
  const { depth, locals, guarded, asked } = around;
  const isRoot = node.data && node.parts[0] === 'root';
  const parts = isRoot ? node.parts.slice(1) : node.parts;
  const [root, ...path] = parts;
  if (root === undefined || (node.data && !isRoot)) return [];
  if (!isRoot && (node.depth !== depth || (node.depth === 0 && locals.has(root)))) return [];
  return [{ root, path, guarded, asked: asked && path.length === 0, place: node.loc.start }];
}
