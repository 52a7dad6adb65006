// What a role in YAML says of its variables: those of its schema, and the names that its files give.
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AnyRole, RoleVariables } from '../../program/role.ts';
import { readSchema } from './role-schema.ts';
import { variablesIn } from './role-variable-files.ts';
import { ANYTHING } from './schema-from-yaml.ts';

/**
 * The role as others know it; without variables where it has no schema: then any name may be one of its own.
 * @throws InputError for a schema that is none
 */
export function describeWritten(name: string, directory: string, cwd: string): AnyRole {
  const role: AnyRole = {
    name: basename(name),
    summary: 'a role in YAML',
    at: pathToFileURL(join(directory, 'main.yml')).href,
    vars: {},
    tasks: () => [],
  };
  const schema = readSchema(directory, cwd);
  if (schema === undefined) return role;
  // What is wrong in these files is told where the role is called.
  const quiet = { cwd, report: () => undefined, note: () => undefined };
  const given = Object.keys({
    ...variablesIn(directory, 'defaults', undefined, quiet),
    ...variablesIn(directory, 'vars', undefined, quiet),
  });
  const named: RoleVariables = Object.fromEntries(given.map(variable => [variable, ANYTHING]));
  return { ...role, vars: { ...named, ...schema.vars }, required: schema.required.filter(variable => !given.includes(variable)) };
}
