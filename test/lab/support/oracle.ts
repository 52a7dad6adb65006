// The oracle: what really changed on a host, seen from outside through its overlay and its own tools, never through tsplay.
import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { labExec } from '../../../src/lab/exec.ts';
import { seedDirectory } from '../../../src/lab/seed.ts';
import type { LabHostState, LabState } from '../../../src/lab/types.ts';

/** A host at one moment: every path that differs from its base system, and what its tools say. */
export interface Snapshot {
  readonly paths: ReadonlyMap<string, string>;
  readonly packages: string;
  readonly accounts: string;
  readonly units: string;
  /** Unit files and whether they start with the host. */
  readonly enabled: string;
  /** `Id` and `MainPID` of loaded services, in blocks. */
  readonly processes: string;
  /** `name value`, of those that were asked for. */
  readonly sysctls: string;
  /** Paths of the packages that came after the host was made, as dpkg has them. */
  readonly owned: ReadonlySet<string>;
}

/** Looks at a host from outside. */
export async function lookAt(state: LabState, host: LabHostState, sysctls: readonly string[] = []): Promise<Snapshot> {
  const ask = async (...argv: readonly string[]): Promise<string> => (await labExec(state, host.name, argv)).stdout;
  const kernel = 'for name; do printf "%s " "$name"; cat "/proc/sys/$(echo "$name" | tr . /)"; done';
  return {
    packages: await ask('dpkg-query', '-W', '-f', '${binary:Package}\\t${Version}\\t${db:Status-Abbrev}\\n'),
    accounts: `${await ask('getent', 'passwd')}${await ask('getent', 'group')}`,
    units: await ask('systemctl', 'list-units', '--type=service', '--state=active', '--no-legend', '--plain'),
    enabled: await ask('systemctl', 'list-unit-files', '--no-legend', '--plain'),
    processes: await ask('systemctl', 'show', '-p', 'Id', '-p', 'MainPID', '*.service'),
    sysctls: sysctls.length === 0 ? '' : await ask('sh', '-c', kernel, 'sh', ...sysctls),
    paths: overlayPaths(host.upper, [seedDirectory(host), state.root]),
    owned: ownedPaths(host.upper),
  };
}

/** Paths that two moments disagree on, with what was and what is. */
export function differingPaths(before: Snapshot, after: Snapshot): readonly string[] {
  const names = new Set([...before.paths.keys(), ...after.paths.keys()]);
  return [...names].filter(name => before.paths.get(name) !== after.paths.get(name)).sort();
}

/** Everything in the overlay that is not just a copy of what lies below it. */
function overlayPaths(upper: string, lowers: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const name of namesBelow(upper)) {
    const here = signature(join(upper, name));
    const below = lowers.map(lower => signature(join(lower, name))).find(text => text !== undefined);
    if (here !== undefined && here !== below) found.set(`/${name}`, here);
  }
  return found;
}

/** Every path below a directory. Links are not followed: on a host they lead elsewhere than here. */
function namesBelow(directory: string, above = ''): readonly string[] {
  return listed(directory).flatMap(entry => {
    const name = `${above}${entry.name}`;
    return entry.isDirectory() ? [name, ...namesBelow(join(directory, entry.name), `${name}/`)] : [name];
  });
}

/** The host goes on meanwhile: what is gone between two looks was not there. */
function listed(directory: string) {
  return unlessGone(() => readdirSync(directory, { withFileTypes: true })) ?? [];
}

function unlessGone<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function signature(path: string): string | undefined {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  const kind = unlessGone(() => kindOf(stat, path));
  const owner = `${stat.uid}:${stat.gid}`;
  const mode = (stat.mode & 0o7777).toString(8);
  return kind === undefined ? undefined : `${kind} ${owner} ${stat.isSymbolicLink() ? '' : mode}`;
}

function kindOf(stat: Stats, path: string): string {
  if (stat.isDirectory()) return 'directory';
  if (stat.isSymbolicLink()) return `link ${readlinkSync(path)}`;
  if (stat.isFile()) return `file ${digestOf(stat, path)}`;
  // An overlay marks what was removed by a character device 0/0.
  return stat.isCharacterDevice() && stat.rdev === 0 ? 'removed' : 'other';
}

/** Digests of files that were looked at before and have not been written since. */
const digests = new Map<string, string>();

function digestOf(stat: Stats, path: string): string {
  const version = [stat.dev, stat.ino, stat.size, stat.mtimeMs, stat.ctimeMs].join(' ');
  const digest = digests.get(version) ?? createHash('sha256').update(readFileSync(path)).digest('hex');
  digests.set(version, digest);
  return digest;
}

/** dpkg lists a package's paths in a file; those that came later lie in the overlay. `/lib` is `/usr/lib` there. */
function ownedPaths(upper: string): ReadonlySet<string> {
  const folder = join(upper, 'var/lib/dpkg/info');
  const lists = listed(folder).filter(entry => entry.isFile() && entry.name.endsWith('.list'));
  const paths = lists.flatMap(entry => (unlessGone(() => readFileSync(join(folder, entry.name), 'utf8')) ?? '').split('\n'));
  return new Set(paths.map(path => (/^\/(bin|sbin|lib)(\/|$)/.test(path) ? `/usr${path}` : path)));
}
