// Module: keeps an archive unpacked in a directory of the host, entry by entry as it was packed.
import { createHash } from 'node:crypto';
import { fileDigest } from '../../facts/file/digest.ts';
import { fileNode } from '../../facts/file/node.ts';
import { manifestPath, unpacked, type Unpacked } from '../../facts/file/unpacked.ts';
import type { FactRef } from '../../facts/contract.ts';
import { resource } from '../../facts/resource.ts';
import { put, run } from '../actions.ts';
import { defineModule } from '../contract.ts';
import { OWNERSHIP, ownersFor, ownershipFacts, ownershipProblems, type Owners } from '../file/ownership.ts';
import { directoryAt, parentProblems } from '../file/parent.ts';
import { tidy } from '../file/paths.ts';
import { change, unmet, type Change, type Step } from '../steps.ts';
import type { Artifact } from '../../schema/resolved.ts';
import { layOut, topOf, type Layout, type Placed } from './layout.ts';
import { entryList, unpackScript } from './unpack-script.ts';

/** Seconds: a JDK or an Elasticsearch on a slow disk. */
const UNPACK_SECONDS = 1800;

export const archiveUnpack = defineModule({
  name: 'archive.unpack',
  summary: 'keep an archive (tar.gz or zip) unpacked in a directory; fetched and checked on the controller, sent to the host',
  params: {
    type: 'object',
    properties: {
      src: { type: 'string', kind: 'artifact', description: 'the archive: a URL, or a path on the controller' },
      checksum: {
        type: 'string',
        description: 'sha512:<hex> (or sha256, sha1, md5), or the URL or path of the checksum file the project publishes',
      },
      dest: { type: 'string', kind: 'path', description: 'the directory it is unpacked in; it has to exist' },
      ...OWNERSHIP,
      strip: {
        type: 'integer',
        minimum: 0,
        maximum: 8,
        default: 0,
        description: 'how many folders at the top of the archive are left out',
      },
      leave: {
        type: 'array',
        items: { type: 'string', pattern: '^[^/\\n][^\\n]*$' },
        default: [],
        description:
          'entries that others change once they are unpacked, below dest: neither compared nor replaced; a folder stands for all in it',
      },
    },
    required: ['src', 'dest'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'ZooKeeper under /opt/zookeeper, its configuration left to other tasks',
      yaml: 'name: unpack ZooKeeper\narchive.unpack:\n  src: https://archive.apache.org/dist/zookeeper/zookeeper-3.4.14/zookeeper-3.4.14.tar.gz\n  checksum: https://archive.apache.org/dist/zookeeper/zookeeper-3.4.14/zookeeper-3.4.14.tar.gz.sha512\n  dest: /opt/zookeeper\n  owner: root\n  leave: [zookeeper-3.4.14/conf]\n',
    },
  ],
  facts: p => {
    const layout = layOut(p.src, p.strip, p.leave);
    const dest = tidy(p.dest);
    const tops = typeof layout === 'string' ? [] : layout.tops;
    return {
      dest: directoryAt(dest),
      tops: tops.map(top => fileNode({ path: `${dest}/${top}` })),
      left: typeof layout === 'string' ? [] : leftOf(layout).map(entry => fileNode({ path: `${dest}/${entry.path}` })),
      unpacked: typeof layout === 'string' ? undefined : unpackedBy(layout, { dest, src: p.src, leave: p.leave }),
      ...ownershipFacts(p),
    };
  },
  changes: (p, have): readonly Step[] => {
    const layout = layOut(p.src, p.strip, p.leave);
    if (typeof layout === 'string') return [unmet(layout)];
    const dest = tidy(p.dest);
    const nothing = { ...have.dest, kind: 'absent' as const };
    const problems = [...parentProblems(dest, have.dest), ...ownershipProblems(p, have, nothing)];
    if (problems.length > 0) return problems;
    const owners = ownersFor(p, have, nothing);
    const before = have.unpacked ?? { id: '', changed: [], folders: [] };
    const [digest, ...how] = wordsOf(p.src, layout, p.leave);
    const id = [digest, `${owners.owner}:${owners.group}`, ...how].join(' ');
    const said = difference(
      before,
      id,
      have.tops.some(node => node.kind !== 'absent'),
    );
    if (said === undefined) return [];
    const fresh = layout.tops.filter((_, index) => have.tops[index]?.kind === 'absent');
    const whole = before.id !== id;
    // What belongs to others comes back where it is gone, and is not touched where it is there.
    const gone = new Set(leftOf(layout).filter((_, index) => have.left[index]?.kind === 'absent'));
    const placed = layout.entries.filter(
      entry => fresh.includes(topOf(entry.path)) || (entry.left ? gone.has(entry) : whole || before.changed.includes(entry.path)),
    );
    const folders = new Set(before.folders);
    const inTheWay = placed.find(entry => entry.type !== 'directory' && folders.has(entry.path));
    if (inTheWay !== undefined)
      return [unmet(`${dest}/${inTheWay.path} is a directory where the archive has a file; remove it first, with file.absent`)];
    const target = { dest, src: p.src, leave: p.leave };
    return [change(said.attribute, said.from, said.to, unpacking(target, layout, owners, id, fresh, placed))];
  },
  result: (p, have) => {
    const layout = layOut(p.src, p.strip, p.leave);
    const tops = typeof layout === 'string' ? [] : layout.tops;
    return { dest: tidy(p.dest), paths: tops.map(top => `${tidy(p.dest)}/${top}`), sha256: p.src.file.sha256, id: have.unpacked?.id ?? '' };
  },
});

/** What is unpacked, and where. */
interface Target {
  readonly dest: string;
  readonly src: Artifact;
  readonly leave: readonly string[];
}

/** What a manifest says in its first line, without the owners. */
function wordsOf(src: Artifact, layout: Layout, leave: readonly string[]): readonly [string, ...string[]] {
  return [src.file.sha256, layout.base, ...leave];
}

function unpackedBy(layout: Layout, { dest, src, leave }: Target): FactRef<Unpacked> {
  return unpacked({ dest, name: nameOf(layout), wanted: wordsOf(src, layout, leave).join(' '), tops: layout.tops });
}

function unpacking(
  target: Target,
  layout: Layout,
  owners: Owners,
  id: string,
  fresh: readonly string[],
  placed: readonly Placed[],
): Omit<Change, 'kind' | 'attribute' | 'from' | 'to'> {
  const { dest, src } = target;
  const name = nameOf(layout);
  const paths = new Set(placed.map(entry => entry.path));
  const beside = `${dest}/.tsplay-${createHash('sha256').update(`${name} ${id}`).digest('hex').slice(0, 16)}`;
  const archive = `${beside}.tar.gz`;
  const list = `${beside}.list`;
  const script = unpackScript({ dest, name, id, archive, list, owners: `${owners.owner}:${owners.group}`, layout, fresh });
  return {
    actions: [
      put({ path: archive, body: src.file, mode: '0600' }),
      put({ path: list, body: entryList(layout.entries, paths, fresh), mode: '0600' }),
      run(script, { timeout: UNPACK_SECONDS, alters: [manifestPath(dest, name)] }),
    ],
    sets: [
      unpackedBy(layout, target).becomes({ id, changed: [], folders: [] }),
      ...placed.flatMap(entry => [
        fileNode({ path: `${dest}/${entry.path}` }).becomes({
          kind: entry.type,
          ...owners,
          mode: entry.mode,
          size: entry.type === 'file' ? entry.size : 0,
          target: entry.target ?? '',
        }),
        ...(entry.sha256 === undefined ? [] : [fileDigest({ path: `${dest}/${entry.path}` }).becomes(entry.sha256)]),
      ]),
    ],
    touches: [resource.tree(`${dest}/.tsplay`), ...placed.map(entry => resource.path(`${dest}/${entry.path}`))],
  };
}

/** What others change once it is there. */
function leftOf({ entries }: Layout): readonly Placed[] {
  return entries.filter(entry => entry.left);
}

/** What is to be said of the difference; undefined when there is none. */
function difference(
  { id, changed }: Unpacked,
  wanted: string,
  standsAlready: boolean,
): { readonly attribute: string; readonly from: string; readonly to: string } | undefined {
  const [sha256 = '', ...how] = wanted.split(' ');
  const [sha256Before = '', ...howBefore] = id.split(' ');
  const short = (digest: string): string => `sha256:${digest.slice(0, 12)}`;
  if (id === '') return { attribute: 'content', from: standsAlready ? 'something else' : 'absent', to: short(sha256) };
  if (sha256 !== sha256Before) return { attribute: 'content', from: short(sha256Before), to: short(sha256) };
  if (id !== wanted) return { attribute: 'layout', from: howBefore.join(' '), to: how.join(' ') };
  if (changed.length === 0) return undefined;
  const some = changed.slice(0, 3).join(', ');
  return { attribute: 'entries', from: `${changed.length} gone or altered: ${some}${changed.length > 3 ? ', …' : ''}`, to: 'as packed' };
}

/** The manifest is named after the one folder at the top; archives without one share a name, the later takes over. */
function nameOf(layout: Layout): string {
  return layout.tops.length === 1 ? (layout.tops[0] ?? 'tree') : 'tree';
}
