// Owner, group and mode of something that stands already: one change each, contents left alone.
import { fileNode, type FileNode } from '../../facts/file/node.ts';
import { resource } from '../../facts/resource.ts';
import { alter } from '../actions.ts';
import { differs, type Change } from '../steps.ts';
import type { Owners } from './ownership.ts';

/** What differs of owner, group and mode. `mode` undefined: as it is. */
export function attributeChanges(path: string, node: FileNode, owners: Owners, mode: string | undefined): readonly Change[] {
  if (node.owner === owners.owner && node.group === owners.group && node.mode === (mode ?? node.mode)) return [];
  const ref = fileNode({ path });
  const last = mode ?? node.mode;
  // What is root's is not altered where somebody else could exchange it: it comes to root when all else is done.
  const toRoot = owners.owner === 'root';
  // A new owner takes setuid and setgid away from a file; the mode it has is given back.
  const keep = (kept: string): { readonly mode?: string } => (node.kind === 'file' && !kept.startsWith('0') ? { mode: kept } : {});
  const owner = differs('owner', node.owner, owners.owner, {
    actions: [alter({ path, owners: owners.owner, ...keep(toRoot ? last : node.mode) })],
    sets: [ref.with({ owner: owners.owner })],
    touches: [resource.attributes(path)],
  });
  const others = [
    ...differs('group', node.group, owners.group, {
      actions: [alter({ path, owners: `:${owners.group}`, ...keep(node.mode) })],
      sets: [ref.with({ group: owners.group })],
      touches: [resource.attributes(path)],
    }),
    ...differs('mode', node.mode, last, {
      actions: [alter({ path, mode: last })],
      sets: [ref.with({ mode: last })],
      touches: [resource.attributes(path)],
    }),
  ];
  return toRoot ? [...others, ...owner] : [...owner, ...others];
}
