// A lab of hosts that a test names, with an inventory, playbooks and materials that it writes itself.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bringLabUp } from '../../../src/cli/commands/lab-actions.ts';
import { requestFrom } from '../../../src/cli/commands/request.ts';
import { compileInventory } from '../../../src/cli/compile-request.ts';
import { labDown } from '../../../src/lab/down.ts';
import { labExec } from '../../../src/lab/exec.ts';
import { labId } from '../../../src/lab/paths.ts';
import type { LabState } from '../../../src/lab/types.ts';
import type { Mode } from '../../../src/report/events.ts';
import { freeSubnet } from './free-subnet.ts';
import { observe, type LabRun } from './lab-inventory.ts';
import { lookAt, type Snapshot } from './oracle.ts';
import { takeWay } from './way.ts';

/** A lab that stands until it is disposed of. */
export interface WrittenLab extends AsyncDisposable {
  readonly state: LabState;
  /** The folder that holds all: `templates/`, `files/`, the playbooks, the inventory. */
  readonly folder: string;
  /** Runs a playbook's text against the whole inventory. Every change is proved in a run. */
  readonly play: (mode: Mode, playbook: string) => Promise<LabRun>;
  /** Runs shell text as root on a host, from outside. @returns what it printed, trimmed @throws Error when it fails */
  readonly shell: (host: string, script: string) => Promise<string>;
  readonly look: (host: string) => Promise<Snapshot>;
  /** Takes the hosts down and puts new machines in their places. */
  readonly rebuild: () => Promise<void>;
}

/** Brings up hosts on a free network. `prepare` fills the folder and gives the variables of all hosts. */
export async function startWrittenLab(
  hosts: readonly string[],
  prepare: (folder: string) => Promise<Readonly<Record<string, string>>>,
): Promise<WrittenLab> {
  const folder = mkdtempSync(join(tmpdir(), 'tsplay-lab-'));
  const inventory = join(folder, 'inventory');
  try {
    using net = await freeSubnet();
    const addresses = Object.fromEntries(hosts.map((host, index) => [host, { address: `${net.start}.${10 + index}` }]));
    const lab = { lab_driver: 'nspawn', ssh_user: '{{ lab.user }}', ssh_key: '{{ lab.key }}', ssh_known_hosts: '{{ lab.known_hosts }}' };
    write(join(inventory, 'hosts.yml'), JSON.stringify({ all: { hosts: addresses } }));
    write(join(inventory, 'group_vars', 'all.yml'), JSON.stringify({ ...lab, ...(await prepare(folder)) }));
    const { program } = await compileInventory(inventory, folder);
    const bringUp = async (): Promise<LabState> => {
      const up = await bringLabUp(program, inventory, () => undefined, new AbortController().signal);
      await takeWay(up, inventory);
      return up;
    };
    let state = await bringUp();
    return {
      get state() {
        return state;
      },
      folder,
      play: (mode, playbook) => {
        const file = join(folder, 'playbook.yml');
        write(file, playbook);
        return observe({ ...requestFrom({ inventory: [inventory], prove: mode === 'run' }, file, mode), cwd: folder });
      },
      shell: async (host, script) => {
        const { status, stdout, stderr } = await labExec(state, host, ['bash', '-c', script]);
        if (status !== 0) throw new Error(`${script}: status ${status}: ${stderr.trim()}`);
        return stdout.trim();
      },
      look: host => {
        const found = state.hosts.find(candidate => candidate.name === host);
        if (found === undefined) throw new Error(`the lab has no host ${host}`);
        return lookAt(state, found);
      },
      rebuild: async () => {
        await labDown(labId(inventory), () => undefined);
        state = await bringUp();
      },
      [Symbol.asyncDispose]: () => tearDown(inventory, folder),
    };
  } catch (error) {
    await tearDown(inventory, folder);
    throw error;
  }
}

async function tearDown(inventory: string, folder: string): Promise<void> {
  await labDown(labId(inventory), () => undefined);
  rmSync(folder, { recursive: true, force: true });
}

/** JSON is YAML. */
function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
