// Fact: the text of a regular file of moderate size.
import { sh } from '../../util/shell.ts';
import { defineFact } from '../contract.ts';
import { resource } from '../resource.ts';

/** Bytes up to which a file is read as text. */
export const TEXT_LIMIT = 1_048_576;

/** UTF-8, U+FFFD where it is not; empty where no regular file stands. Links are not followed. */
export const fileText = defineFact({
  name: 'file.text',
  summary: 'the text of a regular file up to 1 MiB, empty for anything else; links are not followed',
  probe: ({ path }: { readonly path: string }) => sh`
if [ -L ${path} ] || [ ! -f ${path} ]; then exit 0; fi
dd bs=${TEXT_LIMIT + 1} count=1 < ${path} 2>/dev/null || { s=$?; command -v dd >/dev/null || echo 'sh: dd: not found' >&2; exit $s; }`,
  reads: ({ path }) => [resource.path(path)],
  parse: ({ bytes, stderr, status }, { path }): string => {
    if (status !== 0) throw new Error(stderr.trim() || `reading ended with status ${status}`);
    if (bytes.length > TEXT_LIMIT) throw new Error(`${path} is larger than 1 MiB, too large to be read as text`);
    return Buffer.from(bytes).toString('utf8');
  },
  absent: '',
  cost: 'cheap',
  isContent: true,
});
