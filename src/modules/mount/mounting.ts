// The mount itself: made, made anew, given other options, taken away, and what each of these promises.
import { fileNode } from '../../facts/file/node.ts';
import type { FileNode } from '../../facts/file/node.ts';
import { escapeMountField, mountState, NOT_MOUNTED } from '../../facts/mount/state.ts';
import type { MountFlags, MountState } from '../../facts/mount/state.ts';
import { mountsUnder } from '../../facts/mount/under.ts';
import { resource } from '../../facts/resource.ts';
import { sh } from '../../util/shell.ts';
import type { ShellText } from '../../util/shell.ts';
import { unknown } from '../../util/unknown.ts';
import { run } from '../actions.ts';
import { change } from '../steps.ts';
import type { Change, Step } from '../steps.ts';
import { formatEntry } from './fstab.ts';
import type { FstabEntry } from './fstab.ts';
import { FLAG_NAMES, isBind, tmpfsRoot, wantedFlags, wantedSize } from './options.ts';

/** Types that the kernel shows under the name they are asked for; others have several names. */
const PLAIN_TYPES: readonly string[] = ['tmpfs', 'ext2', 'ext3', 'ext4', 'xfs', 'btrfs', 'vfat', 'iso9660', 'squashfs'];

/** Changes that bring the mount about. `source` is what a bind shows. */
export function mountChanges(entry: FstabEntry, state: MountState, source: FileNode | undefined): readonly Step[] {
  const { path } = entry;
  const what = formatEntry(entry);
  if (!state.mounted) return [mounting('unmounted', 'mounted', sh`mount -- ${path}`, entry, source)];
  if (isOther(entry, state))
    return [mounting(`${state.source} (${state.type})`, what, sh`${unmount(path)} && mount -- ${path}`, entry, source)];
  // A bind has flags of its source beside those it names: only what is named is looked at.
  const wanted = wantedFlags(entry.opts);
  const size = wantedSize(entry.fstype, entry.opts) ?? undefined;
  const isRight = FLAG_NAMES.every(flag => wanted[flag] === undefined || wanted[flag] === state.flags[flag]);
  if (isRight && (size === undefined || size === state.size)) return [];
  return remounting(entry, state, { ...state.flags, ...wanted }, size ?? state.size);
}

function remounting({ path, opts }: FstabEntry, state: MountState, flags: MountFlags, size: number | null): readonly Step[] {
  return [
    change('options', shown(state.flags, state.size), shown(flags, size), {
      actions: [run(isBind(opts) ? sh`mount -o remount,bind -- ${path}` : sh`mount -o remount -- ${path}`)],
      sets: [mountState({ path }).with({ flags, size })],
      touches: [resource.mount(path)],
    }),
  ];
}

/** A change when anything is mounted there; all of it goes, where mounts lie on one another. */
export function unmountChanges(path: string, state: MountState): readonly Step[] {
  if (!state.mounted) return [];
  return [
    change('state', 'mounted', 'unmounted', {
      actions: [run(unmount(path))],
      sets: [
        mountState({ path }).becomes(NOT_MOUNTED),
        mountsUnder({ path }).becomes([]),
        fileNode({ path }).becomes(unseen(`what lies under the mount at ${path} shows once it is gone`)),
      ],
      touches: [resource.mount(path), resource.tree(path)],
    }),
  ];
}

function mounting(from: string, to: string, command: ShellText, entry: FstabEntry, source: FileNode | undefined): Change {
  const { path, fstype, opts } = entry;
  const isEmpty = fstype === 'tmpfs' && !isBind(opts);
  const later = `what is at ${path} shows once ${entry.src} is mounted there`;
  const top = isBind(opts) ? source : isEmpty ? tmpfsRoot(opts) : undefined;
  return change('state', from, to, {
    actions: [run(command, { alters: [path] })],
    sets: [
      mountState({ path }).becomes(mounted(entry)),
      mountsUnder({ path }).becomes([path]),
      fileNode({ path }).becomes(top ?? unseen(later)),
    ],
    touches: [resource.mount(path), resource.tree(path)],
    ...(isEmpty && { empties: [resource.tree(path)] }),
  });
}

function mounted({ src, path, fstype, opts }: FstabEntry): MountState {
  const later = (what: string): never => unknown(`the ${what} of the mount at ${path} shows once it is made`) as never;
  const wanted = wantedFlags(opts);
  const flags = Object.fromEntries(FLAG_NAMES.map(flag => [flag, wanted[flag] ?? later(`flag ${flag}`)])) as unknown as MountFlags;
  const isPlain = PLAIN_TYPES.includes(fstype) && !isBind(opts);
  const size = wantedSize(fstype, opts);
  return {
    mounted: true,
    source: (isPlain && fstype === 'tmpfs') || src.includes(':/') ? src : later('source'),
    type: isPlain ? fstype : later('type'),
    flags,
    size: size === undefined ? later('size') : size,
  };
}

/** Something else than what the entry says, as far as the kernel shows both under one name. */
function isOther({ src, fstype, opts }: FstabEntry, state: MountState): boolean {
  if (isBind(opts)) return false;
  if (src.includes(':/')) return state.source !== src;
  return PLAIN_TYPES.includes(fstype) && state.type !== fstype;
}

function unmount(path: string): ShellText {
  const isMounted = sh`awk 'BEGIN { path = ARGV[1]; delete ARGV[1] } $5 == path' ${escapeMountField(path)} /proc/self/mountinfo`;
  return sh`while [ -n "$(${isMounted})" ]; do umount -- ${path} || exit; done`;
}

function unseen(why: string): FileNode {
  const later = unknown(why) as never;
  return { kind: 'directory', owner: later, group: later, mode: later, size: 0, target: '' };
}

function shown(flags: MountFlags, size: number | null): string {
  const words = FLAG_NAMES.filter(flag => flags[flag]).map(String);
  return [...(flags.ro ? [] : ['rw']), ...words, ...(size === null ? [] : [`size=${size}k`])].join(',');
}
