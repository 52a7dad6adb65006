// Runs the real program as a process of its own, and kills it where a test says: no handler runs, no connection is closed in good order.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import type { Event } from '../../../src/report/events.ts';
import { MAIN } from '../../cli/support/program.ts';
import { projectRoot } from '../../support/project-root.ts';

/** When the program is killed: so long after its so-manieth event, or the so-manieth of a kind. */
export interface KillPoint {
  readonly event: number;
  readonly kind?: Event['kind'];
  /** Which events count; default: all, or those of the kind. */
  readonly is?: (event: Event) => boolean;
  readonly milliseconds: number;
}

/** How it ended. */
export interface ChildRun {
  /** Undefined when it was killed. */
  readonly exitCode: number | undefined;
  /** Every event that it told of, whole lines only. */
  readonly events: readonly Event[];
  readonly stderr: string;
}

/** Runs `tsplay` with these words to its end, or to the point at which it is killed. */
export async function runProgramUntil(words: readonly string[], point?: KillPoint): Promise<ChildRun> {
  const child = spawn(process.execPath, [MAIN, ...words, '--output', 'json'], { cwd: projectRoot(), stdio: ['ignore', 'pipe', 'pipe'] });
  const events: Event[] = [];
  let stderr = '';
  let isOver = false;
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const lines = createInterface({ input: child.stdout });
  lines.on('line', text => {
    const event = parse(text);
    if (event === undefined) return;
    events.push(event);
    if (point === undefined) return;
    const { kind, is = (one: Event) => kind === undefined || one.kind === kind } = point;
    if (!is(event) || events.filter(is).length - 1 !== point.event) return;
    void delay(point.milliseconds).then(() => (isOver ? undefined : child.kill('SIGKILL')));
  });
  const [code] = (await once(child, 'close')) as [number | null];
  isOver = true;
  return { exitCode: code ?? undefined, events, stderr };
}

/** Starts `tsplay` with these words, to be killed where a test finds it time. It does not outlive its block. */
export function runProgram(words: readonly string[]): AsyncDisposable & { readonly kill: () => void } {
  const child = spawn(process.execPath, [MAIN, ...words, '--output', 'json'], { cwd: projectRoot(), stdio: 'ignore' });
  const closed = once(child, 'close');
  return {
    kill: () => void child.kill('SIGKILL'),
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await closed;
    },
  };
}

/** Undefined for what a killed writer leaves: half a line. */
function parse(line: string): Event | undefined {
  try {
    return JSON.parse(line) as Event;
  } catch {
    return undefined;
  }
}
