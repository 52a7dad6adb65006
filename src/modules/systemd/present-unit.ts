// How a unit file is written, and what systemd makes of it.
import { fileNode } from '../../facts/file/node.ts';
import { resource } from '../../facts/resource.ts';
import { unitState } from '../../facts/systemd/unit.ts';
import type { FactSet } from '../../facts/contract.ts';
import { sh } from '../../util/shell.ts';
import { run } from '../actions.ts';
import { fileChanges } from '../file/write-file.ts';
import { change, unmet } from '../steps.ts';
import type { Change, Step } from '../steps.ts';
import { enablementAfter } from './install-section.ts';
import type { UnitFile } from './unit-file.ts';
import type { UnitHave } from './unit-have.ts';

const RELOAD = run(sh`systemctl daemon-reload`);

/** The file, read by systemd. */
export function presentUnit(file: UnitFile, text: string, have: UnitHave): readonly Step[] {
  const { unit, path } = file;
  if (have.unit?.load === 'masked') return [unmet(`unit "${unit}" is masked; unmask it first: systemctl unmask ${unit}`)];
  const wanted = { path, owner: 'root', group: 'root', mode: '0644', validate: undefined, backup: false, replaceLink: false };
  const makesDirectory = file.drop && have.parent.kind === 'absent';
  const parent = makesDirectory ? { ...have.parent, kind: 'directory' as const } : have.parent;
  const steps = fileChanges(wanted, text, { ...have, parent });
  if (steps.some(step => step.kind === 'unmet')) return steps;
  const written = steps.map(step =>
    step.kind === 'change' && step.attribute === 'content' ? thenRead(step, file, promises(file, text, have)) : step,
  );
  const directory = makesDirectory ? [makeDirectory(file)] : [];
  if (steps.length > 0 || have.unit?.needsReload !== true) return [...directory, ...written];
  const sets = [unitState({ unit }).with({ needsReload: false })];
  return [change('read by systemd', false, true, { actions: [RELOAD], sets, touches: [resource.unit(unit)] })];
}

function thenRead(step: Change, { unit }: UnitFile, sets: readonly FactSet[]): Change {
  return { ...step, actions: [...step.actions, RELOAD], sets: [...step.sets, ...sets], touches: [...step.touches, resource.unit(unit)] };
}

function promises({ unit, drop }: UnitFile, text: string, have: UnitHave): readonly FactSet[] {
  if (have.unit === undefined) return [];
  if (drop) return [unitState({ unit }).with({ needsReload: false })];
  return [unitState({ unit }).with({ load: 'loaded', needsReload: false, enabled: enablementAfter(text, have.unit.enabled) })];
}

function makeDirectory({ directory }: UnitFile): Change {
  return change('directory', 'absent', 'present', {
    actions: [run(sh`mkdir -m 0755 -- ${directory}`)],
    sets: [fileNode({ path: directory }).becomes({ kind: 'directory', owner: 'root', group: 'root', mode: '0755', size: 0, target: '' })],
    touches: [resource.path(directory)],
  });
}
