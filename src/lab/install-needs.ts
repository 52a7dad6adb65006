// Installs what the doctor found missing.
import { spawn } from 'node:child_process';
import { doctor } from './doctor.ts';
import { LabError } from './lab-error.ts';
import type { Purpose } from './needs.ts';
import type { LabEvents } from './types.ts';

/** Installs the missing Debian packages, by sudo when not root. @throws LabError saying what to do where that is not possible */
export async function installNeeds(events: LabEvents, purposes: readonly Purpose[] = ['hosts', 'archives']): Promise<void> {
  const { missing, why } = await doctor(purposes);
  if (missing.length === 0) {
    if (why !== undefined && process.getuid?.() === 0) throw new LabError(why);
    return;
  }
  const packages = missing.map(need => need.package);
  for (const need of missing) events(`installing ${need.package}: it ${need.why}`);
  await apt(['update', '-q'], packages);
  await apt(['install', '-q', '-y', '--no-install-recommends', ...packages], packages);
  const rest = await doctor(purposes);
  if (rest.missing.length > 0)
    throw new LabError(`still missing after the installation: ${rest.missing.map(need => need.package).join(', ')}`);
}

/** With the person's terminal, so that sudo can ask for a password. */
async function apt(words: readonly string[], packages: readonly string[]): Promise<void> {
  const prefix = process.getuid?.() === 0 ? [] : ['sudo'];
  const [file = '', ...args] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...words];
  const status = await new Promise<number | null>((fulfil, reject) => {
    const child = spawn(file, args, { stdio: ['inherit', 'ignore', 'inherit'] });
    child.on('error', () =>
      reject(
        new LabError(`packages are installed with apt-get as root or by sudo, neither works here; install by hand: ${packages.join(' ')}`),
      ),
    );
    child.on('close', fulfil);
  });
  if (status !== 0) throw new LabError(`apt-get ${words.join(' ')} failed with status ${status ?? 'unknown'}, its words are above`);
}
