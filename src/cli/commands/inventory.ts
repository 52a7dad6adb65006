// `tsplay inventory`: hosts, groups and variables as the run would see them.
import { EXIT, InputError, type ExitCode } from '../../errors/errors.ts';
import { loadSources } from '../../load/load-sources.ts';
import { inventoryScope } from '../../program/inventory-scope.ts';
import { secretVariables } from '../../program/secret-variables.ts';
import type { HostEntry, Program } from '../../program/types.ts';
import { didYouMean } from '../../util/nearest.ts';
import type { Value } from '../../util/value.ts';
import type { CommandOf } from '../arguments/command.ts';
import { compileInventory } from '../compile-request.ts';
import { showPlaces } from '../show-places.ts';
import { inventoriesOf } from './request.ts';

/** Prints what was asked for; a tree of groups when nothing was. */
export async function inventoryCommand(command: CommandOf<'inventory'>): Promise<ExitCode> {
  const { limit, extraVars } = command;
  const name = inventoriesOf(command.inventory);
  if (name === undefined) throw new InputError([{ what: 'tsplay inventory shows an inventory', advice: 'name one with -i' }]);
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  if (command.why !== undefined) {
    process.stdout.write(await placesFor(command.why, command));
    return EXIT.ok;
  }
  if (command.operands.length > 0) throw new InputError([{ what: 'a playbook is looked through for --why', advice: 'add --why NAME' }]);
  const { program, hosts } = await compileInventory(name, process.cwd(), { extraVars, ...(limit !== undefined && { limit }) });
  if (command.host !== undefined) say(JSON.stringify(variablesOf(program, hostNamed(program, command.host)), null, 2));
  else if (command.list) say(JSON.stringify(everything(program, hosts), null, 2));
  else for (const [group, members] of groupsOf(program, hosts)) say([group, ...members.map(host => `  ${host}`)].join('\n'));
  return EXIT.ok;
}

/** With a playbook, its plays and roles are looked through too. */
async function placesFor(name: string, command: CommandOf<'inventory'>): Promise<string> {
  const { limit, extraVars } = command;
  const [playbook] = command.operands;
  const cwd = process.cwd();
  const inventory = inventoriesOf(command.inventory);
  const { sources, hosts } = await compileInventory(inventory, cwd, { extraVars, ...(limit !== undefined && { limit }) });
  if (playbook === undefined) return showPlaces(name, hosts, sources, secretVariables([]));
  const asked = { ...(inventory !== undefined && { inventory }), ...(limit !== undefined && { limit }) };
  const whole = await loadSources({ playbook, extraVars, cwd, ...asked });
  return showPlaces(name, hosts, whole, secretVariables(whole.roles.values()));
}

function everything(program: Program, hosts: readonly string[]): object {
  return {
    groups: Object.fromEntries(groupsOf(program, hosts)),
    hosts: Object.fromEntries(hosts.map(host => [host, variablesOf(program, hostNamed(program, host))])),
  };
}

/** The groups, with those of their members that are asked about. */
function groupsOf(program: Program, hosts: readonly string[]): readonly (readonly [string, readonly string[]])[] {
  const asked = new Set(hosts);
  return Object.entries(program.groups).map(([group, members]) => [group, members.filter(host => asked.has(host))] as const);
}

function hostNamed(program: Program, name: string): HostEntry {
  const entry = Object.hasOwn(program.hosts, name) ? program.hosts[name] : undefined;
  if (entry !== undefined) return entry;
  const advice = didYouMean(name, Object.keys(program.hosts)) ?? 'tsplay inventory shows those there are';
  throw new InputError([{ what: `there is no host "${name}" in ${program.inventory}`, advice }]);
}

/** What a host is told: its own variables, and those of the command line above them. */
function variablesOf(program: Program, entry: HostEntry): Readonly<Record<string, Value>> {
  const scope = inventoryScope(program, entry);
  const names = new Set([...Object.keys(entry.variables), ...Object.keys(program.extra)]);
  return Object.fromEntries(
    [...names].map(variable => {
      const found = scope.lookup(variable);
      return [variable, found.found ? found.value : null];
    }),
  );
}
