// Starts a host: systemd-nspawn over an overlay, in control groups and a mount namespace of its own.
import { spawn } from 'node:child_process';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { createControlGroups, processesOf } from './cgroup.ts';
import { inNetns } from './in-netns.ts';
import { hostName, machineName } from './names.ts';
import { poll } from './poll.ts';
import { seedDirectory } from './seed.ts';
import { subnetOf } from './subnet.ts';
import type { LabHostState, LabPlan } from './types.ts';

/**
 * What watches over a host while it is on. It enters the host's control groups before it starts anything, so that whatever it starts can be found.
 * The overlay is mounted in its own mount namespace and is gone when the last process is; so is what nspawn writes below /run.
 * Syncing is suppressed (systemd 250 and later): a disk that lives as long as its lab has nothing to save, and packages install in two thirds of the time.
 * nspawn ends with 133 when the host reboots, as a unit of systemd would be told to start again.
 */
const SUPERVISOR = `
set -e
options=$1 merged=$2 machine=$3 name=$4 bridge=$5
shift 5
for group; do echo 0 > "$group/cgroup.procs"; done
mount -t overlay overlay -o "$options" "$merged"
mount -t tmpfs -o mode=0755 tmpfs /run/systemd/nspawn
while :; do
  status=0
  systemd-nspawn --quiet --directory="$merged" --machine="$machine" --hostname="$name" --register=no --keep-unit \\
    --network-bridge="$bridge" --link-journal=no --timezone=off --resolv-conf=off --settings=no --console=read-only --suppress-sync=yes --boot || status=$?
  [ "$status" -eq 133 ] || exit "$status"
done
`;

/** Starts a host that is off and seeded; it outlives this process. */
export async function bootHost(plan: LabPlan, host: LabHostState): Promise<void> {
  const [work, merged] = [join(host.directory, 'work'), join(host.directory, 'merged')];
  for (const directory of [host.upper, work, merged, '/run/systemd/nspawn']) await mkdir(directory, { recursive: true, mode: 0o755 });
  const options = `lowerdir=${seedDirectory(host)}:${plan.root},upperdir=${host.upper},workdir=${work}`;
  const bridge = plan.networks.find(network => network.subnet === subnetOf(host.address, host.prefix))?.bridge ?? '';
  const groups = await createControlGroups(plan.id, host.index);
  const words = [options, merged, machineName(plan.id, host.index), hostName(host.name), bridge, ...groups];
  const argv = inNetns(plan.netns, ['unshare', '--mount', '--propagation', 'slave', 'sh', '-c', SUPERVISOR, 'lab-host', ...words]);
  const console = await open(host.console, 'a');
  try {
    const [file = '', ...args] = argv;
    // No variable of this session reaches the host, and no terminal: it is a machine, not a job.
    const child = spawn(file, args, {
      detached: true,
      stdio: ['ignore', console.fd, console.fd],
      cwd: '/',
      env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C.UTF-8' },
    });
    await new Promise<void>((fulfil, reject) => {
      child.on('spawn', fulfil);
      child.on('error', reject);
    });
    // Until the supervisor is in its control group nobody could find it; from then on this process may be killed.
    const entered = async () => ((await processesOf(plan.id, host.index)).length > 0 ? true : undefined);
    const stopped = () => child.exitCode !== null || child.signalCode !== null;
    const look = async () => (await entered()) ?? (stopped() ? true : undefined);
    await poll(look, () => `host ${host.name} did not start within 20 s, look at ${host.console}`, { deadline: 20_000, every: 5 });
    child.unref();
  } finally {
    await console.close();
  }
}
