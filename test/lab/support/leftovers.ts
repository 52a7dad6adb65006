// What a check left on a host, seen from outside: every path of the overlay and of the file systems in memory, and every process.
import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync, type BigIntStats } from 'node:fs';
import { join } from 'node:path';
import { leaderOf } from '../../../src/lab/leader.ts';
import type { LabHostState, LabState } from '../../../src/lab/types.ts';

/** A host at one moment, in every detail that a change would leave. */
export interface Trace {
  /** Kind, mode, owner, times to the nanosecond and content, by path. */
  readonly paths: ReadonlyMap<string, string>;
  /** The command lines, by what names a process for good. */
  readonly processes: ReadonlyMap<string, string>;
}

/** Directories that are in memory on a host: they are not in its overlay. */
const IN_MEMORY = ['run', 'tmp', 'dev/shm'] as const;

/** What a login leaves by itself, whoever logs in and whatever for; nothing of a module's. */
const NOISE: readonly RegExp[] = [
  // The journal, the records of logins, and the greeting that each login writes.
  /^\/var\/log\/(journal(\/|$)|wtmp|lastlog|btmp)/,
  /^\/run\/(log|utmp|motd\.dynamic)(\/|$)/,
  // sudo notes when it was used, and systemd its clock.
  /^\/run\/sudo(\/|$)/,
  /^\/var\/lib\/sudo(\/|$)/,
  /^\/var\/lib\/systemd\/timesync(\/|$)/,
  // Sessions and the directory of a user who is logged in.
  /^\/run\/(user|systemd\/(sessions|users|transient|units|journal|propagate))(\/|$)/,
];

/** Processes of a login that is about to end, and of the system itself. */
const NOISY_PROCESSES: readonly RegExp[] = [
  /^sshd: /,
  /^\S*systemd --user/,
  /^\(sd-pam\)/,
  /^\S*systemd-(journald|hostnamed|timedated|logind)/,
];

/** Looks at a host. Nothing runs on it for that. @throws Error when it is off */
export async function traceOf(state: LabState, host: LabHostState): Promise<Trace> {
  const leader = await leaderOf(state.id, host.index);
  if (leader === undefined) throw new Error(`${host.name} is off`);
  const root = `/proc/${leader.pid}/root`;
  const paths = new Map<string, string>();
  note(host.upper, '', paths);
  for (const name of IN_MEMORY) note(join(root, name), `/${name}`, paths);
  return { paths, processes: processesBeside(leader.pid) };
}

/** What is there now, gone or otherwise; noise left out. */
export function leftovers(before: Trace, after: Trace): readonly string[] {
  const names = [...new Set([...before.paths.keys(), ...after.paths.keys()])].filter(name => !NOISE.some(noise => noise.test(name)));
  const paths = names
    .filter(name => before.paths.get(name) !== after.paths.get(name))
    .map(name => `${name}: ${before.paths.get(name) ?? 'absent'} → ${after.paths.get(name) ?? 'absent'}`);
  const isNew = ([id, line]: readonly [string, string]): boolean =>
    !before.processes.has(id) && !NOISY_PROCESSES.some(noise => noise.test(line));
  return [...paths.sort(), ...[...after.processes].filter(isNew).map(([, line]) => `a process is left: ${line}`)];
}

function note(directory: string, name: string, into: Map<string, string>): void {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    const shown = `${name}/${entry.name}`;
    if (NOISE.some(noise => noise.test(shown))) continue;
    const found = signature(path);
    if (found === undefined) continue;
    into.set(shown, found);
    if (entry.isDirectory()) note(path, shown, into);
  }
}

function signature(path: string): string | undefined {
  const stat = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  return `${stat.mode.toString(8)} ${stat.uid}:${stat.gid} ${stat.mtimeNs} ${stat.ctimeNs} ${contentOf(path, stat)}`;
}

function contentOf(path: string, stat: BigIntStats): string {
  if (stat.isSymbolicLink()) return readlinkSync(path);
  return stat.isFile() ? createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 16) : '';
}

/** Every process of the namespace that this one is in. */
function processesBeside(leader: number): ReadonlyMap<string, string> {
  const namespace = (pid: number | string): string | undefined => unlessGone(() => readlinkSync(`/proc/${pid}/ns/pid`));
  const here = namespace(leader);
  const found = new Map<string, string>();
  for (const pid of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
    if (namespace(pid) !== here) continue;
    const stat = unlessGone(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
    const line = unlessGone(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8'))
      ?.replaceAll('\0', ' ')
      .trim();
    // A zombie has no command line any more, and is about to be gone.
    if (stat !== undefined && line !== undefined && line !== '')
      found.set(`${pid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''}`, line);
  }
  return found;
}

/** A process may end while it is looked at. */
function unlessGone<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
