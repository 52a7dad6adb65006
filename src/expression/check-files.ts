// Files that a template or a condition names outright: looked at before the first connection, where default does not provide for their absence.
import type { ASTNode } from '@marcbachmann/cel-js';
import type { Position, Problem } from '../errors/problem.ts';
import { childrenOf } from './condition/cel-tree.ts';
import { readTextFile } from './controller-files.ts';
import { HelperRefusal } from './helpers/helper.ts';
import type { CallParts, ExpressionNode, ProgramNode } from './template/tree.ts';
import { placeOfOffset, placeWithin, type TextPlace } from './text-position.ts';

type Helper = 'file' | 'template';

interface Named {
  readonly helper: Helper;
  readonly name: string;
  readonly place: TextPlace;
}

/** The files that a template names. */
export function filesInTemplate(tree: ProgramNode): readonly Named[] {
  return tree.body.flatMap(node => {
    if (node.type === 'MustacheStatement') return inCall(node);
    if (node.type !== 'BlockStatement') return [];
    return [
      ...node.params.flatMap(inExpression),
      ...[node.program, node.inverse].flatMap(inside => (inside ? filesInTemplate(inside) : [])),
    ];
  });
}

function inExpression(node: ExpressionNode): readonly Named[] {
  return node.type === 'SubExpression' ? inCall(node) : [];
}

function inCall(node: CallParts): readonly Named[] {
  const helper = node.path.type === 'PathExpression' ? node.path.original : '';
  const [first] = node.params;
  if (isLookup(helper) && first?.type === 'StringLiteral') return [{ helper, name: first.value, place: node.loc.start }];
  const needed = node.params.filter((_, index) => !isProvidedFor(helper, index, node.params.length));
  return [...needed, ...(node.hash?.pairs.map(pair => pair.value) ?? [])].flatMap(inExpression);
}

/** The files that a condition names. */
export function filesInCondition(node: ASTNode, text: string): readonly Named[] {
  if (node.op !== 'call') return childrenOf(node).flatMap(child => filesInCondition(child, text));
  const [helper, args] = node.args;
  const [first] = args;
  if (isLookup(helper) && first?.op === 'value' && typeof first.args === 'string')
    return [{ helper, name: first.args, place: placeOfOffset(text, node.start) }];
  return args.filter((_, index) => !isProvidedFor(helper, index, args.length)).flatMap(child => filesInCondition(child, text));
}

function isLookup(name: string): name is Helper {
  return name === 'file' || name === 'template';
}

/** Whether an argument may be missing. */
function isProvidedFor(helper: string, index: number, count: number): boolean {
  return ['has', 'def', 'required'].includes(helper) || (helper === 'default' && index < count - 1);
}

/**
 * What is wrong with the files.
 * @param check tells what is wrong in the text of a template
 */
export function checkFiles(
  files: readonly Named[],
  at: Position | undefined,
  check: (text: string, at: Position) => readonly Problem[],
): readonly Problem[] {
  return files.flatMap(({ helper, name, place }) => {
    try {
      const { path, text } = readTextFile(helper, name, at?.file);
      return helper === 'template' ? check(text, { file: path, line: 1, column: 1 }) : [];
    } catch (error) {
      if (!(error instanceof HelperRefusal)) throw error;
      const where = placeWithin(at, place);
      return [{ ...(where && { at: where }), what: error.message, ...(error.advice !== undefined && { advice: error.advice }) }];
    }
  });
}
