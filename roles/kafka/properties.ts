// Java's form of `key=value`: what would be read as something else is escaped. There are no comments behind a value in it.

/** One line of a properties file. */
export interface Setting {
  readonly key: string;
  readonly value: string;
}

/** A value as it is written: backslashes doubled, breaks and what is not ASCII by number, a blank at its start kept. */
export function escapeValue(value: string): string {
  return value
    .replaceAll('\\', '\\\\')
    .replace(/^[ \t\f]/, blank => `\\${blank}`)
    .replace(/[^ -~\t]/g, escapeCharacter);
}

function escapeCharacter(character: string): string {
  const named = { '\n': '\\n', '\r': '\\r', '\f': '\\f' }[character];
  return named ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
