// What people write in a condition who come from Jinja, and the line to write instead.
import { insteadInCondition } from '../jinja/instead.ts';

/** The condition as it would be written here; undefined when nothing in it is a habit of Jinja's. */
export function withoutHabits(text: string): string | undefined {
  const instead = insteadInCondition(text);
  return instead === undefined || squeezed(instead) === squeezed(text) ? undefined : instead;
}

/** Spaces and kinds of quotes are no habits. */
function squeezed(text: string): string {
  return text.replaceAll(/\s+/g, '').replaceAll("'", '"');
}
