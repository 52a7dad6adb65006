// The process that holds a connection of OpenSSH: started in a folder of its own, which goes when it goes, and it goes with this process.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Secret } from '../../util/secret.ts';
import { askPassProgram, KEEPER, NAMES } from './openssh-programs.ts';
import { LATE, within } from '../wait.ts';

/** The client's own words: what it says while it connects, and the latest afterwards. */
export interface Words {
  readonly lines: readonly string[];
}

/** A client under way. */
export interface Master {
  /** Only this user can look into it. */
  readonly folder: string;
  readonly socket: string;
  readonly words: Words;
  /** Resolves when it can be asked for channels. Never, if it comes to nothing: then `over` does. */
  readonly ready: Promise<void>;
  /** Resolves when it has ended. */
  readonly over: Promise<void>;
  readonly isOver: boolean;
  /** Ends it, and waits until nothing is left of it. */
  end(): Promise<void>;
}

const ENDING = 2_000;
const LAST_WORDS = 200;
const LINES_KEPT = 200;
/** A socket's path may be 104 bytes long on some systems, and the client adds 17 while it makes it. */
const LONGEST_PLACE = 60;

/** Starts it. @param argumentsIn what the client is told, in its folder */
export function startMaster(config: string, password: Secret | undefined, argumentsIn: (place: Place) => readonly string[]): Master {
  const folder = mkdtempSync(join(tmpdir().length > LONGEST_PLACE ? '/tmp' : tmpdir(), 'tsplay-'));
  const place = { config: join(folder, NAMES.config), socket: join(folder, NAMES.socket) };
  const askPass = join(folder, NAMES.askPass);
  writeFileSync(place.config, config, { mode: 0o600 });
  if (password) writeFileSync(askPass, askPassProgram(folder), { mode: 0o700 });
  const env = { ...process.env, LC_ALL: 'C', SSH_ASKPASS: askPass, SSH_ASKPASS_REQUIRE: password ? 'force' : 'never' };
  // A process group of its own: Ctrl-C at the terminal is for tsplay alone. Releases before 8.4 ask a program only where there is a display.
  const child = spawn('sh', ['-c', KEEPER, 'tsplay', folder, ...argumentsIn(place)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
    env: password ? { DISPLAY: 'none', ...env } : env,
  });
  const lines: string[] = [];
  let isOver = false;
  let becomeReady = (): void => undefined;
  const ready = new Promise<void>(resolve => (becomeReady = resolve));
  eachLine(child.stderr, line => {
    lines.push(line);
    if (lines.length > LINES_KEPT) lines.shift();
    if (line === 'debug1: Entering interactive session.') becomeReady();
  });
  const over = new Promise<void>(resolve => {
    const end = (): void => {
      isOver = true;
      rmSync(folder, { recursive: true, force: true });
      resolve();
    };
    child.once('error', error => {
      lines.push(error.message);
      end();
    });
    const closed = once(child, 'close');
    // Something it started may hold its standard error for longer.
    child.once('exit', () => void within(closed, LAST_WORDS).then(end, end));
  });
  child.stdin.on('error', () => undefined);
  child.stdin.write(`${password?.reveal() ?? ''}\n`);
  return {
    folder,
    socket: place.socket,
    words: { lines },
    ready,
    over,
    get isOver() {
      return isOver;
    },
    end: async () => {
      child.stdin.end();
      if ((await within(over, ENDING)) !== LATE || child.pid === undefined) return;
      killGroup(child.pid);
      await over;
    },
  };
}

function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Where the client finds its configuration, and makes its socket. */
interface Place {
  readonly config: string;
  readonly socket: string;
}

function eachLine(stream: NodeJS.ReadableStream, take: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop() ?? '';
    lines.forEach(take);
  });
  stream.on('end', () => {
    if (rest !== '') take(rest);
  });
}
