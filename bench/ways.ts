// A way to the hosts, straight or through the proxy, in the words of each program.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hostKeyPath, readPublicKey } from '../src/lab/keys.ts';
import type { LabHostState, LabPlan } from '../src/lab/types.ts';
import { knownHostsName } from '../src/session/host-keys/known-hosts.ts';

/** Where a host is reached. */
interface Place {
  readonly host: LabHostState;
  readonly address: string;
  readonly port: number;
}

/** Inventories and words of the command line; the hosts have the same names on every way. */
export interface Way {
  /** Path of tsplay's inventory. */
  readonly tsplay: string;
  /** Path of Ansible's inventory. */
  readonly ansible: string;
  /** Path of pyinfra's inventory. */
  readonly pyinfra: string;
  /** Options for the OpenSSH client, none with a blank in it. */
  readonly sshOptions: readonly string[];
  /** The hosts as the OpenSSH client takes them. */
  readonly urls: readonly string[];
  /** Round trips to the host with the most since it was last asked; only the proxy counts them. */
  readonly takeRoundTrips?: () => Promise<number>;
}

/** Writes the inventories of a way into a folder. */
export async function writeWay(folder: string, lab: LabPlan, places: readonly Place[]): Promise<Way> {
  mkdirSync(folder, { recursive: true });
  const put = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const keys = places.map(async ({ host, address, port }) => {
    return `${knownHostsName(address, port)} ${await readPublicKey(hostKeyPath(host))}\n`;
  });
  const login: Login = { user: lab.user, key: lab.privateKey, knownHosts: put('known_hosts', (await Promise.all(keys)).join('')) };
  const entries = (dataOf: DataOf): readonly (readonly [string, Data])[] => places.map(place => [place.host.name, dataOf(place, login)]);
  // JSON is YAML. The group is the one that Ansible's playbook is for.
  const inventory = (dataOf: DataOf): string =>
    JSON.stringify({ all: { children: { lab: { hosts: Object.fromEntries(entries(dataOf)) } } } });
  return {
    tsplay: put('tsplay.yml', inventory(tsplayData)),
    ansible: put('ansible.yml', inventory(ansibleData)),
    // A list of strings, numbers and dictionaries of them is written alike in JSON and in Python; a host is a tuple.
    pyinfra: put('pyinfra.py', `hosts = [tuple(host) for host in ${JSON.stringify(entries(pyinfraData))}]\n`),
    sshOptions: ['-i', login.key, ...sshOptions(login)],
    urls: places.map(({ address, port }) => `ssh://${login.user}@${address}:${port}`),
  };
}

interface Login {
  readonly user: string;
  readonly key: string;
  readonly knownHosts: string;
}

type Data = Readonly<Record<string, string | number>>;
type DataOf = (place: Place, login: Login) => Data;

const tsplayData: DataOf = ({ address, port }, { user, key, knownHosts }) => ({
  address,
  ssh_port: port,
  ssh_user: user,
  ssh_key: key,
  ssh_known_hosts: knownHosts,
});

const ansibleData: DataOf = ({ address, port }, login) => ({
  ansible_host: address,
  ansible_port: port,
  ansible_user: login.user,
  ansible_ssh_private_key_file: login.key,
  ansible_ssh_common_args: sshOptions(login).join(' '),
  ansible_python_interpreter: '/usr/bin/python3',
});

const pyinfraData: DataOf = ({ address, port }, { user, key, knownHosts }) => ({
  ssh_hostname: address,
  ssh_port: port,
  ssh_user: user,
  ssh_key: key,
  ssh_known_hosts_file: knownHosts,
  ssh_strict_host_key_checking: 'yes',
});

/** The client's own configuration is left out. */
function sshOptions({ knownHosts }: Login): readonly string[] {
  const options = [
    'IdentitiesOnly=yes',
    `UserKnownHostsFile=${knownHosts}`,
    'GlobalKnownHostsFile=/dev/null',
    'StrictHostKeyChecking=yes',
    'LogLevel=ERROR',
  ];
  return ['-F', 'none', ...options.flatMap(option => ['-o', option])];
}
