// The connections of a run, with the passphrases that its keys need.
import type { Program } from '../program/types.ts';
import { connectionsOf, type HostConnection } from '../schedule/hosts/connections.ts';
import type { RunRequest } from './compile-request.ts';
import type { Unlock } from './passphrases.ts';

/** Whoever unlocks is asked when everything that can be wrong without has been said. @throws InputError */
export async function unlockedConnections(
  program: Program,
  { connection, inventory }: Pick<RunRequest, 'connection' | 'inventory'>,
  unlock: Unlock | undefined,
): Promise<(host: string) => HostConnection> {
  const choices = { ...connection, ...(inventory !== undefined && { inventories: [inventory].flat() }) };
  const connectionOf = connectionsOf(program, choices);
  const hosts = [...new Set(program.plays.flatMap(play => play.hosts))];
  const passphrases = await unlock?.(hosts.map(host => connectionOf(host).spec));
  return passphrases === undefined || passphrases.size === 0 ? connectionOf : connectionsOf(program, { ...choices, passphrases });
}
