// Conditions and other CEL expressions at work: text and variables to a value.
import { EvaluationError } from '@marcbachmann/cel-js';
import type { Position, Problem } from '../errors/problem.ts';
import { deepFreeze } from '../util/freeze.ts';
import { Unknown } from '../util/unknown.ts';
import type { Value } from '../util/value.ts';
import { checkFiles, filesInCondition } from './check-files.ts';
import { ABSENT, EVALUATION, type Evaluation } from './condition/cel-environment.ts';
import { variableName } from './condition/cel-names.ts';
import { pathOfNode } from './condition/cel-tree.ts';
import { fromCel, hideText, toCel, UnknownTouched } from './condition/cel-values.ts';
import { celWords } from './condition/cel-words.ts';
import { withoutHabits } from './condition/cel-habits.ts';
import { parseCondition, type ParsedCondition } from './condition/parse-condition.ts';
import { referencesInCondition } from './references.ts';
import { describe } from './describe.ts';
import { ExpressionError, MissingError } from './expression-error.ts';
import { fault, problemOf } from './fault.ts';
import { follow, undefinedVariable } from './lookup.ts';
import { checkTemplate, renderTemplate } from './render-template.ts';
import type { Found, Scope } from './scope.ts';
import { surroundingsOf } from './surroundings.ts';
import { placeOfOffset, placeWithin } from './text-position.ts';

/** CEL's own words could quote the secret. */
const FAILED_ON_SECRET = 'this cannot be worked out with the secret values in it';
const NOT_A_CONDITION = 'a condition must be true or false';

/**
 * Evaluates a condition. Unknown when the answer depends on what is not known yet: `false && unknown` is false.
 * @param at where the text begins in its file
 * @throws ExpressionError for what is wrong, missing, or neither true nor false
 */
export function evaluateCondition(text: string, scope: Scope, at?: Position): boolean | Unknown {
  const value = evaluateCel(text, scope, at);
  if (typeof value === 'boolean' || value instanceof Unknown) return value;
  throw new ExpressionError({ ...placed(at), what: NOT_A_CONDITION, got: describe(value), advice: 'compare it with something' });
}

/**
 * Evaluates any CEL expression. Text that was worked out from a secret is secret.
 * @throws ExpressionError
 */
export function evaluateCel(text: string, scope: Scope, at?: Position): Value {
  const { run, faults } = parseCondition(text);
  const [first] = faults;
  if (first !== undefined || run === undefined)
    throw new ExpressionError(first ? problemOf(first, at) : { ...placed(at), what: 'the expression cannot be read' });
  const evaluation: Evaluation = { scope, because: [], secret: false, missing: [], broken: [], asking: 0, ...callsOf(text, scope, at) };
  let result: unknown;
  let failure: unknown;
  try {
    result = run(contextOf(evaluation));
  } catch (error) {
    failure = error;
  }
  if (evaluation.broken.length > 0) throw evaluation.broken[0];
  const [name] = evaluation.missing;
  if (name !== undefined) throw undefinedVariable(name, scope.names(), placeOfName(text, name, at));
  if (failure !== undefined) return answerFailure(failure, evaluation, text, at);
  return deepFreeze(resultOf(result, evaluation, at));
}

function callsOf(text: string, scope: Scope, at: Position | undefined): Pick<Evaluation, 'around' | 'placeOf'> {
  return {
    around: surroundingsOf(scope, at, (inner, file) => renderTemplate(inner, scope, { file, line: 1, column: 1 })),
    placeOf: offset => placeWithin(at, placeOfOffset(text, offset)),
  };
}

/** CEL's view of the variables: each is looked up when it is used. */
function contextOf(evaluation: Evaluation): Record<string, unknown> {
  const known = new Map<string, unknown>();
  const get = (_target: object, asked: string | symbol): unknown => {
    if (asked === EVALUATION) return evaluation;
    if (typeof asked === 'symbol') return undefined;
    const key = variableName(asked);
    if (known.has(key)) return known.get(key);
    const found = lookUp(key, evaluation);
    if (found.found) {
      const value = toCel(found.value, evaluation);
      known.set(key, value);
      return value;
    }
    if (evaluation.asking === 0) evaluation.missing.push(key);
    return undefined;
  };
  return new Proxy({}, { get });
}

function lookUp(name: string, evaluation: Evaluation): Found {
  try {
    return evaluation.scope.lookup(name);
  } catch (error) {
    if (evaluation.asking > 0 && error instanceof MissingError) return { found: false };
    evaluation.broken.push(error);
    throw error;
  }
}

function resultOf(result: unknown, evaluation: Evaluation, at: Position | undefined): Value {
  const value = fromCel(result);
  if (value === undefined)
    throw new ExpressionError({ ...placed(at), what: 'the result is no value that can be used', advice: 'convert it: string(…)' });
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new ExpressionError({ ...placed(at), what: 'the result is not a number that can be used' });
  return evaluation.secret ? hideText(value) : value;
}

/** An unknown that was touched goes before any error: with the value known, the error might not have come about. */
function answerFailure(failure: unknown, evaluation: Evaluation, text: string, at: Position | undefined): Unknown {
  const isOurs = failure instanceof EvaluationError || failure instanceof ExpressionError;
  if (failure instanceof UnknownTouched || (isOurs && evaluation.because.length > 0)) return new Unknown(evaluation.because);
  if (!(failure instanceof EvaluationError)) throw failure;
  if (ABSENT.includes(failure.code)) throw absent(failure, evaluation, text, at);
  const words = evaluation.secret ? { what: FAILED_ON_SECRET, advice: undefined } : celWords(failure, text);
  throw new ExpressionError(problemOf(fault(placeOfOffset(text, failure.range?.start ?? 0), words.what, words.advice), at));
}

/** What is not there, in the words that templates use too. */
function absent(failure: EvaluationError, { scope, secret }: Evaluation, text: string, at: Position | undefined): ExpressionError {
  const where = placeWithin(at, placeOfOffset(text, failure.node?.start ?? 0));
  const path = failure.node === undefined ? undefined : pathOfNode(failure.node);
  if (path !== undefined) {
    const [name, ...keys] = path;
    const found = scope.lookup(name);
    try {
      if (found.found) follow(found.value, keys, name, where);
    } catch (error) {
      if (error instanceof MissingError) return error;
      throw error;
    }
  }
  if (secret) return new MissingError({ ...placed(where), what: FAILED_ON_SECRET });
  return new MissingError({
    ...placed(where),
    what: failure.summary
      .replace(/^No such key: index out of bounds, index (\d+).*/, 'there is no item $1')
      .replace(/^No such key: /, 'there is no key '),
  });
}

function placeOfName(text: string, name: string, at: Position | undefined): Position | undefined {
  const reference = referencesInCondition(text, at).find(item => item.root === name);
  return reference?.at ?? at;
}

function placed(at: Position | undefined): { readonly at?: Position } {
  return at === undefined ? {} : { at };
}

/** Everything that is wrong in a condition and can be known before any variable is. */
export function checkCondition(text: string, at?: Position): readonly Problem[] {
  const parsed = parseCondition(text);
  if (parsed.faults.length > 0) return parsed.faults.map(found => problemOf(found, at));
  const files = parsed.run === undefined ? [] : filesInCondition(parsed.run.ast, text);
  return [...notBoolean(parsed, text, at), ...checkFiles(files, at, checkTemplate)];
}

function notBoolean(parsed: ParsedCondition, text: string, at: Position | undefined): readonly Problem[] {
  if (parsed.type === 'bool' || parsed.type === 'dyn') return [];
  const instead = withoutHabits(text);
  return [{ ...placed(at), what: NOT_A_CONDITION, advice: instead === undefined ? 'compare it with something' : `write ${instead}` }];
}
