// Fact: the SHA-256 of a regular file.
import { sh } from '../../util/shell.ts';
import { defineFact, type ProbeOutput } from '../contract.ts';
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
  together: {
    probe: all => sh`
set -- ${all.map(({ path }) => path)}
for path do
  shift
  if [ ! -L "$path" ] && [ -f "$path" ]; then set -- "$@" "$path"; fi
done
[ $# = 0 ] || sha256sum -- "$@"`,
    parse: (output, all) => readDigests(output, all),
  },
  absent: '',
  cost: 'cheap',
  tools: ['sha256sum'],
});

/** Lines of the regular files, each with its path, in order. A path that sha256sum has to escape is not found, and so read by itself. */
function readDigests({ stdout, stderr, status }: ProbeOutput, all: readonly { readonly path: string }[]): readonly string[] | undefined {
  if (status !== 0 || stderr !== '') return undefined;
  let at = 0;
  const digests = all.map(({ path }) => {
    const digest = stdout.slice(at, at + 64);
    const line = `${digest}  ${path}\n`;
    if (!stdout.startsWith(line, at)) return '';
    at += line.length;
    return digest;
  });
  return at === stdout.length ? digests : undefined;
}
