// The headings of plays and tasks, in the words Ansible users look for.
import { formatPosition } from '../errors/problem.ts';
import type { Mode, TaskRef } from './events.ts';
import { plural } from './plural.ts';

const MODE_WORDS: Readonly<Record<Mode, string>> = {
  run: '',
  check: ' (check: nothing is changed)',
  verify: ' (verify)',
  chaos: ' (verify, with chaos)',
};

/** `RUN [playbooks/zookeeper.yml] on 3 hosts of lab`. */
export function runHeading(playbook: string, inventory: string, hosts: number, mode: Mode): string {
  return `RUN [${playbook}] on ${plural(hosts, 'host')} of ${inventory}${MODE_WORDS[mode]}`;
}

/** `PLAY [ZooKeeper ensemble] n1, n2, n3`; many hosts are counted. */
export function playHeading(play: string, hosts: readonly string[]): string {
  const who = hosts.length === 0 ? 'no hosts are left' : hosts.length <= 8 ? hosts.join(', ') : plural(hosts.length, 'host');
  return `PLAY [${play}] ${who}`;
}

/** `TASK [zookeeper : write zoo.cfg]`, with its place in the files when asked for. */
export function taskHeading(task: TaskRef, isDetailed: boolean): string {
  const name = task.role === undefined || task.name.startsWith(`${task.role} : `) ? task.name : `${task.role} : ${task.name}`;
  const detail = isDetailed ? ` ${task.module}${task.at ? ` at ${formatPosition(task.at)}` : ''}` : '';
  return `${task.handler ? 'HANDLER' : 'TASK'} [${name}]${detail}`;
}
