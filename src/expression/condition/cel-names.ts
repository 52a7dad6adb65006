// Variables whose names CEL takes for its own types, and the spelling under which it takes them for variables.

/** CEL's names for types that are plain words: `type(port) == int`. Beside a call of `type` they stay what they are. */
export const TYPE_NAMES: readonly string[] = [
  'bool',
  'bytes',
  'double',
  'google',
  'int',
  'list',
  'map',
  'null_type',
  'optional',
  'string',
  'type',
  'uint',
];

const RESPELT: ReadonlyMap<string, string> = new Map(TYPE_NAMES.map(name => [respell(name), name]));

/** Another name of the same length. */
export function respell(name: string): string {
  return `_${name.slice(1)}`;
}

/** The variable that is meant by a name in CEL's tree. */
export function variableName(name: string): string {
  return RESPELT.get(name) ?? name;
}
