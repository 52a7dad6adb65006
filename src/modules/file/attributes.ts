// Owner, group and mode of something that stands already: one change each, contents left alone.
import { fileNode, type FileNode } from '../../facts/file/node.ts';
import { resource } from '../../facts/resource.ts';
import { sh, type ShellText } from '../../util/shell.ts';
import { run } from '../actions.ts';
import { differs, type Change } from '../steps.ts';
import type { Owners } from './ownership.ts';

/** `chmod` with five digits: the only spelling that also takes setgid away from a directory. */
export function setMode(path: string, mode: string): ShellText {
  return sh`chmod ${`0${mode}`} -- ${path}`;
}

/** What differs of owner, group and mode. `mode` undefined: as it is. */
export function attributeChanges(path: string, node: FileNode, owners: Owners, mode: string | undefined): readonly Change[] {
  if (node.owner === owners.owner && node.group === owners.group && node.mode === (mode ?? node.mode)) return [];
  const ref = fileNode({ path });
  // A new owner takes setuid and setgid away from a file; the mode it has is given back.
  const special = node.kind === 'file' && !node.mode.startsWith('0');
  const keep = special ? [run(setMode(path, node.mode))] : [];
  return [
    ...differs('owner', node.owner, owners.owner, {
      actions: [run(sh`chown -h ${owners.owner} -- ${path}`), ...keep],
      sets: [ref.with({ owner: owners.owner })],
      touches: [resource.attributes(path)],
    }),
    ...differs('group', node.group, owners.group, {
      actions: [run(sh`chown -h ${`:${owners.group}`} -- ${path}`), ...keep],
      sets: [ref.with({ group: owners.group })],
      touches: [resource.attributes(path)],
    }),
    ...differs('mode', node.mode, mode ?? node.mode, {
      actions: [run(setMode(path, mode ?? node.mode))],
      sets: [ref.with({ mode: mode ?? node.mode })],
      touches: [resource.attributes(path)],
    }),
  ];
}
