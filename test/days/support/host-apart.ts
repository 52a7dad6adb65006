// A host that is this machine in namespaces of its own: what is mounted, filled, broken or started there nobody else sees, and it is gone with it.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { localHosts, type Project } from '../../cli/support/project.ts';
import type { Scene } from './day.ts';

/** A host in its own namespaces, which the program reaches as `n1`. */
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

/** Namespaces of its own, gone with what is started in them. */
const APART = ['-m', '-p', '-f', '--kill-child', '--mount-proc', '--propagation', 'private'];

/** Every host has these to itself, empty: where runs leave things, and `/srv` for what is played on it. */
const OWN = ['/run', '/dev/shm', '/tmp', '/var/tmp', '/srv', '/var/lib', '/root'];

let lack: { readonly reason: string | undefined } | undefined;

/** Why this machine can have no host apart. */
export function lacksHosts(): string | undefined {
  lack ??= { reason: findLack() };
  return lack.reason;
}

function findLack(): string | undefined {
  if (process.getuid?.() !== 0) return 'only root can mount';
  const { status } = spawnSync('unshare', [...APART, 'mount', '-t', 'tmpfs', 'tmpfs', '/srv']);
  return status === 0 ? undefined : 'no mount namespace can be made here';
}

/** Starts a host. @param script makes it what it is, as root in its namespace */
export async function startHost(project: Project, script = '', options: HostOptions = {}): Promise<HostApart> {
  const mounts = OWN.map(path => `mount -t tmpfs -o mode=1777 tmpfs ${path}`).join(' && ');
  const keep = `exec 3>&1 >&2\n${mounts}\n${script}\necho ready >&3\n${options.keeper ?? 'exec sleep 100000 3>&-'}`;
  // The first process of a host: with it all others end, whatever a run has left behind.
  const keeper = spawn('unshare', [...APART, 'sh', '-ec', keep], { stdio: ['ignore', 'pipe', 'pipe'] });
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
  /** Its first process, as this machine counts. */
  readonly #first: string;

  constructor(project: Project, keeper: ReturnType<typeof spawn>, { environment = {}, enter = [] }: HostOptions) {
    this.#keeper = keeper;
    this.#first = readFileSync(`/proc/${keeper.pid ?? 0}/task/${keeper.pid ?? 0}/children`, 'utf8').trim();
    const variables = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root', ...environment };
    const given = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
    this.#enter = ['-i', ...given, 'nsenter', '-t', this.#first, '-m', '-p', ...enter, '--'];
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
    return `/proc/${this.#first}/root${path}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const exited = once(this.#keeper, 'exit');
    if (this.#keeper.exitCode === null && this.#keeper.kill('SIGKILL')) await exited;
  }

  #run(script: string) {
    return spawnSync('env', [...this.#enter, 'sh', '-c', script], { encoding: 'utf8', maxBuffer: 64 * 1_048_576 });
  }
}
