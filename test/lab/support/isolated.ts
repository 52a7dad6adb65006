// Runs the program in a network of its own that leads nowhere: what it is told to do there can reach no real host.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../../src/lab/command.ts';
import { NETNS_DIRECTORY } from '../../../src/lab/in-netns.ts';
import type { LabState } from '../../../src/lab/types.ts';
import type { Event } from '../../../src/report/events.ts';
import { eventsOf } from '../../cli/support/events.ts';
import { MAIN } from '../../cli/support/program.ts';
import { projectRoot } from '../../support/project-root.ts';
import { newKey } from '../../session/support/keys.ts';

/** A network namespace, entered or made for one command, and what makes it ready. */
export interface Island {
  readonly enter: readonly string[];
  readonly prepare: string;
}

/** How a run in there ended. */
export interface IslandRun {
  readonly exitCode: number | null;
  readonly events: readonly Event[];
  readonly stderr: string;
  readonly seconds: number;
}

/** What the guard ends with, before anything of tsplay has started. */
export const REFUSED = 97;

/**
 * Nothing is run in the machine's own network, nor in one with a way out: the addresses of an inventory for production are somebody's.
 * Words: the machine's own namespace, shell text that prepares the island, the command.
 */
const GUARD = `
machine=$1 prepare=$2
shift 2
[ "$(readlink /proc/self/ns/net)" != "$machine" ] || { echo "this is the machine's own network" >&2; exit ${REFUSED}; }
eval "$prepare" || exit ${REFUSED}
[ -z "$(ip -4 route show default)$(ip -6 route show default)" ] || { echo 'there is a way out of this network' >&2; exit ${REFUSED}; }
exec "$@"
`;

/** The island of a lab that was brought up in a namespace of its own. Its way out, which the lab's hosts use for packages, is closed first. */
export async function islandOf({ netns }: LabState): Promise<Island> {
  if (netns === undefined) throw new Error('the lab lives in the network of this machine, bring it up with { netns: true }');
  await run(['ip', '-netns', netns, 'route', 'delete', 'default']);
  return { enter: ['nsenter', `--net=${join(NETNS_DIRECTORY, netns)}`, '--'], prepare: '' };
}

/** The machine itself, and an interface that leads to its other end, and that end nowhere. */
const WIRE =
  'ip link set lo up && ip link add nobody type veth peer name nowhere && ip link set nowhere up && ip address add 192.168.11.1/24 dev nobody';

/** Islands on which nobody lives at the documented addresses. Each is gone with its command. */
export const DESERTED = {
  /** Nobody says that they are there: hosts that are off. */
  off: { enter: ['unshare', '--net', '--'], prepare: `${WIRE} && ip link set nobody up` },
  /** What is sent is lost: a firewall, a cut cable. */
  silent: { enter: ['unshare', '--net', '--'], prepare: `${WIRE} && ip link set nobody arp off up` },
  /** One with a way out. */
  open: { enter: ['unshare', '--net', '--'], prepare: `${WIRE} && ip link set nobody up && ip route add default dev nobody` },
} as const satisfies Readonly<Record<string, Island>>;

/** The home of a person who runs playbooks: a key, and the hosts that are known. Without a lab the key opens nothing. */
export function writeHome(home: string, lab?: LabState): void {
  const folder = join(home, '.ssh');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const key = join(folder, 'id_ed25519');
  if (lab === undefined) writeFileSync(key, newKey().private, { mode: 0o600 });
  else {
    copyFileSync(lab.privateKey, key);
    copyFileSync(lab.knownHosts, join(folder, 'known_hosts'));
  }
}

/** Runs `tsplay` with these words on an island, as the person whose home that is. */
export async function runOnIsland(island: Island, home: string, words: readonly string[], signal: AbortSignal): Promise<IslandRun> {
  const machine = (await run(['readlink', '/proc/self/ns/net'])).trim();
  const guarded = ['sh', '-c', GUARD, 'island', machine, island.prepare, process.execPath, MAIN, ...words, '--output', 'json'];
  const [file = '', ...args] = [...island.enter, ...guarded];
  const { PATH = '' } = process.env;
  const started = performance.now();
  const options = { cwd: projectRoot(), env: { PATH, HOME: home }, signal, killSignal: 'SIGKILL' } as const;
  const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
  const [exitCode] = (await once(child, 'close')) as [number | null];
  const events = said.stdout === '' ? [] : eventsOf(said.stdout);
  return { exitCode, events, stderr: said.stderr, seconds: (performance.now() - started) / 1000 };
}
