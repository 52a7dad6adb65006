// What a schema is known by: what was compiled ahead is used for a schema that says exactly the same, and for no other.
import { createHash } from 'node:crypto';

/** The digest of a schema's text. */
export function digestOf(schema: object): string {
  return createHash('sha256').update(JSON.stringify(schema)).digest('base64url');
}
