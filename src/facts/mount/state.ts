// Fact: what is mounted at one path, from the kernel's own list.
import { sh } from '../../util/shell.ts';
import { defineFact } from '../contract.ts';
import { resource } from '../resource.ts';

/** The flags that are told apart: whether each is set on the mount. */
export interface MountFlags {
  readonly ro: boolean;
  readonly nosuid: boolean;
  readonly nodev: boolean;
  readonly noexec: boolean;
}

/** What is mounted at a path, the topmost where there are several; texts are empty where nothing is. */
export interface MountState {
  readonly mounted: boolean;
  /** As the kernel shows it: a device, `tmpfs`, `server:/path`. */
  readonly source: string;
  readonly type: string;
  readonly flags: MountFlags;
  /** KiB a tmpfs was given; null for everything else, and where it was given none. */
  readonly size: number | null;
}

export const NO_FLAGS: MountFlags = { ro: false, nosuid: false, nodev: false, noexec: false };
export const NOT_MOUNTED: MountState = { mounted: false, source: '', type: '', flags: NO_FLAGS, size: null };

/** What is mounted at a tidy path. Sizes of what lies on it are not asked for: that hangs on a server that is gone. */
export const mountState = defineFact({
  name: 'mount.state',
  summary: 'what is mounted at a path: source, type, the flags ro, nosuid, nodev and noexec, the size of a tmpfs in KiB',
  probe: ({ path }: { readonly path: string }) => sh`
awk 'BEGIN { path = ARGV[1]; delete ARGV[1] } $5 == path' ${escapeMountField(path)} /proc/self/mountinfo`,
  reads: ({ path }) => [resource.mount(path)],
  parse: ({ stdout, stderr, status }): MountState => {
    if (status !== 0) throw new Error(stderr.trim() || `reading the mounts ended with status ${status}`);
    const line = stdout.trimEnd().split('\n').at(-1) ?? '';
    return line === '' ? NOT_MOUNTED : parseLine(line);
  },
  absent: NOT_MOUNTED,
  cost: 'cheap',
});

/** The field as the kernel and fstab write it: blanks and backslashes as three octal digits. */
export function escapeMountField(text: string): string {
  return text.replace(/[ \t\n\\]/g, blank => `\\${blank.charCodeAt(0).toString(8).padStart(3, '0')}`);
}

/** The field as it is meant. */
export function unescapeMountField(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_all, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}

/** `36 35 0:32 / /mnt rw,noatime shared:1 - tmpfs tmpfs rw,size=1024k`: a dash ends the optional fields. */
function parseLine(line: string): MountState {
  const [before = '', after = ''] = line.split(' - ');
  const [type = '', source = '', above = ''] = after.split(' ');
  const own = (before.split(' ')[5] ?? '').split(',');
  const options = above.split(',');
  // A file system may be read-only as a whole, whatever the mount says.
  const flags = { ro: own.includes('ro') || options.includes('ro'), ...flagsIn(own) };
  const size = type === 'tmpfs' ? /^size=(\d+)k$/m.exec(options.join('\n'))?.[1] : undefined;
  return { mounted: true, source: unescapeMountField(source), type, flags, size: size === undefined ? null : Number(size) };
}

function flagsIn(options: readonly string[]): Omit<MountFlags, 'ro'> {
  return { nosuid: options.includes('nosuid'), nodev: options.includes('nodev'), noexec: options.includes('noexec') };
}
