// Calling a helper: arguments by place and by name, and what secret and unknown arguments make of the result.
import type { Position } from '../../errors/problem.ts';
import { Secret } from '../../util/secret.ts';
import { Unknown } from '../../util/unknown.ts';
import { isList, isMap, revealAll, secretsIn, unknownsIn, type Value } from '../../util/value.ts';
import { ExpressionError, MissingError } from '../expression-error.ts';
import { parameterAt } from '../helpers/arity.ts';
import { checkType } from '../helpers/check-type.ts';
import { type Helper, HelperRefusal, type LazyArgument, type PlainHelper, type Surroundings } from '../helpers/helper.ts';

/** The arguments as written: in order, and by name. */
export interface GivenArguments {
  readonly placed: readonly LazyArgument[];
  readonly named: ReadonlyMap<string, LazyArgument>;
}

/** The result of a helper. @throws ExpressionError with the place of the call, MissingError when it lacks something */
export function callHelper(helper: Helper, given: GivenArguments, at: Position | undefined, around: Surroundings): Value {
  try {
    return helper.kind === 'lazy' ? helper.decide(given.placed) : applyHelper(helper, given, around);
  } catch (error) {
    if (error instanceof HelperRefusal) {
      const problem = {
        what: error.message,
        ...(error.advice === undefined ? {} : { advice: error.advice }),
        ...(at === undefined ? {} : { at }),
      };
      throw error.missing ? new MissingError(problem) : new ExpressionError(problem);
    }
    if (error instanceof MissingError && error.problem.at === undefined && at !== undefined)
      throw new MissingError({ ...error.problem, at });
    throw error;
  }
}

function applyHelper(helper: PlainHelper, given: GivenArguments, around: Surroundings): Value {
  const shown = argumentsOf(helper, given);
  const because = shown.flatMap(value => (helper.shallow ? (value instanceof Unknown ? value.because : []) : unknownsIn(value)));
  if (because.length > 0 && helper.gathers !== true) return new Unknown(because);
  const secret = !helper.shallow && secretsIn(shown.filter(value => value !== undefined)).length > 0;
  const values = secret ? shown.map(value => (value === undefined ? undefined : revealAll(value))) : shown;
  values.forEach((value, index) => {
    const parameter = parameterAt(helper, index);
    if (value !== undefined && parameter !== undefined) checkType(helper.name, parameter, value, shown[index] ?? null);
  });
  if (!secret) return helper.apply(values, around);
  try {
    return hide(helper.apply(values, around));
  } catch (error) {
    // Its words could quote the secret.
    if (error instanceof HelperRefusal)
      throw new HelperRefusal(`${helper.name} cannot be worked out with the secret it is given`, { missing: error.missing });
    throw error;
  }
}

function argumentsOf(helper: PlainHelper, given: GivenArguments): readonly (Value | undefined)[] {
  const values: (Value | undefined)[] = given.placed.map(argument => argument.value());
  helper.params.forEach((parameter, index) => {
    const argument = given.named.get(parameter.name);
    if (argument !== undefined) values[index] = argument.value();
  });
  if (helper.open)
    values[helper.params.length] = Object.fromEntries(Array.from(given.named, ([name, argument]) => [name, argument.value()]));
  return Array.from(values);
}

/** What is worked out from a secret is secret: text and numbers. True and false are not: conditions are made of them. */
function hide(value: Value): Value {
  if (typeof value === 'string') return new Secret(value);
  if (typeof value === 'number') return new Secret(String(value));
  if (isList(value)) return value.map(hide);
  if (isMap(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, hide(item)]));
  return value;
}
