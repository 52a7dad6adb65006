// The rows that say what a schema's keys are: parameters of a module, variables of a role.
import type { Schema } from '../../schema/schema.ts';
import type { Row } from './page.ts';

/** One row for each key, and below it one for each key inside it. */
export function schemaRows(schemas: Readonly<Record<string, Schema>>, required: readonly string[], outer = ''): readonly Row[] {
  return Object.entries(schemas).flatMap(([name, schema]): readonly Row[] => {
    const notes = [...typeNotes(schema), ...(required.includes(name) ? ['required'] : []), ...furtherNotes(schema)];
    const row: Row = [outer + name, `${schema.description ?? ''} (${notes.join(', ')})`.trimStart()];
    return [row, ...innerRows(schema, outer + name)];
  });
}

function innerRows(schema: Schema, name: string): readonly Row[] {
  if ('items' in schema) return innerRows(schema.items, `${name}[]`);
  return 'properties' in schema ? schemaRows(schema.properties, schema.required ?? [], `${name}.`) : [];
}

function typeNotes(schema: Schema): readonly string[] {
  const words = 'enum' in schema ? [`one of ${schema.enum.join(' ')}`] : [];
  return [typeof schema.type === 'string' ? schema.type : 'any value', ...words];
}

function furtherNotes(schema: Schema): readonly string[] {
  return [
    ...(schema.secret === true ? ['secret'] : []),
    ...(schema.late === true ? ['may depend on the host'] : []),
    ...(schema.default === undefined ? [] : [`default ${JSON.stringify(schema.default)}`]),
  ];
}
