// Which key files have to be unlocked before a run: those without which a host has nothing to log in with.
import { readKeyFile, type KeyFile } from './key-file.ts';
import type { ConnectionSpec } from '../types.ts';

/** An encrypted key. */
export interface LockedKey {
  readonly file: string;
  readonly text: string;
}

type Found = Extract<KeyFile, { readonly kind: 'found' }>;

/** Looks at the keys of hosts and of those on the way to them; the agent is asked if there is a locked one. Each file comes once. */
export async function lockedKeys(specs: readonly ConnectionSpec[]): Promise<readonly LockedKey[]> {
  const files = new Map<string, KeyFile>();
  const look = (file: string): Found | undefined => {
    const found = files.get(file) ?? readKeyFile(file);
    files.set(file, found);
    return found.kind === 'found' ? found : undefined;
  };
  const locked = new Map<string, LockedKey>();
  for (const spec of differing(specs.flatMap(withJumps))) {
    // The client of OpenSSH opens its keys itself, or leaves them to the agent.
    if (spec.connection === 'openssh') continue;
    const found = spec.keyFiles.flatMap(file => {
      const key = look(file);
      return key ? [{ file, ...key }] : [];
    });
    const needed = found.filter(({ isLocked }) => isLocked);
    if (needed.length === 0 || found.some(({ text, isLocked }) => text !== undefined && !isLocked)) continue;
    if (await isInAgent(spec, found)) continue;
    for (const { file, text } of needed) if (text !== undefined) locked.set(file, { file, text });
  }
  return [...locked.values()];
}

/** Whether the agent logs in instead: with one of these keys or, where nobody named them, with any. */
async function isInAgent({ agent, identitiesOnly, hasUsualKeys }: ConnectionSpec, found: readonly Found[]): Promise<boolean> {
  if (agent === undefined) return false;
  const { listAgentKeys } = await import('./agent-keys.ts');
  const held = await listAgentKeys(agent).catch(() => []);
  if (hasUsualKeys === true && identitiesOnly !== true && held.length > 0) return true;
  return held.some(key => found.some(({ publicKey }) => publicKey !== undefined && key.getPublicSSH().equals(publicKey)));
}

function withJumps(spec: ConnectionSpec): readonly ConnectionSpec[] {
  return spec.jump === undefined ? [spec] : [spec, ...withJumps(spec.jump)];
}

/** One for all hosts that log in with the same. A host with a password gets in with that. */
function differing(specs: readonly ConnectionSpec[]): readonly ConnectionSpec[] {
  const asking = specs.filter(({ connection, password }) => connection !== 'local' && password === undefined);
  return [...new Map(asking.map(spec => [JSON.stringify([spec.keyFiles, spec.agent, spec.identitiesOnly]), spec])).values()];
}
