// The tree of a template, as Handlebars' parser makes it: the parts that are evaluated here.
import type { TextPlace } from '../text-position.ts';

interface NodeBase {
  readonly loc: { readonly start: TextPlace; readonly end: TextPlace };
}

export interface PathNode extends NodeBase {
  readonly type: 'PathExpression';
  /** Whether it began with `@`. */
  readonly data: boolean;
  /** How many `../` it began with. */
  readonly depth: number;
  readonly parts: readonly string[];
  readonly original: string;
}

export type LiteralNode =
  | (NodeBase & { readonly type: 'StringLiteral'; readonly value: string })
  | (NodeBase & { readonly type: 'NumberLiteral'; readonly value: number })
  | (NodeBase & { readonly type: 'BooleanLiteral'; readonly value: boolean })
  | (NodeBase & { readonly type: 'NullLiteral' })
  | (NodeBase & { readonly type: 'UndefinedLiteral' });

export interface HashNode extends NodeBase {
  readonly type: 'Hash';
  readonly pairs: readonly (NodeBase & { readonly key: string; readonly value: ExpressionNode })[];
}

/** What a mustache, a subexpression and the head of a block have in common. */
export interface CallParts extends NodeBase {
  readonly path: PathNode | LiteralNode;
  readonly params: readonly ExpressionNode[];
  readonly hash?: HashNode;
}

export interface SubExpressionNode extends CallParts {
  readonly type: 'SubExpression';
}

export type ExpressionNode = PathNode | LiteralNode | SubExpressionNode;

export interface MustacheNode extends CallParts {
  readonly type: 'MustacheStatement';
  /** False for `{{{ }}}`: whoever quotes what a template yields leaves this piece alone. */
  readonly escaped: boolean;
}

export interface BlockNode extends CallParts {
  readonly type: 'BlockStatement';
  readonly program?: ProgramNode;
  readonly inverse?: ProgramNode;
}

export interface ContentNode extends NodeBase {
  readonly type: 'ContentStatement';
  readonly value: string;
}

export interface CommentNode extends NodeBase {
  readonly type: 'CommentStatement';
}

/** What Handlebars has and templates here do not. */
export interface RefusedNode extends NodeBase {
  readonly type: 'PartialStatement' | 'PartialBlockStatement' | 'Decorator' | 'DecoratorBlock';
}

export type StatementNode = MustacheNode | BlockNode | ContentNode | CommentNode | RefusedNode;

export interface ProgramNode {
  readonly type: 'Program';
  readonly body: readonly StatementNode[];
  readonly blockParams?: readonly string[];
}

/** Whether a path could name a helper: one plain word. */
export function isPlainName(path: PathNode | LiteralNode): path is PathNode {
  return path.type === 'PathExpression' && !path.data && path.depth === 0 && path.parts.length === 1 && !/^(\.|this\b)/.test(path.original);
}
