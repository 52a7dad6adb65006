// A YAML file that was found: its tree, or nothing, with what is wrong told.
import { InputError } from '../../errors/errors.ts';
import type { Report } from '../report.ts';
import { shownPath } from '../shown-path.ts';
import type { YamlNode } from '../yaml/node.ts';
import { readYamlFile } from '../yaml/read-yaml-file.ts';

/** Undefined for an empty file, and where something is wrong, which is reported. */
export function readFound(path: string, { cwd, report }: { readonly cwd: string; readonly report: Report }): YamlNode | undefined {
  try {
    const node = readYamlFile(path, shownPath(path, cwd));
    return node?.kind === 'scalar' && node.value === null ? undefined : node;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    error.problems.forEach(report);
    return undefined;
  }
}
