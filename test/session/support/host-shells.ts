// Hosts by the sh they have: a PATH on which `sh` is dash, bash or BusyBox, and on which sudo is what the test says.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const SHELLS = ['dash', 'bash', 'busybox'] as const;
export type ShellName = (typeof SHELLS)[number];

/**
 * `missing`, `refuses` (a password is required), `hangs`, `passes` (runs the command as the same user), `asks` (the same, after the
 * {@link PASSWORD}; what it was given is in the file `given`).
 */
export type SudoKind = 'missing' | 'refuses' | 'hangs' | 'passes' | 'asks';

/** What the hosts of these tests take. */
export const PASSWORD = "open 'sesame' \\n$";

const SUDO: Readonly<Record<Exclude<SudoKind, 'missing'>, string>> = {
  refuses: 'echo "sudo: a password is required" >&2; exit 1',
  hangs: 'exec /bin/sleep 20',
  asks: `while [ "$1" != -- ]; do if [ "$1" = -p ]; then p=$2; fi; shift; done; shift
printf 'We trust you have received the usual lecture.\\n%s' "$p" >&2
while read -r word; do
  printf '%s\\n' "$word" >>"$HOME/given"
  if [ "$word" = "${PASSWORD.replaceAll(/["$\\]/g, '\\$&')}" ]; then exec "$@"; fi
  printf 'Sorry, try again.\\n%s' "$p" >&2
done
echo 'sudo: 1 incorrect password attempt' >&2; exit 1`,
  passes: 'while [ "$1" != -- ]; do shift; done; shift; exec "$@"',
};

/** Makes a directory of commands and gives the environment of a host that has only those until its shell extends the PATH. */
export function hostEnvironment(directory: string, shell: ShellName, sudo: SudoKind): Record<string, string> {
  const bin = join(directory, `bin-${shell}`);
  mkdirSync(bin);
  if (shell === 'busybox') linkApplets(bin);
  else symlinkSync(findCommand(shell), join(bin, 'sh'));
  if (sudo !== 'missing') {
    writeFileSync(join(bin, 'sudo'), `#!/bin/sh\n${SUDO[sudo]}\n`);
    chmodSync(join(bin, 'sudo'), 0o755);
  }
  return { PATH: bin, HOME: directory, LANG: 'C.UTF-8', TSPLAY_STATE: join(directory, '.state') };
}

function linkApplets(bin: string): void {
  const busybox = findCommand('busybox');
  for (const applet of execFileSync(busybox, ['--list'], { encoding: 'utf8' }).trim().split('\n')) symlinkSync(busybox, join(bin, applet));
}

function findCommand(name: string): string {
  const found = ['/bin', '/usr/bin'].map(directory => join(directory, name)).find(path => existsSync(path));
  if (found === undefined) throw new Error(`${name} is not installed, these tests need dash, bash and busybox`);
  return found;
}
