// The variables of a host that say how it is reached, read as what they have to be.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../../errors/errors.ts';
import type { Scope } from '../../expression/scope.ts';
import { inventoryScope } from '../../program/inventory-scope.ts';
import type { Program } from '../../program/types.ts';
import { isList, type Value } from '../../util/value.ts';

/** Reads the variables of one host. Absent and null are undefined. */
export interface HostVariables {
  readonly scope: Scope;
  /** @throws InputError naming the variable and what it is, where it is something else */
  readonly read: <T extends Value>(variable: string, is: (value: Value) => value is T, wanted: string) => T | undefined;
  readonly text: (variable: string) => string | undefined;
  /** One text or several, `~/` filled in. */
  readonly list: (variable: string) => readonly string[] | undefined;
  /** What is said of a variable that cannot be followed. */
  readonly problem: (variable: string, wanted: string, got?: string) => InputError;
}

/** The variables of a host as the inventory has them. */
export function hostVariables(program: Program, entry: Program['hosts'][string]): HostVariables {
  const scope = inventoryScope(program, entry);
  const problem = (variable: string, wanted: string, got?: string): InputError => {
    const at = entry.variables[variable]?.node.at;
    return new InputError([
      { ...(at && { at }), what: `${variable} of host ${entry.name} is ${wanted}`, ...(got !== undefined && { got }) },
    ]);
  };
  const valueOf = (variable: string): Value | undefined => {
    const found = scope.lookup(variable);
    return found.found && found.value !== null ? found.value : undefined;
  };
  const read: HostVariables['read'] = (variable, is, wanted) => {
    const value = valueOf(variable);
    if (value === undefined || is(value)) return value;
    throw problem(variable, wanted, JSON.stringify(value));
  };
  const list: HostVariables['list'] = variable => {
    const value = valueOf(variable);
    return value === undefined ? undefined : (isList(value) ? value : [value]).filter(isText).map(expandHome);
  };
  return { scope, read, text: variable => read(variable, isText, 'a text'), list, problem };
}

/** A path of this user's. */
export function expandHome(path: string): string {
  return path.startsWith('~/') ? join(homedir(), path.slice(2)) : path;
}

export function isText(value: Value): value is string {
  return typeof value === 'string';
}

export function isNumber(value: Value): value is number {
  return typeof value === 'number';
}

export function isBoolean(value: Value): value is boolean {
  return typeof value === 'boolean';
}
