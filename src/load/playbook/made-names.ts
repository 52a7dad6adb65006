// Hosts and groups that tasks make while a playbook runs (add_host, group_by): which names they may have, and which plays may gain hosts by that.
import { fixedParts, patternLike } from '../../expression/text-like.ts';
import { tasksOf } from './check-params.ts';
import { groupsFrom } from '../inventory/members-of.ts';
import { namesOf } from '../inventory/split-pattern.ts';
import type { PlaybookSource, PlaySource, TaskSource } from '../types.ts';
import { get, type YamlNode } from '../yaml/node.ts';

/** What may come before a play begins. */
export interface MadeNames {
  /** Whether a host may be made that is called so. */
  readonly mayBeHost: (name: string) => boolean;
  /** Whether a group may be made, or given hosts, that is called so. */
  readonly mayBeGroup: (name: string) => boolean;
  /** Whether anything is made at all. */
  readonly isAny: boolean;
  /** Whether hosts are made that the inventory does not have. */
  readonly addsHosts: boolean;
}

/** A task that makes hosts or groups. */
interface Maker {
  /** Which play it is in. */
  readonly play: number;
  readonly addsHosts: boolean;
  /** What it may call them. */
  readonly hosts: readonly RegExp[];
  readonly groups: readonly RegExp[];
}

/** By the plays: those of a playbook are asked for once for each of them. */
const found = new WeakMap<readonly PlaySource[], readonly Maker[]>();

/** What the tasks of the plays before one of them may make. @param before how many plays; all of them if not given */
export function madeNames({ plays }: Pick<PlaybookSource, 'plays'>, before = plays.length): MadeNames {
  const makers = (found.get(plays) ?? makersOf(plays)).filter(({ play }) => play < before);
  return {
    mayBeHost: name => makers.some(({ hosts }) => hosts.some(pattern => pattern.test(name))),
    mayBeGroup: name => makers.some(({ groups }) => groups.some(pattern => pattern.test(name))),
    isAny: makers.length > 0,
    addsHosts: makers.some(({ addsHosts }) => addsHosts),
  };
}

function makersOf(plays: readonly PlaySource[]): readonly Maker[] {
  const makers = plays.flatMap((play, index) =>
    tasksOf({ plays: [play] })
      .filter(({ module }) => module === 'add_host' || module === 'group_by')
      .map((task): Maker => {
        const patterns = (...keys: readonly string[]): readonly RegExp[] =>
          keys.flatMap(key => textsOf(task, key)).flatMap(text => text.split(',').map(patternOf));
        return {
          play: index,
          addsHosts: task.module === 'add_host',
          hosts: patterns('name'),
          groups: patterns('groups', 'key', 'parents'),
        };
      }),
  );
  found.set(plays, makers);
  return makers;
}

/** Names that there are before anything is made. */
interface Known {
  readonly hosts: ReadonlyMap<string, unknown>;
  readonly groups: ReadonlyMap<string, unknown>;
  readonly children: ReadonlyMap<string, readonly string[]>;
}

/** Whether it is known only when a play begins which hosts it has. */
export function isOpen(pattern: string, made: MadeNames, { hosts, groups, children }: Known): boolean {
  return (
    made.isAny &&
    namesOf(pattern).some(({ name, isWild }) => {
      if (name === 'all') return made.addsHosts;
      if (isWild) return true;
      // Whoever comes into a group is in those that it stands in, too, and no longer in none.
      if (name === 'ungrouped') return true;
      if (groups.has(name)) return groupsFrom([name], group => children.get(group) ?? []).some(made.mayBeGroup);
      return !hosts.has(name) && (made.mayBeHost(name) || made.mayBeGroup(name));
    })
  );
}

function textsOf({ params }: TaskSource, key: string): readonly string[] {
  const node = get(params, key);
  return node === undefined ? [] : (node.kind === 'list' ? node.items : [node]).map(textOf);
}

function textOf(node: YamlNode): string {
  return node.kind === 'scalar' ? node.text : '';
}

/** What a name with expressions in it may come to. */
function patternOf(text: string): RegExp {
  return patternLike(fixedParts(text.trim()).map(part => part.replaceAll(' ', '-')));
}
