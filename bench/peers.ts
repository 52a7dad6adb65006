// Installs the other programs by their names, and says which versions there are.
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { ask, run } from '../src/lab/command.ts';
import { installNeeds } from '../src/lab/install-needs.ts';
import type { LabEvents } from '../src/lab/types.ts';
import { PEERS, PYINFRA_FOLDER, type ProgramName } from './programs.ts';

/** A program that is not measured. */
export interface Absence {
  readonly program: ProgramName;
  readonly why: string;
}

/** Installs those that are named. @returns which cannot be had here */
export async function installPeers(programs: readonly ProgramName[], events: LabEvents): Promise<readonly Absence[]> {
  const absences: Absence[] = [];
  for (const program of PEERS.filter(peer => programs.includes(peer))) {
    try {
      await installPeer(program, events);
    } catch (error) {
      const why = `it cannot be installed: ${error instanceof Error ? error.message : String(error)}`;
      events(`${program} is left out, ${why}`);
      absences.push({ program, why });
    }
  }
  return absences;
}

type Peer = (typeof PEERS)[number];

async function installPeer(peer: Peer, events: LabEvents): Promise<void> {
  switch (peer) {
    case 'ansible':
      return installNeeds(events, ['peers']);
    case 'mitogen':
      return installNeeds(events, ['peers', 'mitogen']);
    case 'pyinfra':
      await installNeeds(events, ['pyinfra']);
      return installPyinfra(events);
    default:
      peer satisfies never;
  }
}

/** From PyPI, with pip as it is configured on this machine. Debian's Python, as for the other peers. */
async function installPyinfra(events: LabEvents): Promise<void> {
  const python = join(PYINFRA_FOLDER, 'bin', 'python');
  const isThere = await access(join(PYINFRA_FOLDER, 'bin', 'pyinfra')).then(
    () => true,
    () => false,
  );
  if (isThere) return;
  events('installing pyinfra: it is compared with');
  await run(['/usr/bin/python3', '-m', 'venv', '--clear', '--without-pip', PYINFRA_FOLDER]);
  await run(['/usr/bin/pip3', '--python', python, 'install', '--quiet', 'pyinfra']);
}

/** What each peer, and the OpenSSH client of the floors, says of its version; those that are not there say nothing. */
export async function readVersions(): Promise<Readonly<Record<string, string>>> {
  const questions = Object.entries(QUESTIONS).map(async ([name, argv]) => {
    const { stdout, stderr } = await ask(argv).catch(() => ({ stdout: '', stderr: '' }));
    const version = /\d+\.\d+[\w.+~-]*/.exec(stdout || stderr)?.[0];
    return version === undefined ? [] : [[name, version] as const];
  });
  return Object.fromEntries((await Promise.all(questions)).flat());
}

const QUESTIONS = {
  'ansible-core': ['ansible-playbook', '--version'],
  Mitogen: ['dpkg-query', '--show', '--showformat=${Version}', 'ansible-mitogen'],
  pyinfra: [join(PYINFRA_FOLDER, 'bin', 'pyinfra'), '--version'],
  OpenSSH: ['ssh', '-V'],
} as const;
