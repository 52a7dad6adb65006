// What parameters that name something become before a module sees them.
import type { Secret } from '../util/secret.ts';

/** A rendered template. */
export interface Content {
  readonly kind: 'content';
  readonly text: string | Secret;
  /** The template's own name, for messages. */
  readonly name: string;
}

/** A file on the controller whose bytes go to a host. */
export interface LocalFile {
  readonly kind: 'file';
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** One entry of an archive. */
export interface ArchiveEntry {
  /** Relative, without a trailing slash. */
  readonly path: string;
  readonly type: 'file' | 'directory' | 'link';
  /** Four octal digits. */
  readonly mode: string;
  readonly size: number;
  /** Of a file's bytes, lower-case hex. */
  readonly sha256?: string;
  /** Where a link points. */
  readonly target?: string;
}

/** An archive in the controller's cache, pinned by its hash. */
export interface Artifact {
  readonly kind: 'artifact';
  /** What the author wrote. */
  readonly source: string;
  /** The cached file on the controller. */
  readonly file: LocalFile;
  readonly format: 'tar.gz' | 'zip';
  readonly entries: readonly ArchiveEntry[];
}

/** A condition, evaluated. */
export interface Condition {
  readonly kind: 'condition';
  readonly text: string;
  readonly holds: boolean;
}
