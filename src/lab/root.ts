// The system all hosts of a lab share as their lower layer: built once by mmdebstrap, kept in the cache, never written to again.
import { createHash } from 'node:crypto';
import { access, mkdir, readdir, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readAptSources, type AptSources } from './apt-sources.ts';
import { run } from './command.ts';
import { withLock } from './lock.ts';
import { cacheDir } from './paths.ts';
import { readPlans } from './plan-file.ts';
import type { LabEvents } from './types.ts';

/** Raise it when {@link finish} changes. */
const RECIPE = 1;

/** What a plain Debian server has, with sshd. No python, and no libpam-systemd: with it a login now and then hangs for a minute. */
const PACKAGES = [
  'ca-certificates',
  'cron',
  'dbus',
  'iproute2',
  'iputils-ping',
  'logrotate',
  'netbase',
  'openssh-server',
  'procps',
  'sudo',
  'systemd',
  'systemd-sysv',
];

/** Translations: nobody reads them in a lab. Manual pages stay, because Java's packages fail to link theirs where the folder is missing. */
const LEFT_OUT = ['path-exclude=/usr/share/locale/*'];

/** A root that no lab stands on and nobody has asked for in this time is removed when another is built. */
const KEPT_MS = 7 * 24 * 3600 * 1000;

/** Timers that would hold apt's lock in the middle of a run, and a login on a console nobody has. */
const MASKED = ['apt-daily.timer', 'apt-daily-upgrade.timer', 'console-getty.service'];

/** Gives the path of the root, building it first when the cache has none of this recipe. */
export async function ensureRoot(events: LabEvents, signal?: AbortSignal): Promise<string> {
  const sources = await readAptSources(events);
  const recipe = JSON.stringify([RECIPE, PACKAGES, LEFT_OUT, MASKED, sources]);
  const name = `root-${createHash('sha256').update(recipe).digest('hex').slice(0, 12)}`;
  const root = join(cacheDir(), name);
  const there = () =>
    access(root).then(
      () => true,
      () => false,
    );
  if (await there()) return used(root);
  return withLock(
    'root',
    () => events('waiting for another tsplay that builds the root'),
    async () => {
      if (await there()) return used(root);
      await mkdir(cacheDir(), { recursive: true });
      await removeOldRoots();
      events(`building the root from ${sources.suite} (once, about half a minute)`);
      const started = performance.now();
      await build(`${root}.new`, sources, signal);
      await rename(`${root}.new`, root);
      await used(root);
      events(`root built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
      return root;
    },
  );
}

/** Notes in its time stamp that a root is in use. */
async function used(root: string): Promise<string> {
  await utimes(root, new Date(), new Date());
  return root;
}

/** Removes roots nobody needs, and what a killed build left. */
async function removeOldRoots(): Promise<void> {
  const standing = new Set((await readPlans()).map(plan => plan.root));
  for (const entry of (await readdir(cacheDir())).filter(name => name.startsWith('root-'))) {
    const path = join(cacheDir(), entry);
    const isOld = Date.now() - (await stat(path)).mtimeMs > KEPT_MS;
    if (entry.endsWith('.new') || (isOld && !standing.has(path))) await rm(path, { recursive: true, force: true });
  }
}

async function build(root: string, sources: AptSources, signal?: AbortSignal): Promise<void> {
  const options = [
    '--quiet',
    '--mode=root',
    '--format=directory',
    '--variant=minbase',
    `--include=${PACKAGES.join(',')}`,
    // The lists stay, so that a host can install without an update first.
    '--skip=cleanup/apt/lists',
    '--aptopt=APT::Install-Recommends "false"',
    ...sources.options.map(option => `--aptopt=${option.replace(/;$/, '')}`),
    ...LEFT_OUT.map(option => `--dpkgopt=${option}`),
  ];
  await run(['mmdebstrap', ...options, sources.suite, root, '-'], {
    input: `${sources.lines.join('\n')}\n`,
    ...(signal ? { signal } : {}),
  });
  await finish(root, sources);
}

async function finish(root: string, sources: AptSources): Promise<void> {
  const authorities = Object.entries(sources.authorities);
  for (const [file, text] of authorities) await writeFile(join(root, 'usr/local/share/ca-certificates', file), text);
  if (authorities.length > 0) await run(['chroot', root, 'update-ca-certificates']);
  // Each host gets a key, an identity and a name of its own; one baked in would make them the same machine.
  const keys = (await readdir(join(root, 'etc/ssh'))).filter(file => file.startsWith('ssh_host_'));
  for (const file of [...keys.map(key => `etc/ssh/${key}`), 'etc/machine-id', 'etc/hostname']) await rm(join(root, file), { force: true });
  // apt-get keeps what it downloaded and apt does not; here both do, see the package cache.
  await writeFile(join(root, 'etc/apt/apt.conf.d/90lab'), 'Binary::apt::APT::Keep-Downloaded-Packages "true";\n');
  await run(['chroot', root, 'systemctl', '--quiet', 'enable', 'systemd-networkd.service']);
  for (const unit of MASKED) await symlink('/dev/null', join(root, 'etc/systemd/system', unit));
}
