// The check after rendering: the value a module or a role is given, with defaults, or words for what does not fit.
import { InputError } from '../errors/errors.ts';
import type { Position } from '../errors/problem.ts';
import type { Schema } from './schema.ts';
import { withDefaults } from './stand-in.ts';
import { subjectAt } from './subject.ts';
import { check } from './validate.ts';

/** What is checked, for messages. */
export interface Checked {
  /** A module's or a variable's name. */
  readonly what: string;
  /** Where it was written, as a whole. */
  readonly at?: Position;
}

/**
 * Checks an evaluated value: text with `{{` is data now. Secrets are checked by what they hold and stay secret; what is unknown is
 * taken as it is, and so are resolved files, templates, archives and conditions.
 * @returns the value with its defaults, frozen
 * @throws InputError naming everything that does not fit
 */
export function validateResolved(schema: Schema, value: unknown, { what, at }: Checked): unknown {
  const noun = 'properties' in schema ? 'parameter' : 'key';
  const { problems, filled } = check(schema, subjectAt(value, at), { what, noun }, 'rendered');
  if (problems.length > 0) throw new InputError(problems);
  return withDefaults(value, filled, 'rendered');
}
