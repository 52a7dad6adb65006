// The variables that a play brings: vars, then the answers of vars_prompt, then the files of vars_files, each above those before it.
import { InputError } from '../errors/errors.ts';
import { formatPosition } from '../errors/problem.ts';
import { referencesInTemplate } from '../expression/references.ts';
import type { PlaySource, VariableSources } from '../load/types.ts';
import { readFirst } from '../load/playbook/vars-files.ts';
import type { Report } from '../load/report.ts';
import { promptKey } from './answers.ts';
import type { CompileContext } from './compile-context.ts';
import { variablesFromSources } from './compile-context.ts';
import { compileScope, NEEDS_HOST } from './compile-scope.ts';
import { evaluate } from './evaluate.ts';
import { GIVEN_NAMES } from './magic.ts';
import { nodeFromData, nodeFromYaml } from './node.ts';
import { scopeOnHost } from './scope-layers.ts';
import { hideSecrets, makeSecret } from './secret-variables.ts';
import type { Node, Variables } from './types.ts';

/** What a play brings. */
export interface PlayVariables {
  /** The name that tasks refer to it by. */
  readonly scope: string;
  /** All of it for a host. */
  readonly of: (host: string) => Variables;
}

/** Adds the variables of a play as a scope; files whose names differ from host to host stand over it, host by host. */
export function playVariables(play: PlaySource, index: number, hosts: readonly string[], context: CompileContext): PlayVariables {
  const varies = play.varsFiles.some(file => file.kind === 'named');
  const fixed = play.varsFiles.flatMap(file => (file.kind === 'read' ? [file.variables] : []));
  const shared: Variables = {
    [GIVEN_NAMES.play]: { node: nodeFromData(play.name), source: 'always there' },
    ...variablesFromSources(play.vars, context.secrets),
    ...answersOf(play, context),
    ...variablesFromSources(Object.assign({}, ...fixed) as VariableSources, context.secrets),
  };
  const scope = context.addScope(`play ${index + 1}`, shared);
  if (!varies) return { scope, of: () => shared };
  const known = new Map<string, VariableSources>();
  const own = new Map(hosts.map(host => [host, filesFor(host, play, { hosts, shared, known }, context)]));
  for (const [host, variables] of own) context.addScope(scopeOnHost(scope, host), variables);
  return { scope, of: host => ({ ...shared, ...own.get(host) }) };
}

interface Around {
  readonly hosts: readonly string[];
  readonly shared: Variables;
  /** Files that were read for another host, by the names that were tried. */
  readonly known: Map<string, VariableSources>;
}

/** Every file again, in order: one that is found host by host stands between others. */
function filesFor(
  host: string,
  { varsFiles, directory }: PlaySource,
  { hosts, shared, known }: Around,
  context: CompileContext,
): Variables {
  const read: Variables[] = [];
  for (const file of varsFiles) {
    if (file.kind === 'read') {
      read.push(variablesFromSources(file.variables, context.secrets));
      continue;
    }
    const scope = compileScope(context, host, hosts, [shared, ...read]);
    const names = file.names.map(({ value: text, at }) => {
      const value = text.includes('{{') ? evaluate({ kind: 'template', text, at }, scope) : text;
      if (typeof value === 'string') return { value, at };
      const advice = 'name it by what the inventory says, or read it with the task include_vars';
      throw new InputError([{ at, what: `the name of a file of variables is no text for host ${host}`, got: NEEDS_HOST, advice }]);
    });
    const key = names.map(({ value }) => value).join('\n');
    const report: Report = problem =>
      context.problem({ ...problem, what: `${problem.what} for host ${host}${placesOf(file.names, host, context)}` });
    const found = known.get(key) ?? readFirst(names, { directory, cwd: context.options.cwd, report, note: () => undefined });
    known.set(key, found);
    read.push(variablesFromSources(found, context.secrets));
  }
  return Object.assign({}, ...read) as Variables;
}

/** Where the inventory says what the names of files are worked out from. */
function placesOf(names: readonly { readonly value: string }[], host: string, { hosts }: CompileContext): string {
  const roots = names.flatMap(({ value }) => referencesInTemplate(value).map(({ root }) => root));
  const places = [...new Set(roots)].flatMap(name => {
    const at = hosts[host]?.variables[name]?.node.at;
    return at === undefined ? [] : [`${name} at ${formatPosition(at)}`];
  });
  return places.length === 0 ? '' : ` (${places.join(', ')})`;
}

/** What a person answered, what holds without an answer, or nothing at all where nobody was asked, as in a list of tasks. */
function answersOf({ name, prompts }: PlaySource, context: CompileContext): Variables {
  const entries = prompts.map(prompt => {
    const answer = context.options.answers?.get(promptKey(prompt));
    const given = answer === undefined || answer === '' ? prompt.fallback : undefined;
    const plain: Node = given === undefined ? nodeFromData(answer ?? null) : nodeFromYaml(given);
    const schema = context.secrets.get(prompt.name);
    const node = prompt.isPrivate ? makeSecret(plain) : schema === undefined ? plain : hideSecrets(plain, schema);
    return [prompt.name, { node: { ...node, at: prompt.at }, source: `asked for by play "${name}"` }] as const;
  });
  return Object.fromEntries(entries);
}
