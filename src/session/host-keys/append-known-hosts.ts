// Lines written to a known_hosts file: whole, at its end, and once, however many runs write to it at the same time.
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds between looks at a lock that another holds, and until it is taken for forgotten: what is done under it takes a few. */
const LOOK = 15;
const FORGOTTEN = 10_000;

/**
 * Makes the file if need be, private; one that exists keeps its owner and mode.
 * @param missing the lines that a file with this text lacks
 * @throws Error of the file system
 */
export async function appendKnownHosts(file: string, missing: (text: string) => readonly string[]): Promise<void> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const place = existsSync(file) ? realpathSync(file) : file;
  const isPlain = !existsSync(place) || statSync(place).isFile();
  const lock = isPlain ? await take(`${place}.lock`) : undefined;
  try {
    append(place, missing);
  } finally {
    if (lock !== undefined) rmSync(lock, { force: true });
  }
}

/** One write at the end, which the system keeps whole: so that not even a lock that was wrongly taken away mixes lines. */
function append(file: string, missing: (text: string) => readonly string[]): void {
  const opened = openSync(file, 'a+', 0o600);
  try {
    const before = readFileSync(file, 'utf8');
    const lines = missing(before).map(line => `${line}\n`);
    if (lines.length === 0) return;
    const text = Buffer.from(`${before === '' || before.endsWith('\n') ? '' : '\n'}${lines.join('')}`);
    const { size } = fstatSync(opened);
    const written = writeSync(opened, text);
    if (written < text.length) {
      ftruncateSync(opened, size);
      throw new Error(`no space left for ${file}`);
    }
    if (fstatSync(opened).isFile()) fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}

/** @returns the lock, or undefined where the directory takes no new files: the file alone may be writable */
async function take(lock: string): Promise<string | undefined> {
  for (;;) {
    try {
      closeSync(openSync(lock, 'wx', 0o600));
      return lock;
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (['EACCES', 'EPERM', 'EROFS'].includes(code)) return undefined;
      if (code !== 'EEXIST') throw error;
    }
    const held = statSync(lock, { throwIfNoEntry: false });
    // Its owner was killed.
    if (held !== undefined && Date.now() - held.mtimeMs > FORGOTTEN) rmSync(lock, { force: true });
    else await sleep(LOOK);
  }
}
