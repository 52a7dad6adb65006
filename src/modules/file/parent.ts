// The directory something is put into: it has to be there.
import type { FileNode } from '../../facts/file/node.ts';
import { unmet, type Unmet } from '../steps.ts';

/** What is wrong with the directory at `path`. A link is taken for one to a directory. */
export function parentProblems(path: string, node: FileNode): readonly Unmet[] {
  if (node.kind === 'directory' || node.kind === 'link') return [];
  if (node.kind === 'absent') return [unmet(`the directory ${path} does not exist; create it first, with file.directory`)];
  return [unmet(`${path} is not a directory; name another place, or remove it first, with file.absent`)];
}
