// `tsplay lab`: the hosts of an inventory as real machines on this one.
import { spawn } from 'node:child_process';
import { EXIT, InputError, type ExitCode } from '../../errors/errors.ts';
import { buildArtifacts } from '../../lab/artifacts/build.ts';
import { labDown } from '../../lab/down.ts';
import { labId } from '../../lab/paths.ts';
import { labSshArgs } from '../../lab/ssh-args.ts';
import { labStatus } from '../../lab/status.ts';
import type { LabState } from '../../lab/types.ts';
import { labUp } from '../../lab/up.ts';
import type { Program } from '../../program/types.ts';
import { connectionsOf } from '../../schedule/hosts/connections.ts';
import { labArchives } from '../lab-archives.ts';
import { LAB_USER } from '../lab-variables.ts';

/** Takes a line a person reads. */
export type Say = (line: string) => void;

/** Brings up the hosts that a Program names and builds the archives it wants. @throws LabError; InputError without an inventory of files */
export async function bringLabUp(program: Program, inventoryPath: string | undefined, say: Say, signal: AbortSignal): Promise<LabState> {
  const path = requirePath(inventoryPath);
  const connectionOf = connectionsOf(program, {});
  const hosts = hostsToStart(program).map(name => ({ name, address: connectionOf(name).spec.address }));
  const archives = labArchives(program);
  if (archives.length > 0) await buildArtifacts(archives, say);
  return labUp({ id: labId(path), hosts, user: LAB_USER, label: program.inventory }, say, { signal });
}

/** Takes a lab down. Nothing of it is left. */
export async function takeLabDown(inventoryPath: string | undefined, say: Say): Promise<ExitCode> {
  await labDown(labId(requirePath(inventoryPath)), say);
  return EXIT.ok;
}

/** Says which hosts there are and whether they answer. */
export async function showLab(inventoryPath: string | undefined, say: Say): Promise<ExitCode> {
  const state = await labStatus(labId(requirePath(inventoryPath)));
  if (state === undefined) {
    say('the lab is not up; start it with tsplay lab up');
    return EXIT.ok;
  }
  for (const host of state.hosts)
    say(`${host.name.padEnd(16)} ${host.address.padEnd(16)} ${host.ready ? 'ready' : host.pid === undefined ? 'off' : 'starting'}`);
  return EXIT.ok;
}

/** Logs in to a host of the lab with the system's own client. */
export async function logIntoLab(inventoryPath: string | undefined, host: string, command: readonly string[]): Promise<ExitCode> {
  const state = await labStatus(labId(requirePath(inventoryPath)));
  if (state === undefined) throw new InputError([{ what: 'the lab is not up', advice: 'start it with tsplay lab up' }]);
  const [program = 'ssh', ...args] = [...labSshArgs(state, host), ...command];
  const child = spawn(program, args, { stdio: 'inherit' });
  const status = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', code => resolve(code ?? 1));
  });
  return status === 0 ? EXIT.ok : EXIT.failed;
}

/** The hosts that the plays need; of an inventory alone, all. */
function hostsToStart(program: Program): readonly string[] {
  return program.plays.length > 0 ? [...new Set(program.plays.flatMap(play => play.hosts))] : Object.keys(program.hosts);
}

function requirePath(path: string | undefined): string {
  if (path !== undefined) return path;
  throw new InputError([{ what: 'a lab belongs to an inventory of files', got: 'a list of hosts', advice: 'name the inventory: -i lab' }]);
}
