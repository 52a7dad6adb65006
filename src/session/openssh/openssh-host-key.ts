// The key of a host that the client of OpenSSH refused, whole: it tells its fingerprint only, and who is to add it needs all of it.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fingerprint } from '../host-keys/host-key.ts';
import { CLIENT, clientConfig, masterArguments, noticingArguments } from './openssh-arguments.ts';
import { startMaster } from './openssh-master.ts';
import type { ConnectionSpec } from '../types.ts';
import { unlessAborted, within } from '../wait.ts';

/** Asks the host for it once more, without logging in. Undefined where another key is shown this time. @throws the signal's reason */
export async function readShownKey(
  spec: ConnectionSpec,
  shown: { readonly type: string; readonly fingerprint: string } | undefined,
  over: string | undefined,
  signal: AbortSignal | undefined,
): Promise<Buffer | undefined> {
  if (shown === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'tsplay-'));
  const file = join(folder, 'keys');
  const master = startMaster(clientConfig(spec), undefined, place => [
    CLIENT,
    ...noticingArguments(shown.type, file),
    ...masterArguments({ ...spec, password: undefined }, place, over),
  ]);
  try {
    await unlessAborted(within(Promise.race([master.over, master.ready]), spec.timeout), signal);
    return keysIn(file).find(key => fingerprint(key) === shown.fingerprint);
  } finally {
    await master.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

function keysIn(file: string): readonly Buffer[] {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return text.split('\n').map(line => Buffer.from(line.split(' ')[2] ?? '', 'base64'));
}
