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
}

/** Looks at a host from outside. */
export async function lookAt(state: LabState, host: LabHostState): Promise<Snapshot> {
  const ask = async (...argv: readonly string[]): Promise<string> => (await labExec(state, host.name, argv)).stdout;
  return {
    paths: overlayPaths(host.upper, [seedDirectory(host), state.root]),
    packages: await ask('dpkg-query', '-W'),
    accounts: `${await ask('getent', 'passwd')}${await ask('getent', 'group')}`,
    units: await ask('systemctl', 'list-units', '--type=service', '--state=active', '--no-legend', '--plain'),
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
  return readdirSync(directory, { withFileTypes: true }).flatMap(entry => {
    const name = `${above}${entry.name}`;
    return entry.isDirectory() ? [name, ...namesBelow(join(directory, entry.name), `${name}/`)] : [name];
  });
}

function signature(path: string): string | undefined {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  const owner = `${stat.uid}:${stat.gid}`;
  const mode = (stat.mode & 0o7777).toString(8);
  return `${kindOf(stat, path)} ${owner} ${stat.isSymbolicLink() ? '' : mode}`;
}

function kindOf(stat: Stats, path: string): string {
  if (stat.isDirectory()) return 'directory';
  if (stat.isSymbolicLink()) return `link ${readlinkSync(path)}`;
  if (stat.isFile()) return `file ${createHash('sha256').update(readFileSync(path)).digest('hex')}`;
  // An overlay marks what was removed by a character device 0/0.
  return stat.isCharacterDevice() && stat.rdev === 0 ? 'removed' : 'other';
}
