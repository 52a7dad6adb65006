// Runs Ansible against a host of the lab, and reads from its words how each task ended.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from '../../src/lab/command.ts';
import { findHost } from '../../src/lab/exec.ts';
import { inNetns } from '../../src/lab/in-netns.ts';
import { playbookText, type PeersLab } from './peers-lab.ts';
import type { Outcome } from './verdict.ts';

/** What its modules need on a host: Python, its binding to apt, and ACLs to become a user who is not root. */
const ON_THE_HOST = 'python3 python3-apt acl';

/** Its host, made ready. @returns its version, as in `ansible-core 2.14.18` */
export async function prepareAnsible({ lab }: PeersLab, host: string): Promise<string> {
  await lab.shell(host, `apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends ${ON_THE_HOST}`);
  const { stdout } = await ask(['ansible-playbook', '--version']);
  const found = /^ansible-playbook \[core ([^\]]+)\]/.exec(stdout)?.[1];
  if (found === undefined) throw new Error(`ansible-playbook --version says no version of ansible-core: ${stdout}`);
  return `ansible-core ${found}`;
}

/** Runs or checks a playbook of this folder. The person's own configuration is left out of it. */
export async function runAnsible(peers: PeersLab, host: string, name: string, check: boolean): Promise<ReadonlyMap<string, Outcome>> {
  const { lab, variables } = peers;
  const at = (file: string): string => join(lab.folder, file);
  writeFileSync(at('ansible.yml'), playbookText(name));
  writeFileSync(at('ansible.cfg'), '');
  writeFileSync(at('ansible-vars.json'), JSON.stringify(variables));
  writeFileSync(at('ansible-hosts.yml'), JSON.stringify({ all: { hosts: { [host]: connectionTo(peers, host) } } }));
  const words = [
    '-v',
    '-i',
    at('ansible-hosts.yml'),
    '-e',
    `@${at('ansible-vars.json')}`,
    ...(check ? ['--check'] : []),
    at('ansible.yml'),
  ];
  const { stdout, stderr } = await ask(inNetns(lab.state.netns, ['ansible-playbook', ...words]), {
    cwd: lab.folder,
    env: {
      ANSIBLE_CONFIG: at('ansible.cfg'),
      ANSIBLE_HOME: at('.ansible'),
      ANSIBLE_NOCOLOR: '1',
      ANSIBLE_PIPELINING: '1',
      // Its master connection outlives it by this much.
      ANSIBLE_SSH_ARGS: '-o ControlMaster=auto -o ControlPersist=5s',
    },
  });
  const outcomes = readOutcomes(stdout);
  if (outcomes.size === 0) throw new Error(`ansible-playbook ran no task: ${stdout}${stderr}`);
  return outcomes;
}

function connectionTo({ lab }: PeersLab, host: string): Readonly<Record<string, string>> {
  const { user, privateKey, knownHosts } = lab.state;
  return {
    ansible_host: findHost(lab.state, host).address,
    ansible_user: user,
    ansible_ssh_private_key_file: privateKey,
    ansible_ssh_common_args: `-F none -o UserKnownHostsFile=${knownHosts} -o GlobalKnownHostsFile=/dev/null -o StrictHostKeyChecking=yes`,
    ansible_python_interpreter: '/usr/bin/python3',
  };
}

const TASK = /^(?:TASK|RUNNING HANDLER) \[(.*)\] \*+$/;
const RESULT = /^(changed|ok|skipping|fatal|failed): \[[^\]]+\](?:: [A-Z]+!)?(?: => (.*))?$/;

/** How each task ended, by its name, from the words of `ansible-playbook -v`. */
export function readOutcomes(words: string): ReadonlyMap<string, Outcome> {
  const outcomes = new Map<string, Outcome>();
  let task: string | undefined;
  for (const line of words.split('\n')) {
    const title = TASK.exec(line);
    if (title) task = title[1];
    const result = RESULT.exec(line);
    if (result && task !== undefined) outcomes.set(task, outcomeOf(result[1] ?? '', result[2] ?? ''));
  }
  return outcomes;
}

function outcomeOf(word: string, details: string): Outcome {
  if (word === 'changed' || word === 'ok') return { status: word };
  // A condition that does not hold gives its reason; what cannot be checked does not.
  if (word === 'skipping') return { status: /"skip_reason": "Conditional/.test(details) ? 'skipped' : 'silent' };
  return { status: 'failed', message: messageIn(details) };
}

function messageIn(details: string): string {
  const text = /"msg": "((?:[^"\\]|\\.)*)"/.exec(details)?.[1];
  return text === undefined ? details : (JSON.parse(`"${text}"`) as string);
}
