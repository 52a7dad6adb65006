// The programs that are measured, and what each is started with. A table; nothing runs here.
import { join } from 'node:path';
import { cacheDir } from '../src/lab/paths.ts';
import { packageRoot } from '../src/util/package-root.ts';
import type { Way } from './ways.ts';

/** tsplay as it ships, below the folder of this package. */
const TSPLAY = 'dist/bundle/tsplay.cjs';

/** Where pyinfra is installed. */
export const PYINFRA_FOLDER = join(cacheDir(), 'pyinfra');

/** `first`: nothing is there yet. `converged`: nothing is left to do. `proxied`: the same, far away. */
export const PARTS = ['first', 'converged', 'proxied'] as const;

export type Part = (typeof PARTS)[number];

/** What is started. */
export interface Command {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** One program of the comparison. */
export interface Program {
  readonly title: string;
  readonly parts: readonly Part[];
  /** What it says when it has looked at everything. The scripts have no such word, nor an exit code: any word on stderr is a failure. */
  readonly says?: RegExp;
  readonly command: (way: Way) => Command;
}

const ASKS_ONLY: readonly Part[] = ['converged', 'proxied'];

const ANSIBLE_SAYS = /(node\d\s+: ok=62\s.*\s+){3}/;

/** In the order of the page. */
export const PROGRAMS = {
  tsplay: { title: 'tsplay', parts: PARTS, says: /: 62 tasks on 3 hosts/, command: tsplay('62-tasks.yml') },
  ansible: { title: 'ansible-core', parts: PARTS, says: ANSIBLE_SAYS, command: ansible({}) },
  mitogen: {
    title: 'ansible-core with Mitogen',
    parts: PARTS,
    says: ANSIBLE_SAYS,
    command: ansible({ ANSIBLE_STRATEGY: 'mitogen_linear' }),
  },
  pyinfra: { title: 'pyinfra', parts: PARTS, says: /Grand total\s+186\s/, command: pyinfra },
  floor: { title: 'floor.sh', parts: ASKS_ONLY, command: script('floor.sh') },
  'floor-tuned': { title: 'floor-tuned.sh', parts: ASKS_ONLY, command: script('floor-tuned.sh') },
  connect: { title: 'tsplay, one task', parts: ASKS_ONLY, says: /: 1 task on 3 hosts/, command: tsplay('connect.yml') },
  'ssh-true': { title: 'ssh host true', parts: ASKS_ONLY, command: script('ssh-true.sh') },
} as const satisfies Readonly<Record<string, Program>>;

export type ProgramName = keyof typeof PROGRAMS;

export const PROGRAM_NAMES = Object.keys(PROGRAMS) as readonly ProgramName[];

/** The programs that are installed for the comparison, and need Python on the hosts. */
export const PEERS = ['ansible', 'mitogen', 'pyinfra'] as const satisfies readonly ProgramName[];

/** A file that is kept beside the source of this one. */
function own(name: string): string {
  return join(packageRoot(), 'bench', name);
}

function peer(name: string): string {
  return own(join('peers', name));
}

function tsplay(playbook: string): Program['command'] {
  return way => ({ argv: [process.execPath, join(packageRoot(), TSPLAY), 'run', own(playbook), '-i', way.tsplay], env: {} });
}

function ansible(env: Command['env']): Program['command'] {
  return way => ({
    argv: ['ansible-playbook', '-i', way.ansible, peer('ansible-62-tasks.yml')],
    env: { ANSIBLE_CONFIG: peer('ansible.cfg'), ...env },
  });
}

function pyinfra(way: Way): Command {
  return { argv: [join(PYINFRA_FOLDER, 'bin', 'pyinfra'), '--yes', way.pyinfra, peer('pyinfra-62-tasks.py')], env: {} };
}

function script(name: string): Program['command'] {
  return way => ({ argv: ['sh', peer(name), ...way.urls], env: { SSH_OPTS: way.sshOptions.join(' ') } });
}
