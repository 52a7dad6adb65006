// `tsplay inventory`: hosts, groups and variables as the run would see them.
import { EXIT, InputError, type ExitCode } from '../../errors/errors.ts';
import { inventoryScope } from '../../program/inventory-scope.ts';
import type { Program } from '../../program/types.ts';
import type { Value } from '../../util/value.ts';
import type { CommandOf } from '../arguments/command.ts';
import { compileInventory } from '../execute.ts';
import { oneInventory } from './request.ts';

/** Prints what was asked for; a tree of groups when nothing was. */
export async function inventoryCommand(command: CommandOf<'inventory'>): Promise<ExitCode> {
  const { program } = await compileInventory(oneInventory(command.inventory), process.cwd());
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  if (command.host !== undefined) say(JSON.stringify(variablesOf(program, command.host), null, 2));
  else if (command.list)
    say(
      JSON.stringify(
        { groups: program.groups, hosts: Object.fromEntries(Object.keys(program.hosts).map(name => [name, variablesOf(program, name)])) },
        null,
        2,
      ),
    );
  else for (const [group, hosts] of Object.entries(program.groups)) say([group, ...hosts.map(host => `  ${host}`)].join('\n'));
  return EXIT.ok;
}

function variablesOf(program: Program, name: string): Readonly<Record<string, Value>> {
  const entry = program.hosts[name];
  if (entry === undefined)
    throw new InputError([
      { what: `there is no host "${name}" in ${program.inventory}`, advice: 'tsplay inventory shows those there are' },
    ]);
  const scope = inventoryScope(program, entry);
  return Object.fromEntries(
    Object.keys(entry.variables).map(variable => {
      const found = scope.lookup(variable);
      return [variable, found.found ? found.value : null];
    }),
  );
}
