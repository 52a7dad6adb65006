// The program on a terminal, with somebody who types.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { environment, MAIN } from './program.ts';
import type { Project } from './project.ts';

/** Types the words as a person would, each when something ends in a question. @returns what the terminal showed */
export async function atTerminal(
  project: Project,
  words: readonly string[],
  typed: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number | null; readonly shown: string }> {
  const command = [process.execPath, MAIN, ...words].map(word => `'${word}'`).join(' ');
  const child = spawn('script', ['-q', '-e', '-c', command, '/dev/null'], {
    cwd: project.directory,
    env: { ...environment(project.directory), ...more },
  });
  const left = [...typed];
  let shown = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
    const next = /(?:: |\[y\/N\] )$/.test(text) ? left.shift() : undefined;
    if (next !== undefined) child.stdin.write(next);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, shown };
}
