// The log of strace as system calls: one that was interrupted in the log by others is whole again, at the place where it began.

/** One call as strace tells it, texts and paths in plain characters (latin1: a byte is a character). */
export interface SystemCall {
  readonly pid: number;
  readonly name: string;
  /** What stands between the brackets, texts still as hexadecimal digits. */
  readonly words: string;
  /** What it came to: `0`, `3<path>` in hexadecimal digits, `-1 ENOENT (…)`. */
  readonly result: string;
}

/** The calls that {@link leaksIn} looks at. A question mark: not every machine has it. */
export const TRACED = [
  ...['execve', 'execveat', 'umask', 'clone', '?clone3', '?fork', '?vfork'],
  ...[
    '?open',
    'openat',
    '?openat2',
    '?creat',
    '?mknod',
    'mknodat',
    '?unlink',
    'unlinkat',
    '?rename',
    '?renameat',
    'renameat2',
    '?link',
    'linkat',
  ],
  ...['?chmod', 'fchmod', 'fchmodat', 'write', 'writev', 'pwrite64', 'copy_file_range', 'sendfile', 'splice'],
] as const;

/** How strace has to be called for its log to be read here: bytes as they are, whole, and where each descriptor leads. */
export const STRACE = [
  'strace',
  '-f',
  '-y',
  '-v',
  '-xx',
  '-s',
  '8388608',
  '--decode-pids=pidns',
  '-e',
  'signal=none',
  '-e',
  `trace=${TRACED.join(',')}`,
];

const BEGUN = / <unfinished \.\.\.>$/;
const RESUMED = /^<\.\.\. \w+ resumed>/;

/** Reads a log, in the order in which the calls began. */
export function readCalls(log: string): readonly SystemCall[] {
  const lines: { readonly pid: number; text: string }[] = [];
  const open = new Map<number, { text: string }>();
  for (const line of log.split('\n')) {
    const [, id = '', rest = ''] = /^(\d+)(?: \/\* \d+ in strace's PID NS \*\/)? +(.*)$/.exec(line) ?? [];
    const pid = Number(id);
    if (RESUMED.test(rest)) {
      const begun = open.get(pid);
      if (begun !== undefined) begun.text += rest.replace(RESUMED, '');
      open.delete(pid);
    } else if (rest !== '') {
      const call = { pid, text: rest.replace(BEGUN, '') };
      if (BEGUN.test(rest)) open.set(pid, call);
      lines.push(call);
    }
  }
  return lines.flatMap(({ pid, text }) => {
    const [, name, words = '', result = ''] = /^(\w+)\((.*?)(?:\) += (.*))?$/.exec(text) ?? [];
    return name === undefined ? [] : [{ pid, name, words, result }];
  });
}

/** Digits as the characters they stand for. */
export function plain(digits: string): string {
  return Buffer.from(digits.replaceAll('\\x', ''), 'hex').toString('latin1');
}

/** The texts among the words, in their order. */
export function textsIn(words: string): readonly string[] {
  return [...words.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, digits = '']) => plain(digits));
}

/** The paths that descriptors among the words lead to, in their order. */
export function pathsIn(words: string): readonly string[] {
  return [...words.matchAll(/<((?:\\x[0-9a-f]{2})+)>/g)].map(([, digits = '']) => plain(digits));
}
