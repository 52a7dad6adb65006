// Hosts for the dependent tasks: what both playbooks send, read and download is there, and nothing of what they make.
import { createHash } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startWrittenLab, type WrittenLab } from '../lab/support/written-lab.ts';
import { projectRoot } from '../support/project-root.ts';
import { writeTar } from '../unit/artifact/write-tar.ts';

/** The playbooks and what they send; read from the sources, for the compiler copies no YAML. */
const FOLDER = join(projectRoot(), 'test', 'peers');

/** What is downloaded: from the controller by tsplay, which fetches there, and from the host itself by Ansible. */
const RELEASE = 'release 1\n';

/** A key of no host, in the words of known_hosts. */
const KNOWN_KEY = `peer ssh-ed25519 ${Buffer.concat([
  Buffer.from('\0\0\0\x0bssh-ed25519\0\0\0\x20', 'latin1'),
  createHash('sha256').update('peer').digest(),
]).toString('base64')}`;

/** A package in a repository that is a directory of the host; the repository's file is written by hand, the tool for it is not in the root. */
const DEPOT = `
set -e
mkdir -p /srv/depot /tmp/hello/DEBIAN /tmp/hello/usr/share/peers
echo hello > /tmp/hello/usr/share/peers/hello
printf 'Package: peers-hello\\nVersion: 1.0\\nArchitecture: all\\nMaintainer: nobody <nobody@localhost>\\nDescription: says hello\\n' > /tmp/hello/DEBIAN/control
dpkg-deb --root-owner-group --build /tmp/hello /srv/depot/peers-hello_1.0_all.deb
rm -r /tmp/hello
printf 'release 1\\n' > /srv/depot/release.txt
cd /srv/depot
{ dpkg-deb -f peers-hello_1.0_all.deb
  echo "Filename: ./peers-hello_1.0_all.deb"
  echo "Size: $(stat -c %s peers-hello_1.0_all.deb)"
  echo "SHA256: $(sha256sum peers-hello_1.0_all.deb | cut -d ' ' -f 1)"
} > Packages
`;

/** A lab with the variables that the playbooks name. */
export interface PeersLab extends AsyncDisposable {
  readonly lab: WrittenLab;
  readonly variables: Readonly<Record<string, string>>;
}

/** The text of a playbook of this folder. */
export function playbookText(name: string): string {
  return readFileSync(join(FOLDER, name), 'utf8');
}

/** Brings up fresh hosts with these names; stands until it is disposed of. */
export async function startPeersLab(hosts: readonly string[]): Promise<PeersLab> {
  let variables: Readonly<Record<string, string>> = {};
  const lab = await startWrittenLab(hosts, async folder => (variables = await writeMaterials(folder)));
  try {
    await Promise.all(hosts.map(host => lab.shell(host, DEPOT)));
    return { lab, variables, [Symbol.asyncDispose]: () => lab[Symbol.asyncDispose]() };
  } catch (error) {
    await lab[Symbol.asyncDispose]();
    throw error;
  }
}

/** Fills the folder of the lab. @returns the variables that name what is in it */
async function writeMaterials(folder: string): Promise<Readonly<Record<string, string>>> {
  for (const name of ['files', 'templates']) cpSync(join(FOLDER, name), join(folder, name), { recursive: true });
  const tree = join(folder, 'tree.tar.gz');
  await writeTar(tree, [
    { name: 'tree/' },
    { name: 'tree/run', mode: 0o755, content: '#!/bin/sh\necho run\n' },
    { name: 'tree/tree.conf', content: 'port = 1\n' },
  ]);
  const release = join(folder, 'release.txt');
  writeFileSync(release, RELEASE);
  return {
    app_name: 'peers',
    fetched: join(folder, 'fetched'),
    known_key: KNOWN_KEY,
    release,
    release_checksum: `sha256:${sha256(RELEASE)}`,
    tree,
    tree_checksum: `sha256:${sha256(readFileSync(tree))}`,
  };
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
