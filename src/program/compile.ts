// Compilation: sources become a Program, in a few small steps. Nothing here connects; nothing after here reads YAML.
import { InputError } from '../errors/errors.ts';
import type { Problem } from '../errors/problem.ts';
import { deepFreeze } from '../util/freeze.ts';
import { variablesFromSources, type CompileContext, type CompileInput, type CompileOptions } from './compile-context.ts';
import { compileGroups, compileHosts } from './compile-hosts.ts';
import { compilePlay } from './compile-play.ts';
import { madeNames } from '../load/playbook/made-names.ts';
import { openInventory } from './open-inventory.ts';
import { inputErrorOf } from './input-error.ts';
import { checkReferences } from './references.ts';
import { secretVariables } from './secret-variables.ts';
import type { Program, TaskSlot, Variables } from './types.ts';

/**
 * Compiles what was loaded.
 * @throws InputError with every problem at once
 */
export function compileProgram(input: CompileInput, options: CompileOptions): Program {
  const problems: Problem[] = [];
  const advice = new Set<string>();
  const scopes: Record<string, Variables> = {};
  const secrets = secretVariables(input.roles.values());
  const everyone = new Map<readonly string[], TaskSlot['hosts']>();
  const context: CompileContext = {
    input,
    options,
    // Hosts come first: plays, roles and variables refer to them by name.
    hosts: compileHosts(input.inventory, secrets),
    groups: compileGroups(input.inventory),
    extra: variablesFromSources(input.extra, secrets),
    secrets,
    everyone: hosts => {
      const known = everyone.get(hosts) ?? Object.freeze(Object.fromEntries(hosts.map(host => [host, 0])));
      everyone.set(hosts, known);
      return known;
    },
    problem: problem => problems.push(problem),
    advise: words => advice.add(words),
    addScope: (wanted, variables) => {
      const name = freeName(wanted, scopes);
      scopes[name] = variables;
      return name;
    },
  };
  const made = madeNames(input.playbook);
  let id = 0;
  // Plays next, each on its own: roles are called here, so their words join the problems.
  const plays = input.playbook.plays.flatMap((play, index) => collect(problems, () => compilePlay(play, index, context, () => (id += 1))));
  const program: Program = {
    version: 1,
    playbook: input.playbook.file,
    inventory: input.inventory.name,
    hosts: context.hosts,
    groups: context.groups,
    scopes,
    extra: context.extra,
    magic: options.magic,
    roles: [...input.roles.keys()],
    advice: [...advice],
    ...(made.isAny && { open: openInventory(input.inventory, options.limit, secrets) }),
    plays: plays.filter(play => play.sections.some(section => section.tasks.length > 0)),
  };
  // References last: only now is it known which names some task will set.
  checkReferences(program, problem => problems.push(problem));
  if (problems.length > 0) throw new InputError(distinct(problems));
  return deepFreeze(program);
}

/** Two plays may call the same role: each has variables of its own. */
function freeName(wanted: string, taken: Readonly<Record<string, Variables>>): string {
  let name = wanted;
  for (let count = 2; Object.hasOwn(taken, name); count += 1) name = `${wanted} (${count})`;
  return name;
}

function collect<T>(problems: Problem[], make: () => T): readonly T[] {
  try {
    return [make()];
  } catch (error) {
    const input = inputErrorOf(error);
    if (input === undefined) throw error;
    problems.push(...input.problems);
    return [];
  }
}

/** The same words at the same place are one problem, however many hosts met it. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Map(problems.map(problem => [JSON.stringify(problem), problem]));
  return [...seen.values()];
}
