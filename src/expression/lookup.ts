// One step along a path such as `hostvars.n1.address`, and the words for a step that leads nowhere.
import type { Position } from '../errors/problem.ts';
import { Unknown } from '../util/unknown.ts';
import { isList, isMap, type Value } from '../util/value.ts';
import { describe } from './describe.ts';
import { MissingError } from './expression-error.ts';
import type { Scope } from './scope.ts';
import { didYouMean } from '../util/nearest.ts';

/** How many keys a message lists when none of them is near. */
const LISTED = 8;

/** Words that are values elsewhere. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  True: 'true',
  False: 'false',
  None: 'null',
  yes: 'true',
  no: 'false',
  undefined: 'null',
};

/** The value of a variable. @throws MissingError naming the nearest variable */
export function lookupName(scope: Scope, name: string, at: Position | undefined): Value {
  const found = scope.lookup(name);
  if (found.found) return found.value;
  throw undefinedVariable(name, scope.names(), at);
}

/** The error for a name that nothing defines. */
export function undefinedVariable(name: string, names: readonly string[], at: Position | undefined): MissingError {
  const instead = Object.hasOwn(ELSEWHERE, name) ? ELSEWHERE[name] : undefined;
  return missing(`undefined variable ${JSON.stringify(name)}`, instead === undefined ? didYouMean(name, names) : `write ${instead}`, at);
}

/**
 * Follows keys and list indexes from a value; own keys only. What is inside an unknown value is unknown.
 * @param shown how the value is called in messages
 * @throws MissingError saying what there is instead
 */
export function follow(value: Value, parts: readonly string[], shown: string, at: Position | undefined): Value {
  let current = value;
  let name = shown;
  for (const part of parts) {
    if (current instanceof Unknown) return current;
    current = step(current, part, name, at);
    name = name === '' ? part : `${name}.${part}`;
  }
  return current;
}

function step(value: Value, part: string, shown: string, at: Position | undefined): Value {
  const what = JSON.stringify(shown === '' ? 'this' : shown);
  if (isList(value)) {
    const item = /^-?\d+$/.test(part) ? value.at(Number(part)) : undefined;
    if (item !== undefined) return item;
    if (/^-?\d+$/.test(part)) throw missing(`${what} has no item ${part}`, `it is ${describe(value)}, counted from 0`, at);
    throw missing(
      `${what} is a list and has no ${JSON.stringify(part)}`,
      part === 'length' || part === 'size' ? 'write (length …), or size(…) in a condition' : 'name an item by its number, from 0',
      at,
    );
  }
  if (isMap(value)) {
    const item = Object.hasOwn(value, part) ? value[part] : undefined;
    if (item !== undefined) return item;
    throw missing(`${what} has no ${JSON.stringify(part)}`, didYouMean(part, Object.keys(value)) ?? listing(Object.keys(value)), at);
  }
  throw missing(`${what} is ${describe(value)} and has no ${JSON.stringify(part)}`, undefined, at);
}

function listing(keys: readonly string[]): string {
  if (keys.length === 0) return 'it is empty';
  const more = keys.length > LISTED ? ` and ${keys.length - LISTED} more` : '';
  return `it has ${keys.slice(0, LISTED).join(', ')}${more}`;
}

function missing(what: string, advice: string | undefined, at: Position | undefined): MissingError {
  return new MissingError({ what, ...(advice === undefined ? {} : { advice }), ...(at === undefined ? {} : { at }) });
}
