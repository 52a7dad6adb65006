// The helpers of templates as functions of conditions: `join(hosts, ",")`. They are told to CEL when a text mentions them.
import type { ASTNode } from '@marcbachmann/cel-js';
import type { Value } from '../../util/value.ts';
import { type Fault, fault } from '../fault.ts';
import { argumentFault, type Written } from '../helpers/argument-fault.ts';
import { arityFault, parameterAt } from '../helpers/arity.ts';
import { type ArgumentType, type Helper, HelperRefusal, type LazyArgument } from '../helpers/helper.ts';
import { HELPERS } from '../helpers/table.ts';
import { callHelper } from '../template/call-helper.ts';
import { placeOfOffset } from '../text-position.ts';
import {
  BOOL,
  celEnvironment,
  type Checker,
  type Context,
  EVALUATION,
  type Evaluation,
  isThere,
  presentOf,
  type Runner,
} from './cel-environment.ts';
import { childrenOf } from './cel-tree.ts';
import { fromCel, hideText, toCel } from './cel-values.ts';

/** CEL has functions of its own under these names, and `default` and `has` are told to it apart. */
const OWN: readonly string[] = ['default', 'has', 'int', 'string'];

/** More arguments than these are no call that a person writes; each number of them is told to CEL. */
const MOST_ARGUMENTS = 12;

const TYPES: Partial<Record<ArgumentType, string>> = { string: 'string', boolean: 'bool', integer: 'int' };

const told = new Set<string>();

interface Call {
  readonly ast: ASTNode;
  readonly args: readonly ASTNode[];
}

/** Whether conditions have a helper as a function. */
export function isFunction(helper: Helper): boolean {
  return helper.inCondition === undefined && !OWN.includes(helper.name);
}

/** Tells CEL of the helpers that a text may call. */
export function tellHelpers(text: string): void {
  for (const [, name = ''] of text.matchAll(/([A-Za-z_]\w*)\s*\(/g)) {
    const helper = HELPERS.get(name);
    if (helper === undefined || told.has(name) || !isFunction(helper)) continue;
    told.add(name);
    for (let count = 0; count <= MOST_ARGUMENTS; count++)
      celEnvironment().registerFunction(`${name === 'bool' ? BOOL : name}(${Array(count).fill('ast').join(', ')}): dyn`, macro(helper));
  }
}

function macro(helper: Helper) {
  return ({ ast, args }: Call) => ({
    ast,
    args,
    async: false,
    typeCheck: (checker: Checker, call: Call, context: unknown) => {
      call.args.forEach(node => checker.check(node, context));
      return checker.getType((helper.gives && TYPES[helper.gives]) ?? 'dyn');
    },
    evaluate: (runner: Runner, call: Call, context: Context) => {
      const evaluation = context.getValue(EVALUATION) as Evaluation;
      const placed = call.args.map(node => argument(runner, node, context, evaluation));
      const value = callHelper(helper, { placed, named: new Map() }, evaluation.placeOf(call.ast.start), evaluation.around);
      return toCel(value, evaluation);
    },
  });
}

/** An argument; text that a secret went into is secret for the helper too, so that its words cannot quote it. */
function argument(runner: Runner, node: ASTNode, context: Context, evaluation: Evaluation): LazyArgument {
  const watched = (run: () => unknown): Value | undefined => {
    const before = evaluation.secret;
    evaluation.secret = false;
    try {
      const result = run();
      if (result === undefined) return undefined;
      const value = fromCel(result);
      if (value === undefined) throw new HelperRefusal('an argument is no value that can be used', { advice: 'convert it: string(…)' });
      return hasUsedSecret(evaluation) ? hideText(value) : value;
    } finally {
      evaluation.secret ||= before;
    }
  };
  return {
    value: () => watched(() => runner.run(node, context)) ?? null,
    valueIfPresent: () => watched(() => presentOf(runner, node, context)),
    exists: () => isThere(runner, node, context) === true,
  };
}

function hasUsedSecret({ secret }: Evaluation): boolean {
  return secret;
}

/** What is wrong in the calls of helpers and needs no value to be seen. */
export function helperFaults(node: ASTNode, text: string): readonly Fault[] {
  const inside = childrenOf(node).flatMap(child => helperFaults(child, text));
  const call = calledBy(node);
  if (node.op !== 'call' || call === undefined) return inside;
  const args = node.args[1];
  const wrong = arityFault(call, args.length, []);
  if (wrong !== undefined) {
    const params = call.params.map(
      ({ name, optional, rest }) => `${optional === true ? '[' : ''}${name}${rest === true ? '…' : ''}${optional === true ? ']' : ''}`,
    );
    return [fault(placeOfOffset(text, node.start), wrong.what, `write ${call.name}(${params.join(', ')})`), ...inside];
  }
  const types = args.flatMap((item, index) => {
    const parameter = parameterAt(call, index);
    const found = parameter && argumentFault(call, parameter, writtenAs(item));
    return found === undefined ? [] : [fault(placeOfOffset(text, item.start), found.what, found.advice)];
  });
  return [...types, ...inside];
}

function calledBy(node: ASTNode): Helper | undefined {
  const helper = node.op === 'call' ? HELPERS.get(node.args[0] === BOOL ? 'bool' : node.args[0]) : undefined;
  return helper !== undefined && isFunction(helper) ? helper : undefined;
}

function writtenAs(node: ASTNode): Written | undefined {
  const giver = calledBy(node);
  if (giver !== undefined) return { giver };
  if (node.op === 'list') return { value: [] };
  if (node.op === 'map') return { value: {} };
  const value = node.op === 'value' ? fromCel(node.args) : undefined;
  return value === undefined ? undefined : { value };
}
