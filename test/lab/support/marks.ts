// Marks: what one change has to leave on a host, or may. Written down from outside, not taken from the modules.
import type { TaskSlot } from '../../../src/program/types.ts';
import type { ChangeRecord } from '../../../src/report/events.ts';
import { Secret } from '../../../src/util/secret.ts';
import { listOf, type Difference } from './differences.ts';
import type { Snapshot } from './oracle.ts';
import { plainOf } from './plain.ts';

/** Things that a change accounts for. */
export interface Mark {
  readonly kind: Difference['kind'];
  readonly names: RegExp;
  /** What has to be said of them afterwards, else the mark does not account for them. */
  readonly after?: (said: string, look: Snapshot) => boolean;
  /** Names that match and are none of its business all the same. */
  readonly except?: (name: string) => boolean;
  /** How many of them must be seen. Without it: they may be. */
  readonly least?: number;
  /** On any host, counted over all of them. */
  readonly anywhere?: boolean;
  /** Only paths, and units at paths, that dpkg lists. */
  readonly owned?: boolean;
  /** A package brings it running: a later task may say otherwise, and then nothing of it is left to be seen. */
  readonly brought?: boolean;
}

/** Whether a mark accounts for a difference. */
export function accountsFor(mark: Mark, { kind, name, after }: Difference, look: Snapshot): boolean {
  if (mark.kind !== kind || !mark.names.test(name) || mark.except?.(name) === true) return false;
  if (mark.owned === true && !look.owned.has(kind === 'enabled' ? `/usr/lib/systemd/system/${name}` : name)) return false;
  return mark.after?.(after, look) ?? true;
}

/** Of a path that is written, made, linked, or given another owner or mode: what the overlay must then say. */
export function fileMarks(path: string, { attribute, to }: ChangeRecord): readonly Mark[] {
  // As in the base system: the overlay says nothing.
  const says = (holds: (parts: Signature, look: Snapshot) => boolean) => (said: string, look: Snapshot) =>
    said === '' || holds(signatureOf(said), look);
  const mark = (holds: (parts: Signature, look: Snapshot) => boolean): readonly Mark[] => [
    { kind: 'path', names: exactly(path), least: 1, after: says(holds) },
  ];
  const text = textOf(to);
  switch (attribute) {
    case 'content':
      return mark(({ kind }) => kind.startsWith(`file ${text.replace(/^sha256:/, '')}`));
    case 'entries':
    case 'persisted':
      return mark(({ kind }) => kind.startsWith('file '));
    case 'target':
      return mark(({ kind }) => kind === `link ${text}`);
    case 'state':
      return mark(({ kind }) => kind === text);
    case 'mode':
      return mark(({ mode }) => parseInt(mode, 8) === parseInt(text, 8));
    case 'owner':
      return mark(({ owner }, look) => idOf(look, 'user', text) === owner);
    case 'group':
      return mark((parts, look) => isOfGroup(parts, look, text));
    default:
      throw new Error(`the oracle does not know what ${attribute} of ${path} is; teach it`);
  }
}

/** What a change leads to, as a text; that of a secret, too, which nobody is shown. */
export function textOf(to: ChangeRecord['to']): string {
  const given: unknown = to;
  const value = given instanceof Secret ? given.reveal() : given;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A parameter of a task on a host as it was written; undefined when it is worked out later. */
export function lookedUp(slot: TaskSlot, host: string, name: string): unknown {
  const node = slot.specs[slot.hosts[host] ?? 0]?.params[name];
  return node === undefined ? undefined : plainOf(node);
}

/** A parameter that is a text; empty when it is none. */
export function paramOf(slot: TaskSlot, host: string, name: string): string {
  const value = lookedUp(slot, host, name);
  return typeof value === 'string' ? value : '';
}

/** Where accounts are kept. */
export const ACCOUNTS = /^\/etc\/(passwd|shadow|group|gshadow|subuid|subgid)-?$/;

/** The links by which a unit starts with the host. */
export function serviceLinks(unit: string): RegExp {
  return new RegExp(`^/etc/systemd/system/[^/]+\\.(wants|requires)(/${escaped(unit)})?$`);
}

export function exactly(path: string): RegExp {
  return new RegExp(`^${escaped(path)}$`);
}

/** The path itself and all in it. */
export function below(path: string): RegExp {
  return new RegExp(`^${escaped(path)}(/|$)`);
}

/** All in it, and not the path itself. */
export function under(path: string): RegExp {
  return new RegExp(`^${escaped(path)}/`);
}

/** Whether the overlay says that a path belongs to a group. */
export function isGroup(name: string): (said: string, look: Snapshot) => boolean {
  return (said, look) => isOfGroup(signatureOf(said), look, name);
}

export function isOfGroup({ group }: Signature, look: Snapshot, name: string): boolean {
  return idOf(look, 'group', name) === group;
}

export interface Signature {
  readonly kind: string;
  readonly owner: string;
  readonly group: string;
  readonly mode: string;
}

export function signatureOf(said: string): Signature {
  const [, kind = '', owner = '', group = '', mode = ''] = /^(.*) (\d+):(\d+) (\d*)$/.exec(said) ?? [];
  return { kind, owner, group, mode };
}

/** The number behind a name, by what getent says: the third field of both lists. */
export function idOf(look: Snapshot, kind: 'user' | 'group', name: string): string {
  return /^\d+$/.test(name) ? name : (listOf(kind, look).get(name)?.split(':')[1] ?? '');
}

/** A text for a pattern, in which it stands for itself. */
export function escaped(path: string): string {
  return path.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
