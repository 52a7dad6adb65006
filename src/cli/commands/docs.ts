// `tsplay docs`: what a module, a role's variables or a host fact is, from the definitions themselves.
import { InputError } from '../../errors/errors.ts';
import { HOST_FACTS } from '../../facts/host/catalogue.ts';
import { attempt } from '../../load/report.ts';
import { roleSearchPath, rolesIn } from '../../load/role-directories.ts';
import { loadRole } from '../../load/role-source.ts';
import type { AnyModule } from '../../modules/contract.ts';
import { loadModules, MODULES } from '../../modules/registry.ts';
import type { AnyRole } from '../../program/role.ts';
import type { Schema } from '../../schema/schema.ts';
import { nearest } from '../../util/nearest.ts';

/** The page of a name; without one, the list of names. `cwd` is where roles are looked for, beside the shipped ones. */
export async function docsText(name: string | undefined, cwd: string): Promise<string> {
  const directories = roleSearchPath(cwd, cwd);
  const roles = rolesIn(directories);
  const readRole = (role: string): Promise<AnyRole> => loadRole(role, { directories, cwd, at: { file: role, line: 1, column: 1 } });
  if (name === undefined) return overview(roles, readRole);
  if (Object.hasOwn(MODULES, name)) {
    const module = (await loadModules([name])).get(name);
    if (module) return modulePage(module);
  }
  const factName = name.replace(/^facts\./, '');
  const fact = Object.hasOwn(HOST_FACTS, factName) ? HOST_FACTS[factName] : undefined;
  if (fact) return `facts.${factName}\n\n${fact.definition.summary}\n`;
  if (roles.includes(name)) return rolePage(await readRole(name));
  const near = nearest(name, [...Object.keys(MODULES), ...Object.keys(HOST_FACTS), ...roles]);
  throw new InputError([
    {
      what: `there is nothing called "${name}" to read about`,
      advice: near === undefined ? 'tsplay docs lists the names' : `did you mean "${near}"?`,
    },
  ]);
}

async function overview(roles: readonly string[], readRole: (role: string) => Promise<AnyRole>): Promise<string> {
  const modules = await loadModules(Object.keys(MODULES));
  const rows = await Promise.all(
    // One role that cannot be read hides no other; its own page says what is wrong with it.
    roles.map(
      async role =>
        [
          role,
          (
            await attempt(
              () => readRole(role),
              () => undefined,
            )
          )?.summary ?? '(cannot be read)',
        ] as const,
    ),
  );
  const facts = Object.entries(HOST_FACTS).map(([name, fact]) => [`facts.${name}`, fact.definition.summary] as const);
  return [
    'Modules:\n',
    ...table([...modules.values()].map(module => [module.name, module.summary])),
    '\nRoles:\n',
    ...table(rows),
    '\nFacts of a host:\n',
    ...table(facts),
  ].join('');
}

function modulePage(module: AnyModule): string {
  const { params } = module;
  const required = 'required' in params ? (params.required ?? []) : [];
  const rows = 'properties' in params ? parameterRows(params.properties, required) : [];
  const examples = module.examples.map(example => `\n${example.title}:\n\n${example.yaml.replaceAll(/^/gm, '  ').trimEnd()}\n`);
  return [`${module.name}: ${module.summary}\n`, '\nParameters:\n', ...rows, ...examples].join('');
}

function rolePage(role: AnyRole): string {
  const requires = role.requires === undefined ? [] : [`\nRequires: ${role.requires.join(', ')}\n`];
  return [`${role.name}: ${role.summary}\n`, ...requires, '\nVariables:\n', ...parameterRows(role.vars, role.required ?? [])].join('');
}

function parameterRows(schemas: Readonly<Record<string, Schema>>, required: readonly string[]): readonly string[] {
  return table(
    Object.entries(schemas).map(([name, schema]) => {
      const notes = [
        typeof schema.type === 'string' ? schema.type : 'any value',
        ...(required.includes(name) ? ['required'] : []),
        ...(schema.secret === true ? ['secret'] : []),
        ...(schema.default === undefined ? [] : [`default ${JSON.stringify(schema.default)}`]),
      ];
      return [name, `${schema.description ?? ''} (${notes.join(', ')})`.trimStart()];
    }),
  );
}

/** Names and what is said of them, aligned. */
function table(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}\n`);
}
