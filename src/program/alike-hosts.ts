// Hosts that a check of names need not tell apart: of thousands there are mostly a few kinds.
import type { MentioningText, Mentions } from './mentions.ts';
import { scopeOnHost } from './scope-layers.ts';
import type { Node, Program, TaskSlot } from './types.ts';

/** Hosts with a spec of a task, those together for which the same names are defined by what mentions the same. */
export type Alike = (hosts: TaskSlot['hosts'], index: number, scopes: readonly string[]) => readonly (readonly string[])[];

/** Puts hosts together once for all tasks that have the same hosts. */
export function alikeHosts({ hosts: entries, scopes: shared }: Program, mentions: Mentions): Alike {
  const kinds = new Map<string, string>();
  const ids = new Map<unknown, number>();
  const idOf = (node: Node): number => {
    const id = ids.get(node) ?? ids.size;
    ids.set(node, id);
    return id;
  };
  const kindOf = (host: string): string => {
    const known = kinds.get(host);
    if (known !== undefined) return known;
    const variables = Object.entries(entries[host]?.variables ?? {});
    const kind = variables.map(([name, { node }]) => `${name}${mentions(node).some(hasNames) ? idOf(node) : ''}`).join(' ');
    kinds.set(host, kind);
    return kind;
  };
  // Scopes that some host has something of its own in.
  const onHosts = new Set(Object.keys(shared).filter(name => name.includes(' on ')));
  const varying = new Set([...onHosts].map(name => name.slice(0, name.lastIndexOf(' on '))));
  const known = new WeakMap<TaskSlot['hosts'], Map<string, readonly (readonly string[])[]>>();
  return (hosts, index, scopes) => {
    const groupings = known.get(hosts) ?? new Map<string, readonly (readonly string[])[]>();
    known.set(hosts, groupings);
    const hosted = scopes.filter(scope => varying.has(scope));
    const key = `${index} ${hosted.join(' ')}`;
    const found = groupings.get(key);
    if (found !== undefined) return found;
    const groups = new Map<string, string[]>();
    for (const [host, at] of Object.entries(hosts)) {
      if (at !== index) continue;
      const apart = hosted.some(scope => onHosts.has(scopeOnHost(scope, host))) ? host : '';
      const kind = `${kindOf(host)}\n${apart}`;
      const group = groups.get(kind) ?? [];
      group.push(host);
      groups.set(kind, group);
    }
    const grouping = [...groups.values()];
    groupings.set(key, grouping);
    return grouping;
  };
}

function hasNames({ names }: MentioningText): boolean {
  return names.length > 0;
}
