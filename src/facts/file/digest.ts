// Fact: the SHA-256 of a regular file.
import { sh } from '../../util/shell.ts';
import { defineFact } from '../contract.ts';
import { resource } from '../resource.ts';

/** Lower-case hex; empty where no regular file stands. Of the node itself: a link has none, whatever it leads to. */
export const fileDigest = defineFact({
  name: 'file.digest',
  summary: 'the SHA-256 of a regular file in lower-case hex, empty for anything else; links are not followed',
  probe: ({ path }: { readonly path: string }) => sh`
if [ -L ${path} ] || [ ! -f ${path} ]; then exit 0; fi
sha256sum < ${path}`,
  reads: ({ path }) => [resource.path(path)],
  parse: ({ stdout, stderr, status }): string => {
    if (status === 0 && stdout === '') return '';
    const digest = /^[0-9a-f]{64}\b/.exec(stdout)?.[0];
    if (status !== 0 || digest === undefined) throw new Error(stderr.trim() || `sha256sum ended with status ${status}`);
    return digest;
  },
  absent: '',
  cost: 'cheap',
  tools: ['sha256sum'],
});
