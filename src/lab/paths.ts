// Where the lab keeps its files: one state directory with a cache and one directory per lab.
import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { LabError } from './lab-error.ts';

/** The state directory: `/var/lib/tsplay-lab`, or what TSPLAY_LAB_DIR says. */
export function labDir(): string {
  const directory = resolve(process.env['TSPLAY_LAB_DIR'] ?? '/var/lib/tsplay-lab');
  if (/[:,\s\\]/.test(directory)) {
    throw new LabError(
      `TSPLAY_LAB_DIR is ${directory}, overlayfs takes no path with a colon, comma, blank or backslash; choose another directory`,
    );
  }
  return directory;
}

/** What outlives labs: the system of the hosts, packages, archives. May be deleted while no lab is up. */
export function cacheDir(): string {
  return join(labDir(), 'cache');
}

/** Where the stand-in archives are, each with its checksum file beside it. */
export function artifactsDir(): string {
  return join(cacheDir(), 'artifacts');
}

/** Where all labs are. */
export function labsDir(): string {
  return join(labDir(), 'labs');
}

/** Everything of one lab. @throws LabError for an id that could not be part of every name made from it */
export function labDirectory(id: string): string {
  if (!/^[a-z0-9]{1,8}$/.test(id)) throw new LabError(`the lab's id is ${JSON.stringify(id)}, it must be 1 to 8 of a-z and 0-9`);
  return join(labsDir(), id);
}

/** The id of the lab of an inventory: eight characters, the same for the same absolute path. */
export function labId(inventoryPath: string): string {
  const digest = createHash('sha256').update(resolve(inventoryPath)).digest();
  return digest.readBigUInt64BE().toString(36).padStart(8, '0').slice(-8);
}
