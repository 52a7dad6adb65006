// How the hosts of a test's lab are reached: as ever, or as TSPLAY_TEST_WAY says, by the client of OpenSSH or through two hosts on the way.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../../src/lab/command.ts';
import type { LabState } from '../../../src/lab/types.ts';
import { labUp } from '../../../src/lab/up.ts';
import type { Event } from '../../../src/report/events.ts';

/** The ways there are, and what is said of each. */
export const WAYS = {
  openssh: 'by the client of OpenSSH',
  'two-hop': 'through two hosts on the way, the direct one closed',
} as const;
export type Way = keyof typeof WAYS;

/** The way that this process was told. @throws Error when there is none of that name */
function wayOfThisProcess(): Way | undefined {
  const name = process.env['TSPLAY_TEST_WAY'];
  if (name === undefined || name === '') return undefined;
  const way = (Object.keys(WAYS) as Way[]).find(candidate => candidate === name);
  if (way === undefined) throw new Error(`TSPLAY_TEST_WAY is ${name}, it can be ${Object.keys(WAYS).join(' or ')}`);
  return way;
}

/** Has the hosts of a lab that is up reached that way from now on; what the test is shown of the lab stays as it was. */
export async function takeWay(state: LabState, inventory: string): Promise<void> {
  const way = wayOfThisProcess();
  if (way === undefined) return;
  const variables = way === 'openssh' ? { connection: 'openssh' } : { ssh_jump: await putBetween(state) };
  const file = join(inventory, 'group_vars', 'all.yml');
  const text = readFileSync(file, 'utf8');
  const lines = Object.entries(variables).map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`);
  const isJson = text.startsWith('{');
  writeFileSync(file, isJson ? JSON.stringify({ ...(JSON.parse(text) as object), ...variables }) : `${text.trimEnd()}\n${lines.join('')}`);
}

/**
 * What a run told of, but for the way that it was told to go. One that went another way has shown nothing: by the client of OpenSSH it says so,
 * and the direct way to hosts behind others is closed.
 */
export function withoutWay(events: readonly Event[]): readonly Event[] {
  if (wayOfThisProcess() !== 'openssh') return events;
  const others = events.filter(event => !(event.kind === 'note' && event.text.endsWith('by the client of OpenSSH: connection: openssh')));
  assert.notEqual(others.length, events.length, 'the run says that it went by the client of OpenSSH');
  return others;
}

/** Two more hosts, and no way past them. @returns what `ssh_jump` says of them */
async function putBetween({ id, user, label, hosts }: LabState): Promise<string> {
  const [first] = hosts;
  if (first === undefined) throw new Error('the lab has no hosts');
  const net = first.address.replace(/\d+$/, '');
  const [outer, inner] = [
    { name: 'way-outer', address: `${net}241`, prefix: first.prefix },
    { name: 'way-inner', address: `${net}242`, prefix: first.prefix },
  ] as const;
  const known = hosts.map(({ name, address, prefix }) => ({ name, address, prefix }));
  const state = await labUp({ id, hosts: [...known, outer, inner], user, ...(label !== undefined && { label }) }, () => undefined);
  for (const { name, pid } of state.hosts)
    if (name !== outer.name && pid !== undefined) await closeBut(pid, name === inner.name ? outer.address : inner.address);
  return [outer, inner].map(({ address }) => `${user}@${address}`).join(',');
}

/** Has the host of that process 1 let nobody log in that comes from elsewhere. */
async function closeBut(pid: number, address: string): Promise<void> {
  const rules = `table ip way { chain input { type filter hook input priority 0; ip saddr != { ${address}, 127.0.0.0/8 } tcp dport 22 reject with tcp reset; }; }\n`;
  await run(['nsenter', `--net=/proc/${pid}/ns/net`, 'nft', '-f', '-'], { input: rules });
}
