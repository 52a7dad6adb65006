// Module `mount`: a line of fstab, and what it says mounted.
import { fileNode } from '../../facts/file/node.ts';
import type { FileNode } from '../../facts/file/node.ts';
import { fileText } from '../../facts/file/text.ts';
import { mountState } from '../../facts/mount/state.ts';
import { defineModule } from '../contract.ts';
import type { Have } from '../contract.ts';
import { parentProblems } from '../file/parent.ts';
import { tidy } from '../file/paths.ts';
import { fileChanges, fileFacts } from '../file/write-file.ts';
import { unmet } from '../steps.ts';
import type { Step, Unmet } from '../steps.ts';
import { entriesOf, formatEntry, withEntry, withoutEntry } from './fstab.ts';
import type { FstabEntry } from './fstab.ts';
import { entryOf, MOUNT_PARAMS, wrongMountParams } from './mount-params.ts';
import type { MountParams } from './mount-params.ts';
import { mountChanges, unmountChanges } from './mounting.ts';
import { isBind } from './options.ts';

const FSTAB = { path: '/etc/fstab', owner: 'root', group: 'root' } as const;

const facts = (p: MountParams) => ({
  ...fileFacts(FSTAB),
  text: fileText({ path: FSTAB.path }),
  state: mountState({ path: tidy(p.path) }),
  point: p.state === 'mounted' ? fileNode({ path: tidy(p.path) }) : undefined,
  source: p.state === 'mounted' && wrongMountParams(p) === undefined && isBind(p.opts) ? fileNode({ path: tidy(p.src ?? '/') }) : undefined,
});

type HaveMount = Have<ReturnType<typeof facts>>;

/** Keeps a mount and its line in fstab. Of a live mount only what the kernel shows under one name is compared: type, flags, size of a tmpfs. */
export const mount = defineModule({
  name: 'mount',
  summary: 'keep a line of fstab, and what it says mounted',
  params: MOUNT_PARAMS,
  examples: [
    {
      title: 'a disk for data',
      yaml: 'name: the data disk is mounted\nmount:\n  path: /data1\n  src: UUID=0b5c26cb-5f0e-4a1d-9a0f-9a7d5f1f3d52\n  fstype: ext4\n  opts: defaults,noatime\n  pass: 2\n',
    },
    {
      title: 'a directory in memory',
      yaml: 'name: scratch space\nmount:\n  path: /srv/scratch\n  src: tmpfs\n  fstype: tmpfs\n  opts: size=64m,mode=0755,nosuid,nodev\n',
    },
    { title: 'a mount that must be gone', yaml: 'name: no old share\nmount:\n  path: /mnt/old\n  state: absent\n' },
  ],
  facts,
  changes: (p, have): readonly Step[] => {
    const wrong = wrongMountParams(p);
    if (wrong !== undefined) return [unmet(wrong)];
    const path = tidy(p.path);
    const entry = entryOf(p);
    switch (p.state) {
      case 'unmounted':
        return unmountChanges(path, have.state);
      case 'absent':
        return [...unmountChanges(path, have.state), ...fstabChanges(path, undefined, have)];
      case 'present':
        return fstabChanges(path, entry, have);
      case 'mounted': {
        if (entry === undefined || have.point === undefined) return [];
        const problems = have.state.mounted ? [] : mountProblems(entry, have.point, have.source);
        return problems.length > 0 ? problems : [...fstabChanges(path, entry, have), ...mountChanges(entry, have.state, have.source)];
      }
      default:
        return p.state satisfies never;
    }
  },
  result: (p, have) => ({ path: tidy(p.path), mounted: have.state.mounted, source: have.state.source, type: have.state.type }),
});

function fstabChanges(path: string, entry: FstabEntry | undefined, have: HaveMount): readonly Step[] {
  const now = entriesOf(have.text, path).map(formatEntry);
  const text = entry === undefined ? withoutEntry(have.text, path) : withEntry(have.text, entry);
  if (text === have.text || (entry === undefined && now.length === 0)) return [];
  const wanted = { ...FSTAB, mode: undefined, validate: undefined, backup: false, replaceLink: false };
  const told = {
    attribute: 'entry',
    from: now.length === 0 ? 'absent' : now.join('\n'),
    to: entry === undefined ? 'absent' : formatEntry(entry),
  };
  return fileChanges(wanted, text, have, told);
}

/** What has to be there before anything can be mounted. */
function mountProblems({ path, src }: FstabEntry, point: FileNode, source: FileNode | undefined): readonly Unmet[] {
  if (point.kind === 'link') return [unmet(`${path} is a link to ${point.target}; name the directory it leads to`)];
  if (source?.kind === 'absent') return [unmet(`${src} does not exist, so it cannot be shown at ${path}; create it first`)];
  // A file can be shown in the place of a file.
  if (source?.kind === 'file' && point.kind === 'file') return [];
  return parentProblems(path, point);
}
