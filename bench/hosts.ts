// Three fresh hosts of the lab, and what the bench does to them from outside, without any of the programs.
import { join } from 'node:path';
import { labDown } from '../src/lab/down.ts';
import { labExec } from '../src/lab/exec.ts';
import { labId } from '../src/lab/paths.ts';
import type { LabEvents, LabState } from '../src/lab/types.ts';
import { labUp } from '../src/lab/up.ts';
import { packageRoot } from '../src/util/package-root.ts';
import { freeSubnet } from '../test/lab/support/free-subnet.ts';

/** Hosts that stand until they are disposed of. */
export interface Hosts extends AsyncDisposable {
  readonly lab: LabState;
  /** Runs shell text as root on each host. @returns what each printed, its lines with the host's name @throws Error when one fails */
  readonly all: (script: string) => Promise<string>;
}

/** The lab of this checkout; two benches of it cannot run at a time. */
export const BENCH_LAB = labId(join(packageRoot(), 'bench'));

const NAMES = ['node1', 'node2', 'node3'] as const;

/** What Ansible and pyinfra need on a host. */
export const INSTALL_PYTHON = 'apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends python3';

/** Takes away what the 62 tasks make, and what Ansible keeps on a host. */
export const RESET = 'rm -rf /opt/bench /etc/bench.conf /root/.ansible';

/** Does what the 62 tasks do. */
export const SETTLE = `
set -e
${RESET}
umask 022
mkdir /opt/bench
i=0
while [ $i -lt 20 ]; do
  mkdir /opt/bench/d$i
  printf 'key=%s\\nhost=%s\\n' $i "$(hostname)" > /opt/bench/d$i/conf
  echo opt$i=on >> /etc/bench.conf
  i=$((i + 1))
done
: > /opt/bench/last
`;

/**
 * What the tasks are about. Ansible's make no file `last`: gathering facts is the 62nd of them. Blank lines do not count: pyinfra begins a
 * file with one.
 */
export const STATE = `
awk 'NF { print FILENAME, ++n, $0 }' /etc/bench.conf
find /opt/bench /etc/bench.conf ! -path /opt/bench/last -printf '%p %y %m %u %g\\n' | sort
find /opt/bench ! -path /opt/bench/last -type f -exec sha256sum {} + | sort
`;

/** What no program can leave as it was if it changes anything. */
export const STAMPS = `find /opt/bench /etc/bench.conf -printf '%p %i %C@\\n' | sort`;

/** Brings them up; those that a killed bench left are taken down first. */
export async function startHosts(events: LabEvents, signal: AbortSignal): Promise<Hosts> {
  const down = (): Promise<void> => labDown(BENCH_LAB, () => undefined);
  await down();
  try {
    using net = await freeSubnet();
    const hosts = NAMES.map((name, index) => ({ name, address: `${net.start}.${10 + index}` }));
    const lab = await labUp({ id: BENCH_LAB, hosts, user: 'root', label: 'npm run bench' }, events, { signal });
    return { lab, all: script => runOnAll(lab, script), [Symbol.asyncDispose]: down };
  } catch (error) {
    await down();
    throw error;
  }
}

async function runOnAll(lab: LabState, script: string): Promise<string> {
  const answers = lab.hosts.map(async ({ name }) => {
    const { status, stdout, stderr } = await labExec(lab, name, ['sh', '-c', script]);
    if (status !== 0) throw new Error(`${name}: status ${status}: ${stderr.trim()}`);
    return stdout.trimEnd().replaceAll(/^(?=.)/gm, `${name} `);
  });
  return (await Promise.all(answers)).join('\n');
}
