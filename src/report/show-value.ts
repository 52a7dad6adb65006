// A value on one line, as a change shows it: short, unmistakable, secrets and unknowns by type.
import { Secret } from '../util/secret.ts';
import { Unknown } from '../util/unknown.ts';
import { isMap, type Value } from '../util/value.ts';

/** The longest value that is shown whole. */
const LIMIT = 72;

/** `0644`, `"two words"`, `(none)`, `***`, `(unknown: depends on …)`, `17 lines`. */
export function showValue(value: Value | undefined): string {
  if (value === null || value === undefined) return '(none)';
  if (value instanceof Secret) return value.toString();
  const because = reasons(value);
  if (because !== undefined) return because.length === 0 ? '(unknown)' : `(unknown: ${because.join('; ')})`;
  if (typeof value === 'string') return showText(value);
  if (typeof value === 'object') return shorten(JSON.stringify(value));
  return String(value);
}

/** Texts are bare where that cannot be misread. */
function showText(text: string): string {
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  if (lines > 1) return `${lines} lines`;
  const isPlain = text !== '' && text === text.trim() && !/["\p{Cc}]|\u2192/u.test(text);
  return shorten(isPlain ? text : JSON.stringify(text));
}

function shorten(text: string): string {
  return text.length > LIMIT ? `${text.slice(0, LIMIT - 1)}…` : text;
}

/** Why a value is unknown, also when it went through JSON. */
function reasons(value: Value): readonly string[] | undefined {
  if (value instanceof Unknown) return value.because;
  if (!isMap(value) || Object.keys(value).length !== 1) return undefined;
  const because = value['$unknown'];
  return Array.isArray(because) ? because.filter(reason => typeof reason === 'string') : undefined;
}
