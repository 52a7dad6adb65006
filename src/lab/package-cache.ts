// Downloaded packages survive their host: harvested into the cache, and laid out for the next host as hard links.
//
// No proxy: a daemon would have to outlive labs, hold a port on the bridge, and could not cache https. apt itself checks size and hash of what
// lies in its archives directory before it believes it, and each host has a directory and a lock of its own. The links lie in a read-only layer
// of the overlay, so a host that writes to one writes to its own copy.
import { copyFile, link, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDir } from './paths.ts';

/** A package is fetched anew after this time, so that versions nobody installs any more do not pile up. */
const KEPT_MS = 30 * 24 * 3600 * 1000;

const ARCHIVES = 'var/cache/apt/archives';

function packagesDir(): string {
  return join(cacheDir(), 'packages');
}

/** Lays the cached packages out in a directory that becomes a layer of a host. */
export async function offerPackages(layer: string): Promise<void> {
  const target = join(layer, ARCHIVES);
  await mkdir(target, { recursive: true });
  const files = await readdir(packagesDir()).catch(() => []);
  for (const file of files.filter(isPackage)) await link(join(packagesDir(), file), join(target, file));
}

/** Takes the packages a host has downloaded into the cache. Only for a host that is off. */
export async function harvestPackages(upper: string): Promise<void> {
  const source = join(upper, ARCHIVES);
  const files = (await readdir(source, { withFileTypes: true }).catch(() => [])).filter(file => file.isFile() && isPackage(file.name));
  if (files.length === 0) return;
  await mkdir(packagesDir(), { recursive: true });
  await removeOldPackages();
  const known = new Set(await readdir(packagesDir()));
  for (const { name } of files.filter(file => !known.has(file.name))) {
    // Copied, then renamed: a link would let the host change the cached file when it is on again.
    const part = join(packagesDir(), `${name}.${process.pid}.part`);
    await copyFile(join(source, name), part);
    await rename(part, join(packagesDir(), name)).catch(() => rm(part, { force: true }));
  }
}

async function removeOldPackages(): Promise<void> {
  for (const file of await readdir(packagesDir())) {
    const path = join(packagesDir(), file);
    // Another lab may be doing the same; what is gone is gone.
    const made = await stat(path).then(
      found => found.mtimeMs,
      () => Date.now(),
    );
    if (Date.now() - made > KEPT_MS) await rm(path, { force: true });
  }
}

function isPackage(file: string): boolean {
  return file.endsWith('.deb');
}
