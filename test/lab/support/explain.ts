// Which paths a task of the Program accounts for: the bridge between what was foretold and what the oracle saw.
import type { Node, Program, TaskSlot } from '../../../src/program/types.ts';

/** A pattern of paths, and the task that accounts for them. */
export interface Explanation {
  readonly task: string;
  readonly paths: RegExp;
  /** A task whose trace is not a path (a running unit, an account) is checked by other means. */
  readonly leavesPath: boolean;
}

/** What changes by itself on a host that runs: logs and caches. Short, and the same for every playbook. */
export const NOISE: readonly RegExp[] = [
  /^\/var\/log\/(journal|wtmp|lastlog|btmp|faillog)(\/|$)/,
  /^\/var\/lib\/systemd(\/|$)/,
  /^\/var\/lib\/private(\/|$)/,
  /^\/var\/cache\/(ldconfig|private)(\/|$)/,
  /^\/etc\/(machine-id|\.updated|\.pwd\.lock)$/,
  /^\/var\/\.updated$/,
  /^\/(run|tmp|var\/tmp)(\/|$)/,
];

/** The explanations of a host's tasks. */
export function explanationsFor(program: Program, host: string): readonly Explanation[] {
  const slots = program.plays.flatMap(play => play.sections.flatMap(section => section.tasks));
  return slots.filter(slot => slot.hosts[host] !== undefined).map(slot => explain(slot, host));
}

const ACCOUNTS = /^\/etc\/(passwd|shadow|group|gshadow|subuid|subgid)-?$/;
const PACKAGES = /^\/(usr|etc|var\/lib|var\/cache|var\/log\/(apt|dpkg\.log|alternatives\.log)|opt|lib|bin|sbin)(\/|$)/;

function explain(slot: TaskSlot, host: string): Explanation {
  const params = slot.specs[slot.hosts[host] ?? 0]?.params ?? {};
  const text = (name: string): string => literal(params[name]);
  const of = (paths: RegExp, leavesPath = true): Explanation => ({ task: slot.ref.name, paths, leavesPath });
  switch (slot.ref.module) {
    case 'file.directory':
    case 'file.link':
      return of(exactly(text('path')));
    case 'file.copy':
    case 'file.template':
      return of(exactly(text('dest')));
    case 'archive.unpack':
      return of(below(text('dest')));
    case 'group':
    case 'user':
      return of(ACCOUNTS);
    case 'hosts.entries':
      return of(exactly('/etc/hosts'));
    case 'package':
      return of(PACKAGES);
    case 'systemd.unit':
      return of(exactly(`/etc/systemd/system/${text('name')}`));
    case 'systemd.service':
      return of(/^\/etc\/systemd\/system\/[^/]+\.wants(\/|$)/);
    case 'sysctl':
      return of(exactly(text('file') || '/etc/sysctl.d/60-tsplay.conf'));
    case 'zookeeper.ensemble':
      return of(/\/(zkdata|zkdatalog|data|log|zookeeper)(\/|$)/, false);
    case 'kafka.storage':
    case 'kafka.brokers':
      return of(/^\/(opt\/kafka\/kafkalogs|var\/log\/kafka|var\/lib\/tsplay\/rolls)(\/|$)/, false);
    // What they change is kept by the brokers, on every host.
    case 'kafka.topic':
    case 'kafka.leaders':
    // They look, and change nothing.
    case 'kafka.check':
    case 'kafka.upgrade':
    case 'zookeeper.upgrade':
      return of(/^$/, false);
    default:
      throw new Error(`the oracle does not know what ${slot.ref.module} leaves behind; teach it`);
  }
}

function literal(node: Node | undefined): string {
  return node?.kind === 'value' && typeof node.value === 'string' ? node.value : '';
}

function exactly(path: string): RegExp {
  return new RegExp(`^${escaped(path)}$`);
}

function below(path: string): RegExp {
  return new RegExp(`^${escaped(path)}(/|$)`);
}

function escaped(path: string): string {
  return path.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
