// The configurations of ssh that hosts name, each read once.
import { homedir, userInfo } from 'node:os';
import { SshConfig } from '../../session/config/ssh-config.ts';

/** Configurations by their files; those of OpenSSH for undefined. */
export type Configs = (files: readonly string[] | undefined) => SshConfig;

/** Reads each when it is first asked for. */
export function configurations(): Configs {
  const known = new Map<string, SshConfig>();
  const { username: name, uid } = userInfo();
  return files => {
    const key = JSON.stringify(files ?? null);
    const config = known.get(key) ?? new SshConfig({ name, uid, home: homedir() }, files);
    known.set(key, config);
    return config;
  };
}
