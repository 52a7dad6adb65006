// `tsplay docs`: what a module, a role's variables or a host fact is, from the definitions themselves.
import { InputError } from '../../errors/errors.ts';
import { HOST_FACTS } from '../../facts/host/catalogue.ts';
import type { AnyModule } from '../../modules/contract.ts';
import { loadModules, MODULES } from '../../modules/registry.ts';
import type { Schema } from '../../schema/schema.ts';
import { nearest } from '../../util/nearest.ts';

/** The page of a name; without one, the list of names. */
export async function docsText(name: string | undefined): Promise<string> {
  if (name === undefined) return overview();
  if (Object.hasOwn(MODULES, name)) {
    const module = (await loadModules([name])).get(name);
    if (module) return modulePage(module);
  }
  const fact = HOST_FACTS[name.replace(/^facts\./, '')];
  if (fact) return `facts.${name.replace(/^facts\./, '')}\n\n${fact.definition.summary}\n`;
  const near = nearest(name, [...Object.keys(MODULES), ...Object.keys(HOST_FACTS)]);
  throw new InputError([
    {
      what: `there is nothing called "${name}" to read about`,
      advice: near === undefined ? 'tsplay docs lists the names' : `did you mean "${near}"?`,
    },
  ]);
}

async function overview(): Promise<string> {
  const modules = await loadModules(Object.keys(MODULES));
  const width = 18;
  const row = (name: string, summary: string): string => `  ${name.padEnd(width)} ${summary}\n`;
  return [
    'Modules:\n',
    ...[...modules.values()].map(module => row(module.name, module.summary)),
    '\nFacts of a host:\n',
    ...Object.entries(HOST_FACTS).map(([name, fact]) => row(`facts.${name}`, fact.definition.summary)),
  ].join('');
}

function modulePage(module: AnyModule): string {
  const { params } = module;
  const required = 'required' in params ? (params.required ?? []) : [];
  const rows =
    'properties' in params
      ? Object.entries(params.properties).map(([name, schema]) => parameterRow(name, schema, required.includes(name)))
      : [];
  const examples = module.examples.map(example => `\n${example.title}:\n\n${example.yaml.replaceAll(/^/gm, '  ').trimEnd()}\n`);
  return [`${module.name}: ${module.summary}\n`, '\nParameters:\n', ...rows, ...examples].join('');
}

function parameterRow(name: string, schema: Schema, isRequired: boolean): string {
  const type = typeof schema.type === 'string' ? schema.type : 'any value';
  const notes = [
    type,
    ...(isRequired ? ['required'] : []),
    ...(schema.default === undefined ? [] : [`default ${JSON.stringify(schema.default)}`]),
  ];
  return `  ${name.padEnd(16)} ${schema.description ?? ''} (${notes.join(', ')})\n`;
}
