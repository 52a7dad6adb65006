// A role to read about: its variables and their defaults, from its definition.
import type { AnyRole } from '../../program/role.ts';
import type { Page } from './page.ts';
import { schemaRows } from './schema-rows.ts';

/** The page of a role. */
export function rolePage({ name, summary, requires, vars, required }: AnyRole): Page {
  return {
    kind: 'role',
    name,
    summary,
    sections: [
      ...(requires === undefined ? [] : [{ kind: 'text', text: `Requires: ${requires.join(', ')}` } as const]),
      { kind: 'rows', heading: 'Variables', rows: schemaRows(vars, required ?? []) },
    ],
  };
}
