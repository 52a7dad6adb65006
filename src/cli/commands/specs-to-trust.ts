// Whose keys are asked for: hosts of an inventory by a pattern, or one that is only on the way to them.
import type { ConnectionChoices } from '../../schedule/hosts/connection-choices.ts';
import { connectionsOf } from '../../schedule/hosts/connections.ts';
import type { ConnectionSpec } from '../../session/types.ts';
import type { CommandOf } from '../arguments/command.ts';
import { compileInventory } from '../compile-request.ts';
import { passphraseAsker } from '../passphrases.ts';
import { inventoriesOf } from './request.ts';

/** Hosts that are reached by SSH. A host on the way is known by the name that it has there. @throws InputError */
export async function specsToTrust(command: CommandOf<'hosts trust'>): Promise<readonly ConnectionSpec[]> {
  const { extraVars, user, privateKey } = command;
  const [pattern = ''] = command.operands;
  const named = inventoriesOf(command.inventory);
  const inventory = named ?? `${pattern},`;
  const { program } = await compileInventory(inventory, process.cwd(), { extraVars });
  const choices: ConnectionChoices = {
    ...(user !== undefined && { user }),
    ...(privateKey !== undefined && { privateKey }),
    ...(named !== undefined && { inventories: [named].flat() }),
  };
  const isThere = Object.hasOwn(program.hosts, pattern) || Object.hasOwn(program.groups, pattern);
  const find = async (given: ConnectionChoices): Promise<readonly ConnectionSpec[]> => {
    const connectionOf = connectionsOf(program, given);
    const specs = (hosts: readonly string[]): readonly ConnectionSpec[] => hosts.map(host => connectionOf(host).spec);
    const onTheWay = isThere ? [] : specs(Object.keys(program.hosts)).flatMap(jumpsOf);
    const hop = onTheWay.find(({ host }) => host === pattern);
    if (hop) return [hop];
    const limit = named === undefined ? 'all' : pattern;
    const { hosts } = await compileInventory(inventory, process.cwd(), { extraVars, limit, noun: 'pattern' });
    return specs(hosts).filter(({ connection }) => connection !== 'local');
  };
  const specs = await find(choices);
  // Only hosts on the way are logged in to.
  const passphrases = await passphraseAsker()(specs.flatMap(jumpsOf));
  return passphrases.size === 0 ? specs : find({ ...choices, passphrases });
}

function jumpsOf({ jump }: ConnectionSpec): readonly ConnectionSpec[] {
  return jump === undefined ? [] : [jump, ...jumpsOf(jump)];
}
