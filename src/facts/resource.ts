// Resources: the things on a host that a fact depends on and a change disturbs. Overlap decides which facts are read again.

/**
 * The kinds of thing that can be disturbed. `tree` is a directory with all below it; `attributes` are owner, group and mode of a path, which matter to
 * who reads its tree, and not to who reads what it holds; `anything` overlaps all.
 */
export type ResourceKind =
  'path' | 'tree' | 'attributes' | 'unit' | 'package' | 'user' | 'group' | 'port' | 'sysctl' | 'mount' | 'cluster' | 'anything';

export interface Resource {
  readonly kind: ResourceKind;
  readonly id: string;
}

const of =
  (kind: ResourceKind) =>
  (id: string): Resource =>
    Object.freeze({ kind, id });

/** Ends the id of what stands for all mounts at or below a path. */
const BELOW = '/**';

/** Makers of resources, one per kind. */
export const resource = Object.freeze({
  path: of('path'),
  tree: of('tree'),
  attributes: of('attributes'),
  unit: of('unit'),
  package: of('package'),
  user: of('user'),
  group: of('group'),
  port: (port: number): Resource => of('port')(String(port)),
  sysctl: of('sysctl'),
  mount: of('mount'),
  /** All mounts at or below a path. */
  mountsUnder: (path: string): Resource => of('mount')(`${path}${BELOW}`),
  cluster: of('cluster'),
  anything: Object.freeze({ kind: 'anything', id: '' }),
});

/** Whether disturbing one may alter what is read from the other. An id of `*` stands for all of its kind. */
export function overlaps(a: Resource, b: Resource): boolean {
  if (a.kind === 'anything' || b.kind === 'anything') return true;
  if (a.kind === 'tree' && isPlace(b)) return isUnder(b.id, a.id) || (b.kind === 'tree' && isUnder(a.id, b.id));
  if (b.kind === 'tree' && isPlace(a)) return isUnder(a.id, b.id);
  if (a.kind === 'mount' && b.kind === 'mount' && (a.id.endsWith(BELOW) || b.id.endsWith(BELOW)))
    return isMountUnder(a.id, b.id) || isMountUnder(b.id, a.id);
  return a.kind === b.kind && (a.id === b.id || a.id === '*' || b.id === '*');
}

/** Whether all that is read from one lies within the other: where that is emptied, nothing is left to be read. */
export function covers(whole: Resource, part: Resource): boolean {
  if (whole.kind === 'anything') return true;
  if (whole.kind === 'tree' && isPlace(part)) return isUnder(part.id, whole.id);
  return whole.kind === part.kind && (whole.id === part.id || whole.id === '*');
}

/** Whether its id is a path. */
export function isPlace(found: Resource): found is Resource & { readonly kind: 'path' | 'tree' | 'attributes' } {
  const { kind } = found;
  return kind === 'path' || kind === 'tree' || kind === 'attributes';
}

function isMountUnder(mount: string, place: string): boolean {
  return place === '*' || (place.endsWith(BELOW) && isUnder(mount, place.slice(0, -BELOW.length)));
}

function isUnder(path: string, root: string): boolean {
  return path === root || path.startsWith(root.endsWith('/') ? root : `${root}/`);
}
