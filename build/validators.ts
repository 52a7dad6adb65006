// Every schema that ships, compiled to code: what src/schema/ready.ts stands for in the bundle.
import standalone from 'ajv/dist/standalone/index.js';
import { SHIPPED_ROLES } from '../roles/shipped.ts';
import { LINE } from '../src/load/playbook/command-params.ts';
import { CONNECTION_VARIABLES } from '../src/load/variables/connection-variables.ts';
import { COUNT, FLAG, NAME, TEXTS_BY_NAME, VARIABLE_NAME } from '../src/load/playbook/keywords.ts';
import { loadModules, MODULES } from '../src/modules/registry.ts';
import { PLAN_SCHEMA } from '../src/plan/schema.ts';
import { boxedSchema, createAjv, KINDS } from '../src/schema/create-ajv.ts';
import { digestOf } from '../src/schema/digest-of.ts';

/** The schemas of keywords, variables, plans and modules. */
export async function engineSchemas(): Promise<readonly object[]> {
  const modules = await loadModules(Object.keys(MODULES));
  return [
    ...[NAME, VARIABLE_NAME, FLAG, COUNT, TEXTS_BY_NAME, LINE, PLAN_SCHEMA],
    ...Object.values(CONNECTION_VARIABLES).map(({ schema }) => schema),
    ...[...modules.values()].map(({ params }) => params),
  ];
}

/** The schemas of the shipped roles: of their variables, and of their modules. */
export async function roleSchemas(): Promise<readonly object[]> {
  const roles = await Promise.all(Object.values(SHIPPED_ROLES).map(load => load()));
  return roles.flatMap(role => [...Object.values(role.vars), ...(role.modules ?? []).map(({ definition }) => definition.params)]);
}

/** A module that exports the compiled schemas as `CHECKS`, by digest. Here they are checked against the meta schema, too. */
export function checksCode(schemas: readonly object[]): string {
  const ajv = createAjv({ code: { source: true, esm: true } });
  const byDigest = new Map(schemas.map(schema => [digestOf(schema), schema]));
  for (const [digest, schema] of byDigest) ajv.addSchema(JSON.parse(JSON.stringify(boxedSchema(schema))) as object, digest);
  const names = [...byDigest.keys()].map((digest, index) => [`check${index}`, digest] as const);
  return [
    `import { KIND_ACCEPTS as ${KINDS} } from './src/schema/string-kinds.ts';`,
    standalone.default(ajv, Object.fromEntries(names)),
    `export const CHECKS = { ${names.map(([name, digest]) => `${JSON.stringify(digest)}: ${name}`).join(', ')} };`,
  ].join('\n');
}
