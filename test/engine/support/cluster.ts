// Three hosts that are all this machine: each has its own /etc/demo, /run and /var/lib/tsplay in a folder of the test, and a stand-in for
// systemd that keeps the state of one unit in files. Real systemd is what the lab's tests have.
import { createHash } from 'node:crypto';
import { appendFileSync, chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UnreachableError } from '../../../src/errors/errors.ts';
import type { SessionLender } from '../../../src/schedule/state/engine.ts';
import type { Command, Session } from '../../../src/session/types.ts';
import type { Typed } from '../../../src/modules/contract.ts';
import type { Program } from '../../../src/program/types.ts';
import { runLocally, type HarnessOptions, type Seen } from './harness.ts';

export const NAMES = ['n1', 'n2', 'n3'] as const;

/** Folders that every host has for itself. */
const OWN = /\/(?=(?:etc\/demo|run|var\/lib\/tsplay)(?:[/'\s.;)]|$))/gm;

/** `systemctl show|start|restart|reset-failed`, as far as the primitive uses it. Each start is told in the test's log. */
const SYSTEMCTL = `#!/bin/sh
# A stand-in for systemd: $ROOT/unit holds the state, a start records what it found as recordsStart does.
verb=$1
while [ $# -gt 0 ] && [ "$1" != -- ]; do shift; done
shift
part=''
for unit; do
  # demo.service reads conf; an instance of a template reads what it is called, and has a state of its own.
  case $unit in
  *@*) instance=\${unit#*@}; conf=\${instance%.service} state=$ROOT/unit.$conf ;;
  *) conf=conf state=$ROOT/unit ;;
  esac
  case $verb in
  show)
    printf "$part"
    part='\\n'
    now=$(cat "$state" 2>/dev/null || echo inactive)
    if [ "$now" = activating ]; then
      left=$(($(cat "$ROOT/looks") - 1)); echo "$left" >"$ROOT/looks"
      [ "$left" -gt 0 ] || echo active >"$state"
    fi
    load=loaded; [ -e "$ROOT/no-unit" ] && load=not-found
    printf 'LoadState=%s\\nActiveState=%s\\nSubState=x\\nUnitFileState=enabled\\nNeedDaemonReload=no\\nJob=\\n' "$load" "$now"
    ;;
  start | restart)
    [ "$conf" = conf ] && echo "$HOST $verb" >>"$LOG" || echo "$HOST $verb $conf" >>"$LOG"
    if [ -e "$ROOT/broken" ]; then echo failed >"$state"; echo 'Job for demo.service failed' >&2; exit 1; fi
    echo "$(sha256sum <"$ROOT/etc/demo/$conf" | cut -d' ' -f1)  /etc/demo/$conf" >"$ROOT/run/$unit.started-with"
    echo active >"$state"
    ;;
  esac
done
exit 0
`;

/** What stands in the way of a host. */
type Hindrance = (host: string, commands: readonly Command[]) => void;

/** The hosts, their files, and what was done to them. */
export class Cluster {
  readonly #folder: string;
  readonly #bin: string;
  /** Called before a frame is sent; what it throws ends the frame. */
  hinder: Hindrance = () => undefined;

  constructor(folder: string) {
    this.#folder = folder;
    this.#bin = join(folder, 'bin');
    mkdirSync(this.#bin);
    writeFileSync(join(this.#bin, 'systemctl'), SYSTEMCTL);
    chmodSync(join(this.#bin, 'systemctl'), 0o755);
    for (const name of NAMES) {
      for (const own of ['etc/demo', 'run/systemd/system', 'var/lib/tsplay']) mkdirSync(join(folder, name, own), { recursive: true });
      this.write(name, { unit: 'inactive', 'etc/demo/conf': 'old', 'etc/demo/mode': 'follower', 'etc/demo/whole': 'whole' });
    }
  }

  /** Writes files of a host; `unit` is the state of its unit. */
  write(name: string, files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) writeFileSync(join(this.#folder, name, path), text);
  }

  /** The same files on every host. */
  writeAll(files: Readonly<Record<string, string>>): void {
    for (const name of NAMES) this.write(name, files);
  }

  remove(name: string, path: string): void {
    rmSync(join(this.#folder, name, path), { force: true });
  }

  has(name: string, path: string): boolean {
    return existsSync(join(this.#folder, name, path));
  }

  read(name: string, path: string): string {
    return readFileSync(join(this.#folder, name, path), 'utf8').trim();
  }

  /** Leaves the mark that a killed run would have left. */
  mark(name: string, path: string): void {
    mkdirSync(dirname(join(this.#folder, name, path)), { recursive: true });
    this.write(name, { [path]: 'begun\n' });
  }

  /** As if its unit had been started with its present files a moment ago. */
  startedAnew(name: string): void {
    const digest = createHash('sha256')
      .update(readFileSync(join(this.#folder, name, 'etc/demo/conf')))
      .digest('hex');
    this.write(name, { 'run/demo.service.started-with': `${digest}  /etc/demo/conf\n` });
  }

  /** How many restarts stand in the log. */
  restarted(): number {
    const file = join(this.#folder, 'log');
    return existsSync(file)
      ? readFileSync(file, 'utf8')
          .split('\n')
          .filter(line => line.endsWith(' restart')).length
      : 0;
  }

  /** What was done since it was last asked, in order: `n2 restart`. */
  done(): readonly string[] {
    const file = join(this.#folder, 'log');
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
    rmSync(file, { force: true });
    return lines;
  }

  /** Notes something in the same log. */
  note(words: string): void {
    appendFileSync(join(this.#folder, 'log'), `${words}\n`);
  }

  run(program: Program, modules: readonly Typed<unknown>[], options: HarnessOptions = {}): Promise<Seen> {
    return runLocally(program, modules, { ...options, lend: lender => this.#lend(lender) });
  }

  #lend(lender: SessionLender): SessionLender {
    return {
      ...lender,
      session: async (host, user) => {
        this.hinder(host, []);
        const session = await lender.session(host, user);
        const own = (commands: readonly Command[]): readonly Command[] => commands.map(command => this.#move(host, command));
        return {
          host,
          user: session.user,
          exchange: (commands, signal) => {
            this.hinder(host, commands);
            return session.exchange(own(commands), signal);
          },
          upload: () => Promise.reject(new Error('nothing is uploaded here')),
          reopen: () => session.reopen(),
          [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
        } satisfies Session;
      },
    };
  }

  #move(host: string, command: Command): Command {
    const root = join(this.#folder, host);
    const env = { ROOT: root, HOST: host, LOG: join(this.#folder, 'log'), PATH: `${this.#bin}:${process.env['PATH'] ?? ''}` };
    return { ...command, script: command.script.replaceAll(OWN, `${root}/`), env: { ...command.env, ...env } };
  }
}

/** A hindrance: nobody reaches these hosts. */
export function away(...names: readonly string[]): Hindrance {
  return host => {
    if (names.includes(host)) throw new UnreachableError(host, 'connect', `${host}: no route to host`);
  };
}
