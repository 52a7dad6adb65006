// The directory something is put into: it has to be there.
import type { FactRef } from '../../facts/contract.ts';
import { fileNode, type FileNode } from '../../facts/file/node.ts';
import { unmet, type Unmet } from '../steps.ts';

/** What stands at a path that is to be a directory; where a link stands, what it leads to. */
export function directoryAt(path: string): FactRef<FileNode> {
  return fileNode({ path: path === '/' ? path : `${path}/.` });
}

/** What is wrong with the directory at `path`, as {@link directoryAt} shows it. */
export function parentProblems(path: string, node: FileNode): readonly Unmet[] {
  if (node.kind === 'directory') return [];
  if (node.kind === 'absent') return [unmet(`the directory ${path} does not exist; create it first, with file.directory`)];
  return [unmet(`${path} is not a directory; name another place, or remove it first, with file.absent`)];
}
