// What `tsplay inventory --why` prints: every place that sets a variable, the winner first.
import { InputError } from '../errors/errors.ts';
import { CONNECTION_ALIASES } from '../load/variables/connection-variables.ts';
import { RESERVED_NAMES } from '../load/variables/reserved-names.ts';
import type { Sources } from '../load/types.ts';
import { placesOf, type Place } from '../load/why.ts';
import type { SecretVariables } from '../program/secret-variables.ts';
import { didYouMean } from '../util/nearest.ts';
import { MASK } from '../util/secret.ts';

/** What is looked through: an inventory, and a playbook if one was named. */
type Looked = Pick<Sources, 'inventory' | 'extraLayers'> & Partial<Sources>;

const WIDEST = 60;

/** Lines for some hosts; hosts of which the same is said share them. @throws InputError when nothing sets the variable for any of them */
export function showPlaces(name: string, hosts: readonly string[], looked: Looked, secrets: SecretVariables): string {
  if (RESERVED_NAMES.includes(name)) throw new InputError([{ what: `"${name}" is always there`, advice: 'no file can set it' }]);
  const ours = CONNECTION_ALIASES.get(name) ?? name;
  const said = new Map<string, string[]>();
  for (const host of hosts) {
    const text = linesOf(placesOf(ours, host, looked), secrets.has(ours));
    said.set(text, [...(said.get(text) ?? []), host]);
  }
  if (hosts.length > 0 && said.size === 1 && said.has('')) {
    const known = hosts.flatMap(host => looked.inventory.layersOf(host).flatMap(layer => Object.keys(layer)));
    const where = looked.playbook === undefined ? { advice: 'name a playbook to look through its plays too' } : {};
    const near = didYouMean(name, known);
    throw new InputError([{ what: `nothing sets "${name}" for ${hosts.join(', ')}`, ...(near === undefined ? where : { advice: near }) }]);
  }
  const title = ours === name ? name : `${ours} (${name})`;
  return [...said].map(([text, names]) => `${title} of ${names.join(', ')}\n${text === '' ? '  not set\n' : text}`).join('');
}

function linesOf(places: readonly Place[], isSecret: boolean): string {
  const rows = places.map(place => [valueOf(place, isSecret), whereOf(place)] as const);
  const width = Math.max(...rows.map(([value]) => value.length), 0);
  return rows.map(([value, where]) => `  ${value.padEnd(width)}  ${where}\n`).join('');
}

function valueOf({ value }: Place, isSecret: boolean): string {
  if (value === undefined) return '(at run time)';
  if (isSecret) return MASK;
  const text = JSON.stringify(value);
  return text.length > WIDEST ? `${text.slice(0, WIDEST - 1)}…` : text;
}

/** The place, and what it is where the name of the file does not tell. */
function whereOf({ at, source }: Place): string {
  if (at === undefined) return source;
  const where = `${at.file}:${at.line}`;
  if (at.file === '-e') return source;
  return source === at.file ? where : `${where}  ${source}`;
}
