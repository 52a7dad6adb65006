// The brokers of a lab, seen from outside: where they listen, which process serves, how often a unit was started.
import { labExec } from '../../../src/lab/exec.ts';
import type { LabState } from '../../../src/lab/types.ts';
import type { LabRun } from './lab-inventory.ts';
import { findController } from './kafka-client.ts';
import type { BrokerAddress } from './kafka-metadata.ts';

/** Where the role has brokers listen unless told otherwise. */
const PORT = 19092;
/** systemd's own name for "a unit is being started", the same in every language: SD_MESSAGE_UNIT_STARTING. */
const STARTING = '7d4958e842da4a758f6c1cdc7b36dcc5';

/** Where the brokers listen, in the order of the inventory. */
export function brokersOf({ hosts }: LabState): readonly BrokerAddress[] {
  return hosts.map(({ address }) => ({ address, port: PORT }));
}

/** Runs shell text on a host from outside. @returns what it printed, trimmed */
export async function askHost(state: LabState, host: string, script: string): Promise<string> {
  return (await labExec(state, host, ['bash', '-c', script])).stdout.trim();
}

/** What a script prints, by host. */
export async function askHosts(state: LabState, script: string): Promise<Readonly<Record<string, string>>> {
  const said = state.hosts.map(async ({ name }) => [name, await askHost(state, name, script)] as const);
  return Object.fromEntries(await Promise.all(said));
}

/** The main process of a unit, by host; 0 where it does not run. */
export function mainPids(state: LabState, unit = 'kafka.service'): Promise<Readonly<Record<string, string>>> {
  return askHosts(state, `systemctl show -P MainPID ${unit}`);
}

/** How often systemd has begun to start a unit since the host was booted, by host: what the journal says, not what tsplay does. */
export async function startsOf(state: LabState, unit = 'kafka.service'): Promise<Readonly<Record<string, number>>> {
  const lines = await askHosts(state, `journalctl -b -q -o cat UNIT=${unit} MESSAGE_ID=${STARTING} | wc -l`);
  return Object.fromEntries(Object.entries(lines).map(([host, count]) => [host, Number(count)]));
}

/** The host whose broker is the controller. Brokers are numbered from 0 in the order of the inventory. */
export async function controllerHost(state: LabState): Promise<string> {
  const id = await findController(brokersOf(state));
  const host = state.hosts[id];
  if (host === undefined) throw new Error(`broker ${id} is the controller, and no host of the lab has it`);
  return host.name;
}

/** Hosts in the order in which a run restarted what runs there; of one task only when it is named. */
export function restartsOf(run: LabRun, module: string): readonly string[] {
  return run.events.flatMap(event =>
    event.kind === 'change' && event.change.attribute === 'started with' && event.task.module === module ? [event.host] : [],
  );
}
