// Evaluates a template's tree: values keep their type, and unknown, secret and place travel with every one of them.
import type { Position } from '../../errors/problem.ts';
import { Unknown } from '../../util/unknown.ts';
import { isList, isMap, type Value } from '../../util/value.ts';
import { describe } from '../describe.ts';
import { ExpressionError, MissingError } from '../expression-error.ts';
import { HelperRefusal, type LazyArgument, type Surroundings } from '../helpers/helper.ts';
import { HELPERS } from '../helpers/table.ts';
import { type TextPlace, placeWithin } from '../text-position.ts';
import { truth } from '../truth.ts';
import { callHelper } from './call-helper.ts';
import { type Frame, inner, isVariable, resolvePath } from './frame.ts';
import { isBare } from './inspect-tree.ts';
import type { Output } from './output.ts';
import {
  type BlockNode,
  type CallParts,
  type ExpressionNode,
  isPlainName,
  type LiteralNode,
  type MustacheNode,
  type ProgramNode,
  type StatementNode,
} from './tree.ts';

/** Evaluates a tree that {@link inspectTree} found no fault in. */
export class TemplateEvaluator {
  readonly #at: Position | undefined;
  readonly #around: () => Surroundings;

  /** @param around what helpers are told: most templates call none */
  constructor(at: Position | undefined, around: () => Surroundings) {
    this.#at = at;
    this.#around = around;
  }

  /** Appends what a program yields. */
  program(program: ProgramNode | undefined, frame: Frame, output: Output): void {
    for (const statement of program?.body ?? []) this.#statement(statement, frame, output);
  }

  /** The value of one mustache, with its type. */
  mustache(node: MustacheNode, frame: Frame): Value {
    if (!isBare(node)) return this.#call(node, frame);
    if (node.path.type !== 'PathExpression') return literal(node.path);
    if (isPlainName(node.path) && HELPERS.has(node.path.original) && !isVariable(node.path, frame)) {
      throw this.#error(node.loc.start, `${node.path.original} is a helper and lacks its arguments`);
    }
    return resolvePath(node.path, frame, this.#place(node.path.loc.start));
  }

  #statement(node: StatementNode, frame: Frame, output: Output): void {
    switch (node.type) {
      case 'ContentStatement':
        output.text(node.value);
        return;
      case 'MustacheStatement':
        this.#piece(node, this.mustache(node, frame), output);
        return;
      case 'BlockStatement':
        this.#block(node, frame, output);
        return;
      case 'CommentStatement':
      case 'PartialStatement':
      case 'PartialBlockStatement':
      case 'Decorator':
      case 'DecoratorBlock':
        return;
      default:
        node satisfies never;
    }
  }

  #piece(node: MustacheNode, value: Value, output: Output): void {
    try {
      output.piece(value, !node.escaped);
    } catch (error) {
      if (!(error instanceof HelperRefusal)) throw error;
      const shown = isBare(node) && node.path.type === 'PathExpression' ? `${JSON.stringify(node.path.original)}: ` : '';
      throw this.#error(node.loc.start, shown + error.message, error.advice);
    }
  }

  #block(node: BlockNode, frame: Frame, output: Output): void {
    const [subject] = node.params;
    if (subject === undefined) return;
    const value = this.#expression(subject, frame);
    switch (node.path.type === 'PathExpression' ? node.path.original : '') {
      case 'if':
        this.#choose(truth(value), node, frame, output);
        return;
      case 'unless':
        this.#choose(untruth(value), node, frame, output);
        return;
      case 'with':
        this.#choose(truth(value), node, frame, output, within(node, value, frame));
        return;
      case 'each':
        this.#each(node, value, frame, output);
    }
  }

  #choose(answer: boolean | Unknown, node: BlockNode, frame: Frame, output: Output, inside = frame): void {
    if (answer instanceof Unknown) output.unknown(answer);
    else if (answer) this.program(node.program, inside, output);
    else this.program(node.inverse, frame, output);
  }

  #each(node: BlockNode, subject: Value, frame: Frame, output: Output): void {
    if (subject instanceof Unknown) {
      output.unknown(subject);
      return;
    }
    if (subject !== null && !isList(subject) && !isMap(subject)) {
      throw this.#error(node.loc.start, `{{#each}} goes through a list or a map, got ${describe(subject)}`);
    }
    const items: readonly (readonly [string | number, Value])[] =
      subject === null ? [] : isList(subject) ? subject.map((item, index) => [index, item]) : Object.entries(subject);
    if (items.length === 0) this.program(node.inverse, frame, output);
    items.forEach(([key, item], index) => {
      const [itemName, keyName] = node.program?.blockParams ?? [];
      const locals = new Map<string, Value>();
      if (itemName !== undefined) locals.set(itemName, item);
      if (keyName !== undefined) locals.set(keyName, key);
      const data = new Map<string, Value>([
        ['index', index],
        ['key', key],
        ['first', index === 0],
        ['last', index === items.length - 1],
      ]);
      this.program(node.program, inner(frame, item, locals, data), output);
    });
  }

  #expression(node: ExpressionNode, frame: Frame): Value {
    if (node.type === 'SubExpression') return this.#call(node, frame);
    if (node.type === 'PathExpression') return resolvePath(node, frame, this.#place(node.loc.start));
    return literal(node);
  }

  #call(node: CallParts, frame: Frame): Value {
    const name = isPlainName(node.path) ? node.path.original : '';
    const helper = HELPERS.get(name);
    if (helper === undefined) throw this.#error(node.loc.start, `there is no helper ${JSON.stringify(name)}`);
    const placed = node.params.map(param => this.#lazy(param, frame));
    const named = new Map((node.hash?.pairs ?? []).map(pair => [pair.key, this.#lazy(pair.value, frame)]));
    return callHelper(helper, { placed, named }, this.#place(node.loc.start), this.#around());
  }

  #lazy(node: ExpressionNode, frame: Frame): LazyArgument {
    const value = (): Value => this.#expression(node, frame);
    const valueIfPresent = (): Value | undefined => {
      try {
        return value();
      } catch (error) {
        if (error instanceof MissingError) return undefined;
        throw error;
      }
    };
    const exists = (): boolean | Unknown => {
      const parent =
        node.type === 'PathExpression' && node.parts.length > 1
          ? this.#lazy({ ...node, parts: node.parts.slice(0, -1) }, frame).valueIfPresent()
          : undefined;
      return parent instanceof Unknown ? parent : valueIfPresent() !== undefined;
    };
    return { value, valueIfPresent, exists };
  }

  #place(place: TextPlace): Position | undefined {
    return placeWithin(this.#at, place);
  }

  #error(place: TextPlace, what: string, advice?: string): ExpressionError {
    const at = this.#place(place);
    return new ExpressionError({ what, ...(advice === undefined ? {} : { advice }), ...(at === undefined ? {} : { at }) });
  }
}

function untruth(value: Value): boolean | Unknown {
  const answer = truth(value);
  return answer instanceof Unknown ? answer : !answer;
}

/** Inside `{{#with}}`, under the name that it gives, if any. */
function within(node: BlockNode, subject: Value, frame: Frame): Frame {
  const name = node.program?.blockParams?.[0];
  return inner(frame, subject, name === undefined ? undefined : new Map([[name, subject]]));
}

function literal(node: LiteralNode): Value {
  return 'value' in node ? node.value : null;
}
