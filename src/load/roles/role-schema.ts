// What a role in YAML says of its variables: `variables.schema.json`, else the argument specs of its meta.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../errors/errors.ts';
import type { Problem } from '../../errors/problem.ts';
import { describeValue } from '../../schema/describe.ts';
import { readArgumentSpecs } from './argument-specs.ts';
import { schemaProblems } from '../messages/role-schema.ts';
import { playbookProblems } from '../messages/playbook.ts';
import { readFound } from './read-found.ts';
import type { Report } from '../report.ts';
import { metaFile } from './role-files.ts';
import type { RoleSchema } from './role-schema-types.ts';
import { schemaFromYaml } from './schema-from-yaml.ts';
import { get, type YamlNode } from '../yaml/node.ts';
import { toValue } from '../yaml/to-value.ts';

/** The name of the file, in the folder of the role. */
const SCHEMA_FILE = 'variables.schema.json';

/** The schema of a role; undefined where it has none. @throws InputError with all that is wrong with it */
export function readSchema(directory: string, cwd: string): RoleSchema | undefined {
  const problems: Problem[] = [];
  const report: Report = problem => problems.push(problem);
  const file = join(directory, SCHEMA_FILE);
  const schema = existsSync(file) ? fromJson(readFound(file, { cwd, report }), report) : fromSpecs(directory, cwd, report);
  if (problems.length > 0) throw new InputError(problems);
  return schema;
}

const ROOT = ['$schema', '$id', 'title', 'description', 'type', 'properties', 'required', 'additionalProperties'];

function fromJson(node: YamlNode | undefined, report: Report): RoleSchema {
  const none: RoleSchema = { vars: {}, required: [] };
  if (node === undefined) return none;
  const properties = get(node, 'properties');
  if (node.kind !== 'map' || properties?.kind !== 'map') {
    report(playbookProblems['not-a-map']((properties ?? node).at, SCHEMA_FILE, describeValue(toValue(properties ?? node)), EXAMPLE));
    return none;
  }
  for (const { key, keyAt } of node.entries) if (!ROOT.includes(key)) report(schemaProblems.keyword(keyAt, key, ROOT));
  const vars = Object.fromEntries(properties.entries.map(({ key, value }) => [key, schemaFromYaml(value, report)]));
  const required = get(node, 'required');
  const names = (required?.kind === 'list' ? required.items : []).flatMap(item => {
    const name = toValue(item);
    if (typeof name === 'string' && Object.hasOwn(vars, name)) return [name];
    report(schemaProblems['not-a-property'](item.at, describeValue(name)));
    return [];
  });
  return { vars, required: names };
}

const EXAMPLE = '{"properties": {"web_port": {"type": "integer"}}}';

function fromSpecs(directory: string, cwd: string, report: Report): RoleSchema | undefined {
  const own = metaFile(directory, 'argument_specs');
  const path = own ?? metaFile(directory, 'main');
  // What is wrong with the rest of meta/main.yml is told where the role is called.
  const node = path === undefined ? undefined : readFound(path, { cwd, report: own === undefined ? () => undefined : report });
  const specs = get(node, 'argument_specs');
  const main = get(specs, 'main');
  return main === undefined ? undefined : readArgumentSpecs(main, report);
}
