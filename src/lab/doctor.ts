// Whether this machine can host a lab, found out by trying each thing once in namespaces that vanish with the trial.
import { constants } from 'node:fs';
import { access, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ask } from './command.ts';
import { NEEDS, type Purpose } from './needs.ts';
import { labDir } from './paths.ts';

/** What is wrong with a machine; `missing` can be installed, `why` cannot. */
export interface Diagnosis {
  readonly ok: boolean;
  /** Debian packages to install, each with what it is for. */
  readonly missing: readonly { readonly package: string; readonly why: string }[];
  /** What no package changes: the first reason why this machine cannot host a lab, with what to do. */
  readonly why?: string;
}

/** Checks this machine. Changes nothing. */
export async function doctor(purposes: readonly Purpose[] = ['hosts', 'archives']): Promise<Diagnosis> {
  const vagrant = 'use the vagrant driver there';
  if (process.platform !== 'linux')
    return { ok: false, missing: [], why: `hosts of a lab need Linux, this is ${process.platform}, ${vagrant}` };
  const missing: { package: string; why: string }[] = [];
  for (const need of NEEDS.filter(candidate => purposes.includes(candidate.purpose))) {
    if (!(await isInstalled(need.tool)) && !missing.some(other => other.package === need.package))
      missing.push({ package: need.package, why: need.why });
  }
  const why = purposes.includes('hosts') ? await obstacle(missing.length === 0) : undefined;
  return { ok: missing.length === 0 && why === undefined, missing, ...(why === undefined ? {} : { why }) };
}

async function obstacle(isComplete: boolean): Promise<string | undefined> {
  if (process.getuid?.() !== 0) return 'a lab needs root, run it with sudo';
  if (!(await isInstalled('apt-get')))
    return 'hosts are built from the archives of Debian or Ubuntu, this machine has no apt, use the vagrant driver there';
  return isComplete ? tryKernel() : undefined;
}

const TRIAL = `
mount -t tmpfs tmpfs /mnt 2>&1 || { echo 'mount namespaces'; exit 1; }
cd "$1" && mkdir lower upper work merged
mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work merged 2>&1 || { echo 'overlayfs on the file system of the state directory'; exit 1; }
ip link add trial type bridge 2>&1 || { echo 'bridges'; exit 1; }
ip link add one type veth peer name two 2>&1 || { echo 'veth interfaces'; exit 1; }
nft 'add table ip trial; add chain ip trial post { type nat hook postrouting priority srcnat; }; add rule ip trial post masquerade' 2>&1 || { echo 'masquerading with nftables'; exit 1; }
`;

async function tryKernel(): Promise<string | undefined> {
  await mkdir(labDir(), { recursive: true });
  const directory = await mkdtemp(join(labDir(), 'trial-'));
  try {
    const namespaces = ['unshare', '--mount', '--net', '--pid', '--uts', '--ipc', '--cgroup', '--fork', '--propagation', 'private'];
    const trial = await ask([...namespaces, 'sh', '-c', TRIAL, 'trial', directory]);
    if (trial.status === 0) return undefined;
    const words = `${trial.stdout}${trial.stderr}`.trim().split('\n');
    const lacking = trial.stdout === '' ? 'namespaces' : (words.pop() ?? '');
    return `this kernel or container lacks ${lacking} (${words.join('; ')}), use a machine of its own or the vagrant driver`;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function isInstalled(tool: string): Promise<boolean> {
  const directories = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/sbin'].filter(Boolean);
  for (const directory of directories) {
    if (
      // A path stays what it is.
      await access(resolve(directory, tool), constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return true;
  }
  return false;
}
