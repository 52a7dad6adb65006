// A role to read about: its variables and their defaults, and the modules that it brings, from its definition.
import type { AnyRole } from '../../program/role.ts';
import type { Page, Row } from './page.ts';
import { schemaRows } from './schema-rows.ts';

/** The page of a role. */
export function rolePage({ name, summary, requires, vars, required, modules = [] }: AnyRole): Page {
  return {
    kind: 'role',
    name,
    summary,
    sections: [
      ...(requires === undefined ? [] : [{ kind: 'text', text: `Requires: ${requires.join(', ')}` } as const]),
      { kind: 'rows', heading: 'Variables', rows: schemaRows(vars, required ?? []) },
      ...(modules.length === 0 ? [] : [{ kind: 'rows', heading: 'Modules', rows: modules.map(rowOf) } as const]),
    ],
  };
}

function rowOf({ definition }: NonNullable<AnyRole['modules']>[number]): Row {
  return [definition.name, definition.summary];
}
