// OpenSSH's own sshd on loopback as the host of a bad day, with the settings and the account that the day is about.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newKey } from '../../session/support/keys.ts';
import { freePort } from '../../support/free-port.ts';
import { sshdAnswers } from '../../support/sshd-answers.ts';
import type { Scene } from './day.ts';

const SSHD = '/usr/sbin/sshd';

/** A running sshd, and what leads to it. */
export interface SshdScene extends Scene {
  readonly port: number;
  /** A folder that everybody may look into; gone with it. */
  readonly folder: string;
  /** The home of the account that is logged in to. */
  readonly home: string;
  readonly user: string;
  /** Ends it with everything that came in through it, as power does. */
  crash(): Promise<void>;
  start(): Promise<void>;
}

/** A new account, gone with the host. */
export interface AccountOptions {
  readonly shell: string;
  readonly password?: string;
  /** Words for useradd. */
  readonly args?: readonly string[];
  /** By their names in its home. */
  readonly files?: Readonly<Record<string, string>>;
  /** Lines of /etc/sudoers.d; `USER` is its name. */
  readonly sudoers?: string;
}

export interface SshdOptions {
  readonly settings?: readonly string[];
  /** Who is logged in to; root if absent. */
  readonly account?: AccountOptions;
  /** Variables of the host. */
  readonly variables?: Readonly<Record<string, unknown>>;
  /** As many hosts are the same sshd: n1, n2… */
  readonly hosts?: number;
  /** What is connected to instead. @returns its port */
  readonly before?: (port: number) => Promise<number>;
}

/** Why this machine can have no such host. */
export function lacksSshd(): string | undefined {
  if (!existsSync(SSHD)) return 'there is no sshd; install openssh-server';
  return process.getuid?.() === 0 ? undefined : 'only root can have an sshd and accounts for a while';
}

/** The same where a program is needed, too. */
export function lacksProgram(path: string): () => string | undefined {
  return () => lacksSshd() ?? (existsSync(path) ? undefined : `there is no ${path}`);
}

export async function startSshd(options: SshdOptions = {}): Promise<SshdScene> {
  const scene = new Running(options);
  try {
    await scene.begin();
  } catch (error) {
    await scene[Symbol.asyncDispose]();
    throw error;
  }
  return scene;
}

class Running implements SshdScene {
  readonly folder = mkdtempSync(join(tmpdir(), 'tsplay-day-'));
  readonly user: string;
  readonly home: string;
  port = 0;
  inventory = '';
  readonly #options: SshdOptions;
  #sshd: ChildProcess | undefined;

  constructor(options: SshdOptions) {
    this.#options = options;
    this.user = options.account ? `tsplay-${randomBytes(4).toString('hex')}` : 'root';
    this.home = options.account ? join(this.folder, 'home') : this.folder;
  }

  async begin(): Promise<void> {
    const { settings = [], account, variables, hosts = 1, before } = this.#options;
    chmodSync(this.folder, 0o755);
    if (account) this.#addAccount(account);
    this.port = await freePort();
    const [host, login] = [newKey(), newKey()];
    const front = (await before?.(this.port)) ?? this.port;
    const lines = [
      `Port ${this.port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${this.folder}/host_key`,
      `AuthorizedKeysFile ${this.folder}/authorized_keys`,
      `PidFile ${this.folder}/pid`,
      'StrictModes no',
      // What hosts keep for the next run is no other host's of this machine.
      `SetEnv TSPLAY_STATE=${this.home}/.state`,
      ...(settings.some(line => line.startsWith('UsePAM')) ? [] : ['UsePAM no']),
      ...settings,
    ];
    const files = {
      host_key: host.private,
      key: login.private,
      authorized_keys: `${login.line}\n`,
      known_hosts: `[127.0.0.1]:${front} ${host.line}\n`,
      sshd_config: `${lines.join('\n')}\n`,
      ssh_config: 'Host *\n  ServerAliveInterval 1\n  ServerAliveCountMax 3\n',
    };
    for (const [name, content] of Object.entries(files)) writeFileSync(join(this.folder, name), content, { mode: 0o600 });
    chmodSync(join(this.folder, 'authorized_keys'), 0o644);
    const ways = { address: '127.0.0.1', ssh_port: front, ssh_user: this.user, ssh_config: 'none', connect_timeout: 20 };
    const own = {
      ...ways,
      ssh_key: join(this.folder, 'key'),
      ssh_known_hosts: join(this.folder, 'known_hosts'),
      home: this.home,
      ...variables,
    };
    const names = Array.from({ length: hosts }, (_, index) => [`n${index + 1}`, own]);
    this.inventory = JSON.stringify({ all: { hosts: Object.fromEntries(names) as object } }).replaceAll('FOLDER', this.folder);
    await this.start();
  }

  async start(): Promise<void> {
    mkdirSync('/run/sshd', { recursive: true });
    this.#sshd = spawn(SSHD, ['-D', '-e', '-f', join(this.folder, 'sshd_config')], { stdio: 'ignore' });
    await sshdAnswers(this.port);
  }

  async crash(): Promise<void> {
    const all = [...this.#listeners(), ...(this.#sshd?.pid === undefined ? [] : [this.#sshd.pid])];
    // No child is born any more while they are counted.
    for (const pid of all) signal(pid, 'SIGSTOP');
    for (const pid of [...all.flatMap(descendantsOf), ...all]) signal(pid, 'SIGKILL');
    if (this.#sshd?.exitCode === null && this.#sshd.signalCode === null) await once(this.#sshd, 'exit');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.crash();
    if (this.#options.account) {
      for (const pid of processesOf(this.user)) signal(pid, 'SIGKILL');
      spawnSync('userdel', ['-f', this.user]);
      rmSync(this.#sudoers, { force: true });
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  get #sudoers(): string {
    return join('/etc/sudoers.d', this.user);
  }

  /** The sshd that a playbook may have started in place of ours. */
  #listeners(): readonly number[] {
    const file = join(this.folder, 'pid');
    const pid = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
    const isOurs = pid > 0 && existsSync(`/proc/${pid}/cmdline`) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('sshd');
    return isOurs ? [pid] : [];
  }

  #addAccount({ shell, password, args = [], files = {}, sudoers }: AccountOptions): void {
    run('useradd', ['-M', '-d', this.home, '-s', shell, ...args, this.user]);
    // An account without a password is locked, also for keys.
    run('chpasswd', ['-e'], `${this.user}:${password === undefined ? '*' : hashOf(password)}\n`);
    mkdirSync(this.home);
    for (const [name, content] of Object.entries(files)) writeFileSync(join(this.home, name), content);
    run('chown', ['-R', this.user, this.home]);
    if (sudoers !== undefined) writeFileSync(this.#sudoers, `${sudoers.replaceAll('USER', this.user)}\n`, { mode: 0o440 });
  }
}

function hashOf(password: string): string {
  return run('openssl', ['passwd', '-6', '-stdin'], password).trim();
}

function run(command: string, args: readonly string[], input = ''): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stderr}`);
  return stdout;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It is gone.
  }
}

function numbers(): readonly number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number);
}

function descendantsOf(pid: number): readonly number[] {
  const children = numbers().filter(child => statOf(child)?.parent === pid);
  return [...children.flatMap(descendantsOf), ...children];
}

function statOf(pid: number): { readonly parent: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return { parent: Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]) };
  } catch {
    return undefined;
  }
}

function processesOf(user: string): readonly number[] {
  const uid = spawnSync('id', ['-u', user], { encoding: 'utf8' }).stdout.trim();
  if (!/^[1-9]\d*$/.test(uid)) return [];
  return numbers().filter(pid => {
    try {
      return new RegExp(`^Uid:\\s+${uid}\\s`, 'm').test(readFileSync(`/proc/${pid}/status`, 'utf8'));
    } catch {
      return false;
    }
  });
}
