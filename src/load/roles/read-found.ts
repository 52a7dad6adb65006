// A YAML file that was found: its tree, or nothing, with what is wrong told.
import { attemptNow, type Report } from '../report.ts';
import { shownPath } from '../shown-path.ts';
import type { YamlNode } from '../yaml/node.ts';
import { readYamlFile } from '../yaml/read-yaml-file.ts';

/** Undefined for an empty file, and where something is wrong, which is reported. */
export function readFound(path: string, { cwd, report }: { readonly cwd: string; readonly report: Report }): YamlNode | undefined {
  const node = attemptNow(() => readYamlFile(path, shownPath(path, cwd)), report);
  return node?.kind === 'scalar' && node.value === null ? undefined : node;
}
