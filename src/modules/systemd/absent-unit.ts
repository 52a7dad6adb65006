// How a unit file is removed: what runs of it is stopped first.
import { fileDigest } from '../../facts/file/digest.ts';
import { fileNode, NO_NODE } from '../../facts/file/node.ts';
import { fileText } from '../../facts/file/text.ts';
import { resource } from '../../facts/resource.ts';
import { unitState } from '../../facts/systemd/unit.ts';
import type { FactSet } from '../../facts/contract.ts';
import { sh } from '../../util/shell.ts';
import { unknown } from '../../util/unknown.ts';
import { run } from '../actions.ts';
import { change } from '../steps.ts';
import type { Step } from '../steps.ts';
import type { UnitFile } from './unit-file.ts';
import type { UnitHave } from './unit-have.ts';

/** Removes the file if there is one. */
export function absentUnit(file: UnitFile, have: UnitHave): readonly Step[] {
  const { unit, path, drop } = file;
  if (have.node.kind === 'absent') return [];
  const stop = have.unit === undefined || drop ? [] : [run(sh`systemctl disable --now -- ${unit}`)];
  const forget = drop ? [] : [run(sh`systemctl reset-failed -- ${unit} 2>/dev/null || :`)];
  return [
    change('state', 'present', 'absent', {
      actions: [...stop, run(sh`rm -f -- ${path}`), run(sh`systemctl daemon-reload`), ...forget],
      sets: [
        fileNode({ path }).becomes(NO_NODE),
        fileDigest({ path }).becomes(''),
        fileText({ path }).becomes(''),
        ...promises(file, have),
      ],
      touches: [resource.path(path), resource.unit(unit)],
    }),
  ];
}

function promises({ unit, drop }: UnitFile, have: UnitHave): readonly FactSet[] {
  if (have.unit === undefined) return [];
  if (drop) return [unitState({ unit }).with({ needsReload: false })];
  if (have.above === undefined || have.above.kind === 'absent') {
    return [unitState({ unit }).becomes({ load: 'not-found', active: 'inactive', enabled: '', needsReload: false })];
  }
  const enabled = unknown(`whether unit "${unit}" of the package is enabled shows once the one before it is gone`) as never;
  return [unitState({ unit }).becomes({ load: 'loaded', active: 'inactive', enabled, needsReload: false })];
}
