// A host that is this machine in a mount namespace of its own: what is mounted, filled or broken there nobody else sees, and it is gone with it.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { localHosts, type Project } from '../../cli/support/project.ts';
import type { Scene } from './day.ts';

/** A host in its own mount namespace, which the program reaches as `n1`. */
export interface HostApart extends Scene {
  /** Runs sh on the host as root, without tsplay, and gives what it printed. @throws Error with its words when it fails */
  sh(script: string): string;
  /** Whether sh ends well. */
  holds(script: string): boolean;
  /** A path of the host as this process sees it. */
  see(path: string): string;
}

export interface HostOptions {
  /** The environment of its shells, beside PATH and HOME. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What of its processes enters: `--root` where the host has a root of its own. */
  readonly enter?: readonly string[];
  /** What keeps it alive, in place of a `sleep` of this machine. */
  readonly keeper?: string;
}

/** Every host has these to itself, empty: where runs leave things, and `/srv` for what is played on it. */
const OWN = ['/run', '/dev/shm', '/tmp', '/var/tmp', '/srv', '/var/lib', '/root'];

/** Why this machine can have no host apart. */
export function lacksHosts(): string | undefined {
  if (process.getuid?.() !== 0) return 'only root can mount';
  if (spawnSync('unshare', ['-m', '--propagation', 'private', 'mount', '-t', 'tmpfs', 'tmpfs', '/srv']).status !== 0)
    return 'no mount namespace can be made here';
  return undefined;
}

/** Starts a host. @param script makes it what it is, as root in its namespace */
export async function startHost(project: Project, script = '', options: HostOptions = {}): Promise<HostApart> {
  const mounts = OWN.map(path => `mount -t tmpfs -o mode=1777 tmpfs ${path}`).join(' && ');
  const keeper = spawn(
    'unshare',
    [
      '-m',
      '--propagation',
      'private',
      'sh',
      '-ec',
      `exec 3>&1 >&2\n${mounts}\n${script}\necho ready >&3\n${options.keeper ?? 'exec sleep 100000 3>&-'}`,
    ],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let words = '';
  keeper.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()));
  const isReady = await Promise.race([once(keeper.stdout, 'data').then(() => true), once(keeper, 'exit').then(() => false)]);
  if (!isReady) throw new Error(`the host could not be made: ${words}`);
  return new Running(project, keeper, options);
}

class Running implements HostApart {
  readonly inventory = localHosts('n1');
  readonly environment: Readonly<Record<string, string>>;
  readonly #keeper: ReturnType<typeof spawn>;
  readonly #enter: readonly string[];

  constructor(project: Project, keeper: ReturnType<typeof spawn>, { environment = {}, enter = [] }: HostOptions) {
    this.#keeper = keeper;
    const variables = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root', ...environment };
    const given = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
    this.#enter = ['-i', ...given, 'nsenter', '-t', String(keeper.pid), '-m', ...enter, '--'];
    mkdirSync(project.path('bin'));
    // The program looks for the `sh` of this machine: here it finds that of the host.
    writeFileSync(project.path('bin/sh'), `#!/bin/sh\nexec env ${this.#enter.map(word => `'${word}'`).join(' ')} sh "$@"\n`);
    chmodSync(project.path('bin/sh'), 0o755);
    this.environment = { PATH: `${project.path('bin')}:${process.env['PATH'] ?? ''}` };
  }

  sh(script: string): string {
    const { status, stdout, stderr } = this.#run(script);
    if (status !== 0) throw new Error(`on the host: ${script}: ${stderr}`);
    return stdout;
  }

  holds(script: string): boolean {
    return this.#run(script).status === 0;
  }

  see(path: string): string {
    return `/proc/${this.#keeper.pid ?? 0}/root${path}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const exited = once(this.#keeper, 'exit');
    if (this.#keeper.exitCode === null && this.#keeper.kill('SIGKILL')) await exited;
  }

  #run(script: string) {
    return spawnSync('env', [...this.#enter, 'sh', '-c', script], { encoding: 'utf8', maxBuffer: 64 * 1_048_576 });
  }
}
