// How the files of a source are written and removed, and what that does to the package index.
import { fileDigest } from '../../facts/file/digest.ts';
import { fileNode, NO_NODE } from '../../facts/file/node.ts';
import type { FileNode } from '../../facts/file/node.ts';
import { fileText } from '../../facts/file/text.ts';
import { packageIndexComplete } from '../../facts/package/index-complete.ts';
import { resource } from '../../facts/resource.ts';
import type { LocalFile } from '../../schema/resolved.ts';
import { sh } from '../../util/shell.ts';
import { run } from '../actions.ts';
import { fileChanges } from '../file/write-file.ts';
import { change } from '../steps.ts';
import type { Change, Step } from '../steps.ts';
import { KEYRINGS, keyPath, sourcePath } from './repository-files.ts';

type HaveFile = Parameters<typeof fileChanges>[2];
interface HaveSource extends HaveFile {
  readonly keyNode: FileNode;
  readonly keyParent: FileNode;
  readonly keyDigest: string;
}

/** The index at hand says nothing of what the sources are now. */
const STALE = packageIndexComplete({}).becomes({ complete: false, stale: true });

/** The key, and the directory of keys where an older apt brought none. */
export function keyChanges(name: string, key: string | LocalFile, have: HaveSource): readonly Step[] {
  const makesDirectory = have.keyParent.kind === 'absent';
  const parent = makesDirectory ? { ...have.keyParent, kind: 'directory' as const } : have.keyParent;
  const steps = fileChanges(wanted(keyPath(name)), key, { ...have, node: have.keyNode, parent, digest: have.keyDigest });
  const renamed = steps.map(step =>
    step.kind === 'change' ? { ...step, attribute: step.attribute === 'content' ? 'key' : `${step.attribute} of the key` } : step,
  );
  return [...(makesDirectory && steps.length > 0 ? [makeDirectory()] : []), ...renamed];
}

/** The source; apt reads it at its next refresh. */
export function sourceChanges(name: string, text: string, have: HaveSource): readonly Step[] {
  return fileChanges(wanted(sourcePath(name)), text, have).map(step =>
    step.kind === 'change' && step.attribute === 'content' ? { ...step, sets: [...step.sets, STALE] } : step,
  );
}

/** Source and key gone. */
export function removals(name: string, have: HaveSource): readonly Step[] {
  return [
    ...(have.node.kind === 'absent' ? [] : [removal('state', sourcePath(name))]),
    ...(have.keyNode.kind === 'absent' ? [] : [removal('key', keyPath(name))]),
  ];
}

function removal(attribute: 'state' | 'key', path: string): Change {
  return change(attribute, 'present', 'absent', {
    actions: [run(sh`rm -f -- ${path}`)],
    sets: [
      fileNode({ path }).becomes(NO_NODE),
      fileDigest({ path }).becomes(''),
      fileText({ path }).becomes(''),
      ...(attribute === 'state' ? [STALE] : []),
    ],
    touches: [resource.path(path)],
  });
}

function makeDirectory(): Change {
  return change('directory of keys', 'absent', 'present', {
    actions: [run(sh`mkdir -m 0755 -- ${KEYRINGS}`)],
    sets: [fileNode({ path: KEYRINGS }).becomes({ kind: 'directory', owner: 'root', group: 'root', mode: '0755', size: 0, target: '' })],
    touches: [resource.path(KEYRINGS)],
  });
}

/** Readable for all: apt fetches as a user of its own. */
function wanted(path: string) {
  return { path, owner: 'root', group: 'root', mode: '0644', validate: undefined, backup: false, replaceLink: false };
}
