// Real accounts with the machine's own sudo, su and doas, in a mount namespace of their own: /etc is a copy there, and all is gone with it.
import { execFileSync, spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { connectLocal } from '../../../src/session/local-transport.ts';
import { SessionPool } from '../../../src/session/pool.ts';
import type { ConnectionSpec, Transport } from '../../../src/session/types.ts';
import { quote } from '../../../src/util/shell.ts';
import { PASSWORD } from './host-shells.ts';

/** Whoever logs in, and whom else there is. Their homes are theirs alone. */
export type Account = 'root' | 'alice' | 'bob';

/** The passwords that the accounts have. */
export const PASSWORDS: Readonly<Record<Account, string>> = { root: 'of root', alice: PASSWORD, bob: 'of bob' };

/** Every try of a password, but one of root's, leaves a line in /run/tried. */
const SETUP = `set -e
mount -t tmpfs tmpfs /mnt; cp -a /etc/. /mnt/; mount --bind /mnt /etc
mount -t tmpfs -o mode=755 tmpfs /run; mount -t tmpfs -o mode=1777 tmpfs /dev/shm
mkdir -p /run/sudo /run/home
printf '%s\\n' alice:x:61001:61001::/run/home/alice:/bin/sh bob:x:61002:61002::/run/home/bob:/bin/sh >>/etc/passwd
printf '%s\\n' alice:x:61001: bob:x:61002: >>/etc/group
printf '%s\\n' 'alice:*:1::::::' 'bob:*:1::::::' >>/etc/shadow
for who in alice bob; do mkdir -m 700 /run/home/$who; chown $who:$who /run/home/$who; done
read -r root; read -r alice; read -r bob
printf '%s\\n' "root:$root" "alice:$alice" "bob:$bob" | chpasswd -c SHA512
printf '#!/bin/sh\\necho "$PAM_SERVICE $PAM_USER" >>/run/tried\\n' >/run/note; chmod 755 /run/note; : >/run/tried; chmod 666 /run/tried
sed -i 's/pam_unix.so/& nodelay/; 1i auth optional pam_exec.so /run/note' /etc/pam.d/common-auth
rm -f /etc/sudoers.d/* /etc/doas.conf
echo ready
exec cat`;

/** Ended by the test, and when the test's process ends. */
export class Accounts implements AsyncDisposable {
  readonly #keeper: ChildProcessByStdio<Writable, Readable, null>;

  private constructor(keeper: ChildProcessByStdio<Writable, Readable, null>) {
    this.#keeper = keeper;
  }

  /** @returns why there can be none here, in words */
  static async open(): Promise<Accounts | string> {
    if (process.getuid?.() !== 0) return 'only root can make accounts for a test';
    const words = ['--mount', '--propagation', 'private', 'sh', '-c', SETUP];
    const keeper = spawn('unshare', words, { stdio: ['pipe', 'pipe', 'inherit'] });
    const { root, alice, bob } = PASSWORDS;
    keeper.stdin.write(`${root}\n${alice}\n${bob}\n`);
    const [said] = (await Promise.race([once(keeper.stdout, 'data'), once(keeper, 'exit')])) as [unknown];
    return String(said) === 'ready\n' ? new Accounts(keeper) : 'this machine has no mount namespaces';
  }

  /** The words that run others as an account, with an environment of its own. */
  enter(account: Account, environment: Readonly<Record<string, string>> = {}): readonly string[] {
    const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
    const inside = ['/usr/bin/nsenter', `--mount=/proc/${String(this.#keeper.pid)}/ns/mnt`, '--wd=/', '--'];
    return [
      ...inside,
      '/usr/bin/setpriv',
      `--reuid=${account}`,
      `--regid=${account}`,
      '--init-groups',
      '--reset-env',
      '/usr/bin/env',
      ...variables,
    ];
  }

  /** A path there, as it is called here. */
  path(path: string): string {
    return `/proc/${String(this.#keeper.pid)}/root${path}`;
  }

  read(path: string): string {
    return readFileSync(this.path(path), 'utf8');
  }

  write(path: string, text: string, mode = 0o644): void {
    writeFileSync(this.path(path), text, { mode });
  }

  /** What sudo lets, beside root's right to everything; its log is in /run/sudo.log, each entry a line. */
  sudoers(...lines: readonly string[]): void {
    this.write('/etc/sudoers.d/test', ['Defaults logfile=/run/sudo.log, loglinelen=0', ...lines, ''].join('\n'), 0o440);
  }

  doas(...lines: readonly string[]): void {
    this.write('/etc/doas.conf', [...lines, ''].join('\n'), 0o400);
  }

  /** What a program prints that an account runs. */
  ask(account: Account, ...words: readonly string[]): string {
    const [file = '', ...args] = [...this.enter(account), ...words];
    return execFileSync(file, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  }

  /** Forgets what was logged and tried. */
  forget(): void {
    this.ask('root', 'sh', '-c', 'rm -rf /run/sudo.log /run/sudo/ts; : >/run/tried');
  }

  /** Logs in without a server: a channel is a process of the account. */
  login(account: Account, environment?: Readonly<Record<string, string>>): Transport {
    const local = connectLocal('web1');
    const words = this.enter(account, environment).map(quote).join(' ');
    return {
      host: 'web1',
      user: account,
      get alive() {
        return local.alive;
      },
      open: (commandLine, signal) => local.open(`exec ${words} sh -c ${quote(commandLine)}`, signal),
      [Symbol.asyncDispose]: () => local[Symbol.asyncDispose](),
    };
  }

  /** Sessions of one host that an account logs in to. */
  pool(account: Account, environment?: Readonly<Record<string, string>>): SessionPool {
    const connect = (): Promise<Transport> => Promise.resolve(this.login(account, environment));
    return new SessionPool(() => ({ host: 'web1' }) as ConnectionSpec, { connect, limits: { start: 60_000, grace: 1_000 } });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const exited = once(this.#keeper, 'exit');
    this.#keeper.stdin.end();
    await exited;
  }
}
