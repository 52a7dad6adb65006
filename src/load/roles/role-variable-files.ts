// The variables of a role in YAML: `defaults/main.yml` and `vars/main.yml`, or what a task names in their place.
import type { PlaybookReading } from '../playbook/playbook-reading.ts';
import { readFound } from './read-found.ts';
import { roleFiles, type NamedFile } from './role-files.ts';
import { shownPath } from '../shown-path.ts';
import type { VariableSources } from '../types.ts';
import { readVariables } from '../variables/variables.ts';

/** The variables of `defaults/` or `vars/`: of the file, or of all in the folder that is called so. */
export function variablesIn(
  directory: string,
  folder: 'defaults' | 'vars',
  from: NamedFile | undefined,
  reading: Pick<PlaybookReading, 'cwd' | 'report' | 'note'>,
): VariableSources {
  const all = roleFiles(directory, folder, from, reading).map(path => {
    const shown = shownPath(path, reading.cwd);
    return readVariables(readFound(path, reading), { source: shown, what: shown, report: reading.report, note: reading.note });
  });
  return Object.freeze(Object.assign({}, ...all) as VariableSources);
}
