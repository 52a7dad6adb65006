// Templates at work: a string with `{{ }}` in it, and variables, to a value.
import type { Position, Problem } from '../errors/problem.ts';
import { deepFreeze } from '../util/freeze.ts';
import { isList, isMap, type Value } from '../util/value.ts';
import { checkFiles, filesInTemplate } from './check-files.ts';
import { ExpressionError } from './expression-error.ts';
import { problemOf } from './fault.ts';
import type { Scope } from './scope.ts';
import { surroundingsOf } from './surroundings.ts';
import { TemplateEvaluator } from './template/evaluate.ts';
import { outermost } from './template/frame.ts';
import { Output, type PieceFilter } from './template/output.ts';
import { isTemplate, parseTemplate } from './template/parse-template.ts';

export { isTemplate } from './template/parse-template.ts';

export interface RenderOptions {
  /** What each `{{ }}` becomes before it joins the text around it, such as a quoted word; `raw` is true for `{{{ }}}`. */
  readonly piece?: PieceFilter;
  /** The files that this text is part of, as one names the other. */
  readonly within?: readonly string[];
}

/**
 * Evaluates a template. Text that is one expression and nothing else keeps its type; everything else is text, secret
 * when a piece of it is, unknown when a piece of it is. What comes out is data and is not rendered again.
 * @param at where the text begins in its file; problems inside it count from there
 * @throws ExpressionError at the first thing that is wrong or missing
 */
export function renderTemplate(text: string, scope: Scope, at?: Position, options: RenderOptions = {}): Value {
  if (!isTemplate(text)) return text;
  const { tree, faults } = parseTemplate(text);
  const [first] = faults;
  if (first !== undefined) throw new ExpressionError(problemOf(first, at));
  const { within = [] } = options;
  const render = (inner: string, file: string): Value => {
    if (within.includes(file)) throw new ExpressionError({ ...(at && { at }), what: 'this template is part of itself', got: file });
    return renderTemplate(inner, scope, { file, line: 1, column: 1 }, { within: [...within, file] });
  };
  const evaluator = new TemplateEvaluator(at, () => surroundingsOf(scope, at, render));
  const frame = outermost(scope);
  const [only] = tree.body;
  if (only?.type === 'MustacheStatement' && tree.body.length === 1 && options.piece === undefined)
    return deepFreeze(evaluator.mustache(only, frame));
  const output = new Output(options.piece);
  evaluator.program(tree, frame, output);
  return output.result();
}

/**
 * Evaluates every string inside a value, map keys excepted.
 * @param positionOf where the string at a path begins
 */
export function renderValue(
  value: Value,
  scope: Scope,
  positionOf: (path: readonly (string | number)[]) => Position | undefined = () => undefined,
): Value {
  return deepFreeze(render(value, []));

  function render(item: Value, path: readonly (string | number)[]): Value {
    if (typeof item === 'string') return renderTemplate(item, scope, isTemplate(item) ? positionOf(path) : undefined);
    if (isList(item)) return item.map((inner, index) => render(inner, [...path, index]));
    if (isMap(item)) return Object.fromEntries(Object.entries(item).map(([key, inner]) => [key, render(inner, [...path, key])]));
    return item;
  }
}

/** Everything that is wrong in a template and can be known before any variable is, in the files that it names as well. */
export function checkTemplate(text: string, at?: Position): readonly Problem[] {
  return checkNested(text, at, []);
}

/** @param around templates that this one is part of: one that names itself is looked through once */
function checkNested(text: string, at: Position | undefined, around: readonly string[]): readonly Problem[] {
  if (!isTemplate(text)) return [];
  const { tree, faults } = parseTemplate(text);
  if (faults.length > 0) return faults.map(found => problemOf(found, at));
  return checkFiles(filesInTemplate(tree), at, (inner, place) =>
    around.includes(place.file) ? [] : checkNested(inner, place, [...around, place.file]),
  );
}
