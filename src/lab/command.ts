// Runs one of the machine's own tools and gives its answer; argv only, never a shell.
import { spawn } from 'node:child_process';
import { LabError } from './lab-error.ts';

/** What a tool answered. */
export interface Answer {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a tool is run. */
export interface RunOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly signal?: AbortSignal;
}

/** Runs a tool to its end, whatever its status. @throws LabError when it is missing or ended by a signal */
export function ask(argv: readonly string[], options: RunOptions = {}): Promise<Answer> {
  const [file = '', ...args] = argv;
  return new Promise((fulfil, reject) => {
    const child = spawn(file, args, {
      stdio: 'pipe',
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
      env: { ...process.env, LC_ALL: 'C.UTF-8', ...options.env },
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (piece: Buffer) => out.push(piece));
    child.stderr.on('data', (piece: Buffer) => err.push(piece));
    child.on('error', error => {
      const missing = 'code' in error && error.code === 'ENOENT';
      reject(missing ? new LabError(`${file} is not installed, run tsplay doctor to see what the lab needs`) : error);
    });
    child.on('close', (status, signal) => {
      if (status === null) reject(new LabError(`${argv.join(' ')} was ended by ${signal ?? 'a signal'}`));
      else fulfil({ status, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() });
    });
    // A tool that ends without reading its input closes the pipe; its status says what happened.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
  });
}

/** Runs a tool that must succeed. @throws LabError with the tool's last words */
export async function run(argv: readonly string[], options: RunOptions = {}): Promise<string> {
  const answer = await ask(argv, options);
  if (answer.status === 0) return answer.stdout;
  const words = (answer.stderr.trim() || answer.stdout.trim()).split('\n').slice(-5).join('\n');
  throw new LabError(`${argv.join(' ')} failed with status ${answer.status}: ${words}`);
}
