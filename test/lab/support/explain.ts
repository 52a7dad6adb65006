// What changes by itself, and which things a foretold change accounts for: the bridge between what was foretold and what the oracle saw.
import type { Program, TaskSlot } from '../../../src/program/types.ts';
import { slotsOf } from '../../../src/program/walk.ts';
import type { ChangeRecord } from '../../../src/report/events.ts';
import type { Difference } from './differences.ts';
import { ACCOUNTS, below, escaped, exactly, fileMarks, isGroup, lookedUp, paramOf, serviceLinks, textOf, under } from './marks.ts';
import type { Mark } from './marks.ts';
import { packageMarks } from './package-marks.ts';

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

/** Units that start and end by themselves: systemd's own, sessions, timers of Debian. */
const UNIT_NOISE = /^(systemd-|user@|user-runtime-dir@|session-|apt-daily|dpkg-db-backup|man-db|logrotate|e2scrub|fstrim|getty@)/;

/** Whether it changes by itself. */
export function isNoise({ kind, name }: Pick<Difference, 'kind' | 'name'>): boolean {
  if (kind === 'path') return NOISE.some(noise => noise.test(name));
  return (kind === 'active' || kind === 'process') && UNIT_NOISE.test(name);
}

/** Paths that a service may write as it likes: what lies below the folders it was given, and is in no file task. */
export function livingPaths(programs: readonly Program[], host: string): (path: string) => boolean {
  const slots = programs.flatMap(program => slotsOn(program, host));
  const folders = slots.filter(slot => slot.ref.module === 'file.directory' && !['root', ''].includes(paramOf(slot, host, 'owner')));
  const living = folders.map(slot => under(paramOf(slot, host, 'path')));
  const managed = new Set(programs.flatMap(program => [...managedPaths(program, host)]));
  return path => !managed.has(path) && living.some(folder => folder.test(path));
}

/** What single tasks keep, path by path. */
export function managedPaths(program: Program, host: string): ReadonlySet<string> {
  return new Set(
    slotsOn(program, host).flatMap(slot => {
      if (slot.ref.module === 'systemd.unit') return [`/etc/systemd/system/${paramOf(slot, host, 'name')}`];
      if (slot.ref.module === 'hosts.entries') return ['/etc/hosts'];
      if (!slot.ref.module.startsWith('file.')) return [];
      return [paramOf(slot, host, 'dest'), paramOf(slot, host, 'path')].filter(path => path !== '');
    }),
  );
}

/** The tasks of a host, handlers too. */
export function slotsOn(program: Program, host: string): readonly TaskSlot[] {
  return slotsOf(program).filter(slot => slot.hosts[host] !== undefined);
}

/** What a change of a task accounts for, and what of that has to be seen. */
export function marksOf(program: Program, slot: TaskSlot, host: string, change: ChangeRecord): readonly Mark[] {
  const text = (name: string): string => paramOf(slot, host, name);
  const { attribute, to } = change;
  switch (slot.ref.module) {
    case 'file.directory':
      if (attribute !== 'state') return fileMarks(text('path'), change);
      return [...fileMarks(text('path'), change), { kind: 'path', names: above(text('path')) }];
    case 'file.link':
      return fileMarks(text('path'), change);
    case 'file.copy':
    case 'file.template':
      return fileMarks(text('dest'), change);
    case 'hosts.entries':
      return fileMarks('/etc/hosts', change);
    case 'archive.unpack': {
      // What another task keeps is that task's to account for.
      const others = managedPaths(program, host);
      return [{ kind: 'path', names: below(text('dest')), least: 1, except: name => name !== text('dest') && others.has(name) }];
    }
    case 'group':
      return [
        { kind: 'group', names: exactly(text('name')), least: 1 },
        { kind: 'path', names: ACCOUNTS },
      ];
    case 'user':
      return userMarks(text('name'), text('home'), change);
    case 'package':
      return packageMarks(attribute.replace(/^package /, ''));
    case 'systemd.unit': {
      const path = `/etc/systemd/system/${text('name')}`;
      if (attribute === 'read by systemd') return [];
      return [...fileMarks(path, change), { kind: 'enabled', names: exactly(text('name')) }];
    }
    case 'systemd.service':
      return serviceMarks(text('name'), change);
    case 'sysctl':
      if (attribute === 'persisted') return fileMarks(text('file') || '/etc/sysctl.d/60-tsplay.conf', change);
      return [{ kind: 'sysctl', names: exactly(text('name')), least: 1, after: said => said === textOf(to) }];
    case 'zookeeper.ensemble':
      return rollingMarks(text('unit') || 'zookeeper.service', change);
    case 'elasticsearch.nodes':
      return rollingMarks(text('unit') || 'elasticsearch.service', change);
    case 'elasticsearch.bootstrap':
      // It comes and goes in one run.
      return [{ kind: 'path', names: exactly(text('file')) }];
    case 'elasticsearch.keystore':
      return ['', '.version'].map(end => ({ kind: 'path', names: exactly(`${text('config')}/elasticsearch.keystore${end}`), least: 1 }));
    case 'redis.nodes':
      return instanceMarks(change);
    case 'redis.cluster':
      return [INSTANCE_DATA];
    case 'kafka.brokers':
      return rollingMarks(text('unit'), change);
    case 'kafka.storage':
      return (lookedUp(slot, host, 'dirs') as readonly string[]).map(dir => ({
        kind: 'path',
        names: exactly(`${dir}/meta.properties`),
        least: 1,
      }));
    case 'kafka.topic':
      return topicMarks(text('name'), change);
    default:
      throw new Error(`the oracle does not know what ${slot.ref.module} leaves behind; teach it`);
  }
}

/** The directories that lead to it. */
function above(path: string): RegExp {
  const names = path.split('/').slice(1, -1);
  const paths = names.map((_, index) => escaped(`/${names.slice(0, index + 1).join('/')}`));
  return new RegExp(`^(${paths.join('|')})$`);
}

/** Where `getent passwd` says it, behind the name. */
const FIELDS: Readonly<Record<string, number>> = { uid: 1, comment: 3, home: 4, shell: 5 };

/** Of a new user everything; else the field that differs. */
function userMarks(name: string, home: string, { attribute, to }: ChangeRecord): readonly Mark[] {
  const files: Mark = { kind: 'path', names: ACCOUNTS };
  if (attribute === 'groups') return [{ kind: 'group', names: /^/, least: 1 }, files];
  const field = FIELDS[attribute];
  const after = field === undefined ? undefined : (said: string): boolean => said.split(':')[field] === textOf(to);
  const account: Mark = { kind: 'user', names: exactly(name), least: 1, ...(after && { after }) };
  if (attribute === 'state') return [account, files, { kind: 'path', names: below(home) }];
  // usermod gives the new group what the old one has in the home.
  return [account, files, ...(attribute === 'group' ? [{ kind: 'path' as const, names: below(home), after: isGroup(textOf(to)) }] : [])];
}

function serviceMarks(given: string, { attribute, to }: ChangeRecord): readonly Mark[] {
  const unit = given.includes('.') ? given : `${given}.service`;
  // Of a template systemd lists no instances: their links are what there is to be seen.
  const listed: readonly Mark[] = /@./.test(unit) ? [] : [{ kind: 'enabled', names: exactly(unit), least: 1, after: said => said === to }];
  if (attribute === 'enabled') return [...listed, { kind: 'path', names: serviceLinks(unit), least: 1 }];
  return [
    { kind: 'process', names: exactly(unit), least: 1 },
    {
      kind: 'active',
      names: exactly(unit),
      ...(attribute === 'active' && { least: 1, after: (said: string) => (said === 'active') === (to === 'active') }),
    },
  ];
}

function rollingMarks(unit: string, { attribute }: ChangeRecord): readonly Mark[] {
  if (attribute !== 'running' && attribute !== 'started with') return [{ kind: 'path', names: /^\/var\/lib\/tsplay(\/rolls(\/|$)|$)/ }];
  const runs = (said: string): boolean => said === 'active';
  return [
    { kind: 'process', names: exactly(unit), least: 1 },
    { kind: 'active', names: exactly(unit), after: runs },
  ];
}

/** What instances keep of their keys and of each other. */
const INSTANCE_DATA: Mark = { kind: 'path', names: /^\/usr\/local\/redis_cluster\/\d+\/data(\/|$)/ };

/** `redis@7000.service running`: a host has several. */
function instanceMarks(change: ChangeRecord): readonly Mark[] {
  const [, unit = '', attribute = change.attribute] = /^(redis@\d+\.service) (.+)$/.exec(change.attribute) ?? [];
  return [...rollingMarks(unit, { ...change, attribute }), INSTANCE_DATA];
}

/** A topic is the same wherever it was made: as many folders as it has copies, over all hosts. Its settings lie with ZooKeeper or the controllers. */
function topicMarks(name: string, { attribute, to }: ChangeRecord): readonly Mark[] {
  if (attribute !== 'topic' || typeof to !== 'object' || to === null) return [];
  const { partitions, replication_factor } = to as { readonly partitions: number; readonly replication_factor: number };
  const folders = new RegExp(`/${escaped(name)}-\\d+$`);
  return [{ kind: 'path', names: folders, anywhere: true, least: partitions * replication_factor }];
}
