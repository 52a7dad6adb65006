// Where this user keeps on the controller what cannot be had again.
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** `$XDG_STATE_HOME/tsplay`, or `~/.local/state/tsplay`. Nobody has made it yet. */
export function stateDirectory(): string {
  const state = process.env['XDG_STATE_HOME'] ?? '';
  return join(isAbsolute(state) ? state : join(homedir(), '.local', 'state'), 'tsplay');
}
