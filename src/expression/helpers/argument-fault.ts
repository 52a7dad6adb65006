// What is wrong with an argument and can be told before any variable is known: it is written out, or another helper gives it.
import { didYouMean } from '../../util/nearest.ts';
import type { Value } from '../../util/value.ts';
import { checkGiven, checkType } from './check-type.ts';
import { type Helper, HelperRefusal, type Parameter } from './helper.ts';
import { HELPERS } from './table.ts';

/** An argument as it is written: a literal, or a call. */
export type Written = { readonly value: Value } | { readonly giver: Helper };

/** The fault of an argument; undefined for what cannot be told yet. */
export function argumentFault(
  helper: Helper,
  parameter: Parameter,
  written: Written | undefined,
): { readonly what: string; readonly advice?: string | undefined } | undefined {
  if (written === undefined) return undefined;
  try {
    if ('value' in written) checkType(helper.name, parameter, written.value, written.value);
    else checkGiven(helper.name, parameter, written.giver.name, written.giver.gives ?? 'any');
  } catch (error) {
    if (error instanceof HelperRefusal) return { what: error.message, advice: error.advice };
    throw error;
  }
  if (parameter.type !== 'helper' || !('value' in written) || typeof written.value !== 'string' || HELPERS.has(written.value))
    return undefined;
  return { what: `there is no helper ${JSON.stringify(written.value)}`, advice: didYouMean(written.value, HELPERS.keys()) };
}
