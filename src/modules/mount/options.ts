// What the options of a mount say that shows in the kernel's list, and what a new mount's top looks like.
import type { FileNode } from '../../facts/file/node.ts';
import type { MountFlags } from '../../facts/mount/state.ts';

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 };
/** Bytes of a page: the kernel rounds a size up to whole ones. */
const PAGE = 4096;
/** Each flag with the options that set it and those that take it away; the last one counts. `defaults` takes nothing away. */
const FLAGS = {
  ro: { on: ['ro'], off: ['rw'] },
  nosuid: { on: ['nosuid', 'user', 'users', 'owner', 'group'], off: ['suid'] },
  nodev: { on: ['nodev', 'user', 'users', 'owner', 'group'], off: ['dev'] },
  noexec: { on: ['noexec', 'user', 'users'], off: ['exec'] },
} as const satisfies Readonly<Record<keyof MountFlags, { readonly on: readonly string[]; readonly off: readonly string[] }>>;

export const FLAG_NAMES = Object.keys(FLAGS) as readonly (keyof MountFlags)[];

/** The options as words. */
export function optionsIn(opts: string): readonly string[] {
  return opts.split(',').filter(word => word !== '');
}

/** Whether a directory or file is shown in a second place, rather than a file system mounted. */
export function isBind(opts: string): boolean {
  return optionsIn(opts).some(word => word === 'bind' || word === 'rbind');
}

/** The flags that the options ask for; one that a bind does not name stays as its source has it, and is undefined. */
export function wantedFlags(opts: string): Readonly<Partial<MountFlags>> {
  const words = optionsIn(opts);
  const named = FLAG_NAMES.map(flag => {
    const { on, off }: { readonly on: readonly string[]; readonly off: readonly string[] } = FLAGS[flag];
    const last = words.findLast(word => on.includes(word) || off.includes(word));
    const isSet = last === undefined ? undefined : on.includes(last);
    return [flag, isBind(opts) ? isSet || undefined : (isSet ?? false)] as const;
  });
  return Object.fromEntries(named.filter(([, isSet]) => isSet !== undefined));
}

/** KiB of a tmpfs; null when the options give no size, undefined when it depends on the host. */
export function wantedSize(fstype: string, opts: string): number | null | undefined {
  const size = fstype === 'tmpfs' ? valueOf(opts, 'size') : undefined;
  if (size === undefined) return null;
  const [, digits, unit] = /^(\d+)([kmgt]?)$/i.exec(size) ?? [];
  const bytes = Number(digits) * (UNITS[unit?.toLowerCase() ?? ''] ?? Number.NaN);
  return Number.isNaN(bytes) ? undefined : (Math.ceil(bytes / PAGE) * PAGE) / 1024;
}

/** The top of a new tmpfs; undefined for an owner given by number, which may have a name. */
export function tmpfsRoot(opts: string): FileNode | undefined {
  const isRoot = ['uid', 'gid'].every(name => ['0', 'root', undefined].includes(valueOf(opts, name)));
  const mode = (valueOf(opts, 'mode') ?? '1777').padStart(4, '0').slice(-4);
  return isRoot ? { kind: 'directory', owner: 'root', group: 'root', mode, size: 0, target: '' } : undefined;
}

function valueOf(opts: string, name: string): string | undefined {
  return optionsIn(opts)
    .findLast(word => word.startsWith(`${name}=`))
    ?.slice(name.length + 1);
}
