// A module to read about: its parameters and examples, from its definition.
import type { AnyModule } from '../../modules/contract.ts';
import type { Page } from './page.ts';
import { schemaRows } from './schema-rows.ts';

/** The page of a module. */
export function modulePage({ name, summary, params, examples }: AnyModule): Page {
  const required = 'required' in params ? (params.required ?? []) : [];
  const rows = 'properties' in params ? schemaRows(params.properties, required) : [];
  return {
    kind: 'module',
    name,
    summary,
    sections: [
      { kind: 'rows', heading: 'Parameters', rows },
      ...examples.map(({ title, yaml }) => ({ kind: 'example', title, code: yaml, language: 'yaml' }) as const),
    ],
  };
}
