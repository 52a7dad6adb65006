// A value as text in the middle of other text: what can be, and the advice for what cannot.
import { Secret } from '../../util/secret.ts';
import { isList, isMap, type Value } from '../../util/value.ts';
import { describe } from '../describe.ts';
import { HelperRefusal } from './helper.ts';

/**
 * Text, numbers and booleans as a person would write them; a secret's own text.
 * @throws HelperRefusal for null, a list or a map
 */
export function asText(value: Value): string {
  if (typeof value === 'string') return value;
  if (value instanceof Secret) return value.reveal();
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (isList(value))
    throw new HelperRefusal(`${describe(value)} cannot stand in text`, { advice: 'write {{join …}}, {{json …}} or {{#each …}}' });
  if (isMap(value))
    throw new HelperRefusal(`${describe(value)} cannot stand in text`, { advice: 'write {{json …}}, or name one of its keys' });
  throw new HelperRefusal(`${describe(value)} cannot stand in text`, { advice: 'write {{default … ""}}' });
}
