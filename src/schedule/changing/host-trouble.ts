// What a host is asked when something could not be done there: which disk is full or mounted read-only, which file is immutable, and what to do.
import type { Session } from '../../session/types.ts';
import { rawShell, sh, type ShellText } from '../../util/shell.ts';
import { outputOf } from '../state/output.ts';
import { toCommand } from '../reading/to-command.ts';

/** Seconds that looking may take: a dead disk is no reason to wait for long. */
const SECONDS = 20;

interface Trouble {
  /** How programs speak of it in English, which sessions ask for. */
  readonly sign: RegExp;
  /** Looks at places, which need not be there. */
  readonly look: (paths: readonly string[]) => ShellText;
  /** What to say of the lines that the look printed; undefined when they tell nothing. */
  readonly words: (lines: readonly string[]) => string | undefined;
}

/** `near PATH` sets `p` to the nearest place above it that is there. */
const NEAR = rawShell('near() { p=$1; while [ ! -e "$p" ] && [ "${p%/*}" != "$p" ]; do p=${p%/*}; done; p=${p:-/}; }');

/** Prints of the disk of each place: how many KiB and inodes are left, and where it is mounted. */
const disksOf = (paths: readonly string[]): ShellText => sh`${NEAR}
for at in ${paths}; do
near "$at"
df -P -k -- "$p" | awk -v inodes="$(df -P -i -- "$p" 2>/dev/null | awk 'NR == 2 && $2 > 0 { print $4 }')" 'NR == 2 { left = $4; for (i = 0; i < 5; i++) sub(/^[^ ]+ +/, ""); print left, inodes == "" ? "-" : inodes, $0 }'
done`;

/** Prints those of the places, and of the directories they are in, that are immutable (`i`) or take nothing but additions (`a`). */
const flagsOf = (paths: readonly string[]): ShellText => sh`${NEAR}
for at in ${paths}; do
near "$at"
for q in "$p" "$(dirname -- "$p")"; do lsattr -d -- "$q" 2>/dev/null | sed -n 's/^[^ ]*\\([ia]\\)[^ ]* /\\1 /p'; done
done`;

const mountOf = ([line = '']: readonly string[]): string | undefined => /^\S+ \S+ (.+)$/.exec(line)?.[1];

const TROUBLES: readonly Trouble[] = [
  {
    // tar says no more of a write that was cut short.
    sign: /No space left on device|Wrote only \d+ of \d+ bytes/,
    look: disksOf,
    words: lines => {
      const [, left, inodes, mount] = /^(\d+) (\S+) (.+)$/.exec(lines.find(line => / 0 /.test(line)) ?? lines[0] ?? '') ?? [];
      if (mount === undefined) return undefined;
      if (inodes === '0') return `the disk at ${mount} has room for no more files: remove some there`;
      return `the disk at ${mount} has too little room, ${left ?? ''} KiB are left: make room there`;
    },
  },
  {
    sign: /Disk quota exceeded/,
    look: disksOf,
    words: lines =>
      mountOf(lines) === undefined ? undefined : `the quota on ${mountOf(lines) ?? ''} is used up: raise it, or make room there`,
  },
  {
    sign: /Read-only file system/,
    look: disksOf,
    words: lines => {
      const mount = mountOf(lines);
      return mount === undefined
        ? undefined
        : `${mount} is mounted read-only: see in dmesg whether its disk is failing, else mount -o remount,rw ${mount}`;
    },
  },
  {
    sign: /Operation not permitted/,
    look: flagsOf,
    words: ([line = '']) => {
      const [, flag = '', path = ''] = /^([ia]) (.+)$/.exec(line) ?? [];
      const what = flag === 'i' ? 'immutable' : 'append-only';
      return flag === '' ? undefined : `${path} is ${what}: take that away with chattr -${flag} ${path}`;
    },
  },
  {
    sign: /[Rr]esource busy/,
    look: paths => sh`for at in ${paths}; do awk -v at="$at" '$5 == at { print at; exit }' /proc/self/mountinfo; done`,
    words: ([path]) =>
      path === undefined ? undefined : `${path} is mounted there: take the mount away first, with mount and state: absent`,
  },
];

/**
 * Finds out why something could not be written.
 * @param message what was said of it
 * @param paths what was to be written
 * @returns what to add to the message; empty when nothing can be said, or the host cannot be asked
 */
export async function adviceFor(session: Session, message: string, paths: readonly string[], signal: AbortSignal): Promise<string> {
  const trouble = paths.length === 0 ? undefined : TROUBLES.find(({ sign }) => sign.test(message));
  if (trouble === undefined) return '';
  try {
    const [result] = await session.exchange([toCommand(trouble.look([...new Set(paths)].slice(0, MOST)), SECONDS)], signal);
    if (result === undefined) return '';
    const lines = outputOf(result).stdout.split('\n').filter(Boolean);
    const words = trouble.words(lines);
    return words === undefined ? '' : `; ${words}`;
  } catch {
    return '';
  }
}

/** As many places as are looked at: an archive has thousands, and all on one disk. */
const MOST = 20;
