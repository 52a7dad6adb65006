// Where and of what the figures are: the machine and the commit, without a name of either.
import { readFile } from 'node:fs/promises';
import { availableParallelism, release, totalmem } from 'node:os';
import { ask } from '../src/lab/command.ts';
import { packageRoot } from '../src/util/package-root.ts';

/** The machine in a line. */
export async function describeMachine(): Promise<string> {
  const system = /^PRETTY_NAME="?([^"\n]*)/m.exec(await readFile('/etc/os-release', 'utf8').catch(() => ''))?.[1] ?? 'Linux';
  return `${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${system}, kernel ${release()}, Node ${process.versions.node}`;
}

/** The commit that was measured, and whether files differ from it; `no commit` outside of a repository. */
export async function describeCommit(): Promise<string> {
  const git = async (...words: readonly string[]): Promise<string | undefined> => {
    const answer = await ask(['git', '-C', packageRoot(), ...words]).catch(() => undefined);
    return answer?.status === 0 ? answer.stdout.trim() : undefined;
  };
  const commit = await git('rev-parse', '--short=12', 'HEAD');
  if (commit === undefined) return 'no commit';
  const differs = await git('status', '--porcelain', '--', '.', ':!bench/RESULTS.md');
  return differs === '' ? commit : `${commit} with changes`;
}
