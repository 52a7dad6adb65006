// The CEL that conditions are written in: the language's own functions, and `has`, `default` and mixed arithmetic.
import { type ASTNode, Environment, EvaluationError } from '@marcbachmann/cel-js';
import type { Position } from '../../errors/problem.ts';
import { Unknown } from '../../util/unknown.ts';
import { MissingError } from '../expression-error.ts';
import type { Surroundings } from '../helpers/helper.ts';
import { follow } from '../lookup.ts';
import type { Scope } from '../scope.ts';
import { pathOfNode } from './cel-tree.ts';
import { type Trace, UnknownTouched } from './cel-values.ts';

/** One evaluation: what the environment's own functions need to know of it, and what it leaves behind. */
export interface Evaluation extends Trace {
  readonly scope: Scope;
  /** Names that were looked up, not found, and not asked about. */
  readonly missing: string[];
  /** Errors of variables that exist and could not be worked out; `||` must not swallow them. */
  readonly broken: unknown[];
  /** Where calls of helpers stand, and where an offset of the text is in its file. */
  readonly around: Surroundings;
  readonly placeOf: (offset: number) => Position | undefined;
  /** Above zero while `default` or `has` asks about something that need not be there. */
  asking: number;
}

/** The key under which an evaluation travels in CEL's context. */
export const EVALUATION = Symbol('evaluation');

/**
 * `has(name)` and `has(name[key])` are spelt so for CEL, whose own `has` refuses both, and stumbles over a missing variable;
 * equally long, so that places stay true.
 */
export const HAS = 'def';

/** The same of `bool(word)`: CEL's own takes fewer words than people write. */
export const BOOL = 'bo_l';

/** Codes of CEL for things that are not there. */
export const ABSENT: readonly string[] = ['unknown_variable', 'no_such_key', 'index_out_of_bounds'];

/** What CEL hands to a macro. */
export interface Context {
  getValue(key: unknown): unknown;
}

export interface Runner {
  run(node: ASTNode, context: Context): unknown;
}

export interface Checker {
  check(node: ASTNode, context: unknown): unknown;
  getType(name: string): unknown;
}

interface MacroCall {
  readonly args: readonly [ASTNode, ASTNode];
}

let environment: Environment | undefined;

/** The environment, made for the first condition: many runs have none. */
export function celEnvironment(): Environment {
  return (environment ??= makeEnvironment());
}

function makeEnvironment(): Environment {
  return new Environment({ unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false })
    .registerOperator('int + double', (left: bigint, right: number) => Number(left) + right)
    .registerOperator('double + int', (left: number, right: bigint) => left + Number(right))
    .registerOperator('int - double', (left: bigint, right: number) => Number(left) - right)
    .registerOperator('double - int', (left: number, right: bigint) => left - Number(right))
    .registerOperator('int * double', (left: bigint, right: number) => Number(left) * right)
    .registerOperator('double * int', (left: number, right: bigint) => left * Number(right))
    .registerOperator('int / double', (left: bigint, right: number) => Number(left) / right)
    .registerOperator('double / int', (left: number, right: bigint) => left / Number(right))
    .registerFunction('default(ast, ast): dyn', ({ args }: MacroCall) => ({
      args,
      async: false,
      typeCheck: (checker: Checker, call: MacroCall, context: unknown) => {
        call.args.forEach(node => checker.check(node, context));
        return checker.getType('dyn');
      },
      evaluate: (runner: Runner, call: MacroCall, context: Context) =>
        presentOf(runner, call.args[0], context) ?? runner.run(call.args[1], context),
    }))
    .registerFunction(`${HAS}(ast): bool`, ({ args }: MacroCall) => ({
      args,
      async: false,
      typeCheck: (checker: Checker, call: MacroCall, context: unknown) => {
        checker.check(call.args[0], context);
        return checker.getType('bool');
      },
      evaluate: (runner: Runner, call: MacroCall, context: Context) => isThere(runner, call.args[0], context),
    }));
}

/** The value of a node; undefined or null when something on the way to it is not there. */
export function presentOf(runner: Runner, node: ASTNode, context: Context): unknown {
  const evaluation = context.getValue(EVALUATION) as Evaluation;
  evaluation.asking++;
  try {
    return runner.run(node, context);
  } catch (error) {
    if (error instanceof MissingError || (error instanceof EvaluationError && ABSENT.includes(error.code))) return undefined;
    throw error;
  } finally {
    evaluation.asking--;
  }
}

/** Whether something exists, be it null or unknown; what may lie inside an unknown value is unknown. */
export function isThere(runner: Runner, node: ASTNode, context: Context): unknown {
  const evaluation = context.getValue(EVALUATION) as Evaluation;
  const before = evaluation.because.length;
  try {
    return presentOf(runner, node, context) !== undefined;
  } catch (error) {
    if (!(error instanceof UnknownTouched) || !isUnknownItself(node, evaluation.scope)) throw error;
    evaluation.because.length = before;
    return true;
  }
}

/** Whether a path ends at an unknown value, rather than leading through one. */
function isUnknownItself(node: ASTNode, scope: Scope): boolean {
  const [root = '', ...keys] = pathOfNode(node) ?? [];
  const found = scope.lookup(root);
  if (!found.found) return false;
  return keys.length === 0 || !(follow(found.value, keys.slice(0, -1), root, undefined) instanceof Unknown);
}
