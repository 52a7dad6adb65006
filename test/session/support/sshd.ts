// OpenSSH's own sshd on loopback, as whoever runs the tests, with keys of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { ConnectionSpec } from '../../../src/session/types.ts';
import { freePort } from '../../support/free-port.ts';
import { sshdAnswers } from '../../support/sshd-answers.ts';
import { newKey } from './keys.ts';

const SSHD = '/usr/sbin/sshd';

/** Whether it is installed. */
export const hasSshd = (): boolean => existsSync(SSHD);

/** A running sshd: `key` is let in, `known_hosts` knows it. */
export interface Sshd extends AsyncDisposable {
  readonly port: number;
  /** A private directory, removed with it. */
  readonly directory: string;
  readonly spec: (changes?: Partial<ConnectionSpec>) => ConnectionSpec;
}

/** Starts one on a free port. `settings` come before the usual ones, and count more; `prepare` fills its directory with what they name. */
export async function startSshd(
  settings: (directory: string) => readonly string[] = () => [],
  prepare: (directory: string) => unknown = () => undefined,
): Promise<Sshd> {
  const directory = mkdtempSync(join(tmpdir(), 'tsplay-test-'));
  const host = newKey();
  const login = newKey();
  const port = await freePort();
  const files = {
    host_key: host.private,
    'host_key.pub': `${host.line}\n`,
    key: login.private,
    'key.pub': `${login.line}\n`,
    authorized_keys: login.line,
    known_hosts: `[127.0.0.1]:${port} ${host.line}\n`,
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, name), content, { mode: 0o600 });
  prepare(directory);
  const lines = [
    ...settings(directory),
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${directory}/host_key`,
    `AuthorizedKeysFile ${directory}/authorized_keys`,
    `PidFile ${directory}/pid`,
    'StrictModes no',
    'UsePAM no',
  ];
  writeFileSync(join(directory, 'sshd_config'), `${lines.join('\n')}\n`);
  if (userInfo().uid === 0) mkdirSync('/run/sshd', { recursive: true });
  const sshd = spawn(SSHD, ['-D', '-e', '-f', join(directory, 'sshd_config')], { stdio: 'ignore' });
  const dispose = async (): Promise<void> => {
    if (sshd.exitCode === null) {
      sshd.kill();
      await once(sshd, 'exit');
    }
    rmSync(directory, { recursive: true, force: true });
  };
  await sshdAnswers(port).catch(async (error: unknown) => {
    await dispose();
    throw error;
  });
  return {
    port,
    directory,
    spec: changes => ({
      host: 'real',
      connection: 'ssh2',
      address: '127.0.0.1',
      port,
      user: userInfo().username,
      keyFiles: [join(directory, 'key')],
      knownHosts: [join(directory, 'known_hosts')],
      hostKeyPolicy: 'strict',
      timeout: 10_000,
      ...changes,
    }),
    [Symbol.asyncDispose]: dispose,
  };
}
