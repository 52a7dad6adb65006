// Whether the machine forwards packets: switched on for the first lab, put back after the last.
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { labDir, labsDir } from './paths.ts';

const SWITCH = '/proc/sys/net/ipv4/ip_forward';

function noteFile(): string {
  return join(labDir(), 'ip_forward.before');
}

/** Switches forwarding on, noting first that it was off. Call it under the network lock. */
export async function enableForwarding(): Promise<void> {
  if ((await readFile(SWITCH, 'utf8')).trim() !== '0') return;
  await writeFile(noteFile(), '0\n');
  await writeFile(SWITCH, '1\n');
}

/** Switches forwarding off again if a lab had switched it on and none is left. Call it under the network lock. */
export async function restoreForwarding(): Promise<void> {
  if ((await readdir(labsDir()).catch(() => [])).length > 0) return;
  const before = await readFile(noteFile(), 'utf8').catch(() => undefined);
  if (before === undefined) return;
  await writeFile(SWITCH, before);
  await rm(noteFile(), { force: true });
}
