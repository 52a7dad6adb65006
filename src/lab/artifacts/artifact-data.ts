// The data of the archives: it stays in src, wherever the compiled code lies.
import { join } from 'node:path';
import { packageRoot } from '../../util/package-root.ts';

/** A file or folder of `src/lab/artifacts`. */
export function artifactData(...path: readonly string[]): string {
  return join(packageRoot(), 'src', 'lab', 'artifacts', ...path);
}
