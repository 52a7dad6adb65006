// OpenSSH's own ssh-agent with keys of the test's own.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../../support/until.ts';
import type { TestKey } from './keys.ts';

export interface Agent extends AsyncDisposable {
  readonly socket: string;
}

/** Starts an agent that holds the keys in their order. */
export async function startAgent(keys: readonly TestKey[]): Promise<Agent> {
  const directory = mkdtempSync(join(tmpdir(), 'tsplay-test-'));
  const socket = join(directory, 'agent');
  const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
  await until('the agent listens', () => existsSync(socket));
  keys.forEach((key, index) => writeFileSync(join(directory, `key${index}`), key.private, { mode: 0o600 }));
  const files = keys.map((_, index) => join(directory, `key${index}`));
  if (files.length > 0) execFileSync('ssh-add', ['-q', ...files], { env: { ...process.env, SSH_AUTH_SOCK: socket }, stdio: 'ignore' });
  return {
    socket,
    async [Symbol.asyncDispose]() {
      if (agent.exitCode === null) {
        agent.kill();
        await once(agent, 'exit');
      }
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
