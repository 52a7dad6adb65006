// Places where root is not alone, as those who look for them tell those who change them.
import type { FileNode } from '../../facts/file/node.ts';

/** A place in a directory that others can change too. What root does there is bound to what that directory is. */
export interface SharedPlace {
  /** The real path of the directory. */
  readonly directory: string;
  /** What stood at the place. */
  readonly kind: FileNode['kind'];
}

/** By the paths that actions name. */
export type SharedPlaces = ReadonlyMap<string, SharedPlace>;
