// `facts.mounts`: what is mounted where.
import { rawShell } from '../../util/shell.ts';
import { defineFact } from '../contract.ts';
import { resource } from '../resource.ts';

/** One mount. Sizes are not here: asking for them hangs on a server that is gone. */
export interface HostMount {
  readonly path: string;
  readonly device: string;
  readonly type: string;
  readonly options: readonly string[];
}

const NONE: readonly HostMount[] = [];

export const hostMounts = defineFact({
  name: 'host.mounts',
  summary: 'mounts in the order they were made: path, device, type, options',
  probe: () => rawShell('cat /proc/self/mounts 2>/dev/null || :'),
  reads: () => [resource.mount('*')],
  parse: ({ stdout }): readonly HostMount[] =>
    stdout.split('\n').flatMap(line => {
      const [device, path, type, options] = line.split(' ').map(unescape);
      return device === undefined || path === undefined || type === undefined
        ? []
        : [{ path, device, type, options: (options ?? '').split(',') }];
    }),
  absent: NONE,
  cost: 'cheap',
});

/** Blanks stand as three octal digits. */
function unescape(word: string): string {
  return word.replace(/\\([0-7]{3})/g, (_all, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}
