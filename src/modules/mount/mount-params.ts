// The parameters of module `mount`, and what they come to.
import type { Infer, ObjectSchema } from '../../schema/schema.ts';
import { Secret } from '../../util/secret.ts';
import { tidy } from '../file/paths.ts';
import type { FstabEntry } from './fstab.ts';
import { isBind } from './options.ts';

export const MOUNT_PARAMS = {
  type: 'object',
  properties: {
    path: { type: 'string', kind: 'path', description: 'the mount point: a directory that has to exist' },
    src: {
      type: 'string',
      minLength: 1,
      description: 'what is mounted: a device, UUID=…, server:/path, tmpfs, or a directory with opts: bind',
    },
    fstype: { type: 'string', pattern: '^[A-Za-z0-9_.,-]+$', description: 'the type of the file system; may be left out with opts: bind' },
    opts: { type: 'string', minLength: 1, default: 'defaults', description: 'options, with commas between them' },
    dump: { type: 'integer', minimum: 0, default: 0, description: 'fifth field of fstab: whether dump saves it' },
    pass: { type: 'integer', minimum: 0, default: 0, description: 'sixth field of fstab: when it is checked at start, 0 for never' },
    state: {
      type: 'string',
      enum: ['mounted', 'present', 'unmounted', 'absent'],
      default: 'mounted',
      description: 'mounted: entry and mount; present: the entry alone; unmounted: not mounted, the entry as it is; absent: neither',
    },
  },
  required: ['path'],
  additionalProperties: false,
} as const satisfies ObjectSchema;

export type MountParams = Infer<typeof MOUNT_PARAMS>;

/** The entry as it should be; undefined when the parameters name none. */
export function entryOf(p: MountParams): FstabEntry | undefined {
  const fstype = p.fstype ?? (isBind(p.opts) ? 'none' : undefined);
  if (p.src === undefined || fstype === undefined) return undefined;
  const src = p.src.startsWith('/') ? tidy(p.src) : p.src;
  return { src, path: tidy(p.path), fstype, opts: p.opts, dump: p.dump, pass: p.pass };
}

/** What is wrong with the parameters, in words. */
export function wrongMountParams(p: MountParams): string | undefined {
  const path = tidy(p.path);
  if (path.split('/').includes('..')) return `${path} is not a mount point: name it by its own path, without ".."`;
  if ([p.src, p.opts].some(text => (text as unknown) instanceof Secret))
    return 'a secret cannot stand in fstab, where every user of the host can read it; put it into a file, and name that with credentials=FILE';
  const isWanted = p.state === 'mounted' || p.state === 'present';
  if (!isWanted) return path === '/' ? 'the root of the host is not unmounted; name another path' : undefined;
  if (/\s/.test(p.opts)) return 'the options of a mount have no blanks in them; put commas between them';
  return entryOf(p) === undefined ? `state ${p.state} needs "src" and "fstype"; give both` : undefined;
}
