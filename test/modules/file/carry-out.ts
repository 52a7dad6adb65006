// Carries a module's answer out on this machine, with a given shell, and holds what it promised against what is read afterwards.
import { deepEqual } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { FactRef, FactSet } from '../../../src/facts/contract.ts';
import type { Action, PutAction } from '../../../src/modules/actions.ts';
import type { AnyModule, AnyParams, FactRequest, Have, Typed } from '../../../src/modules/contract.ts';
import type { Step } from '../../../src/modules/steps.ts';
import { placeActionScript } from '../../../src/schedule/changing/place-action.ts';
import { copyScript, placeScript, receiveScript } from '../../../src/schedule/changing/put-script.ts';
import { openSpot, type Spot } from '../../../src/schedule/changing/spot.ts';
import { reveal, Secret } from '../../../src/util/secret.ts';
import type { ShellText } from '../../../src/util/shell.ts';
import { readFact, runShell, type Shell } from '../../facts/file/shells.ts';

/** A module's answer on this machine. Parameters are given whole. */
export function ask(shell: Shell, module: Typed<unknown>, params: AnyParams): readonly Step[] {
  const definition = hostModule(module);
  const answers = Object.entries(definition.facts(params)).map(([name, entry]) => [
    name,
    entry === undefined ? undefined : readEntry(shell, entry),
  ]);
  return definition.changes(params, Object.fromEntries(answers) as Have<FactRequest>);
}

/**
 * Asks, carries out, compares every promise with what is then read, and asks again.
 * @returns the attributes that changed, in order; a second answer fails the test
 */
export function converge(shell: Shell, module: Typed<unknown>, params: AnyParams): readonly string[] {
  const changes = ask(shell, module, params).map(step => {
    if (step.kind !== 'change') throw new Error(step.kind === 'unmet' ? step.message : `answered with ${step.kind}`);
    return step;
  });
  for (const change of changes) for (const action of change.actions) carryOut(shell, action);
  for (const set of new Map(changes.flatMap(change => change.sets).map(item => [item.ref.key, item])).values()) holdTo(shell, set);
  deepEqual(ask(shell, module, params), []);
  return changes.map(change => change.attribute);
}

function holdTo(shell: Shell, set: FactSet): void {
  const found = readFact(shell, set.ref);
  if (set.patch === undefined) deepEqual(found, set.value, set.ref.key);
  else deepEqual({ ...(found as object), ...(set.patch as object) }, found, set.ref.key);
}

function carryOut(shell: Shell, action: Action): void {
  switch (action.kind) {
    case 'run':
      succeed(shell, action.command);
      return;
    case 'put': {
      const spot = openSpot(action.path);
      succeed(shell, filling(action, spot));
      succeed(shell, placeScript(action, spot));
      return;
    }
    case 'make':
    case 'alter':
    case 'remove':
      succeed(shell, placeActionScript(action, undefined));
      return;
    case 'reopen':
      throw new Error('nothing to reopen here');
  }
}

function filling({ body }: PutAction, spot: Spot): ShellText {
  if (typeof body !== 'object' || body instanceof Secret) return { ...receiveScript(spot), stdin: reveal(body) };
  if (body instanceof Uint8Array) return { ...receiveScript(spot), stdin: body };
  return body.kind === 'host-file' ? copyScript(body.path, spot) : { ...receiveScript(spot), stdin: readFileSync(body.path) };
}

function succeed(shell: Shell, text: ShellText): void {
  const { status, stderr } = runShell(shell, text);
  if (status !== 0) throw new Error(`status ${status}: ${stderr}\n${text.text}`);
}

function readEntry(shell: Shell, entry: NonNullable<FactRequest[string]>): unknown {
  return Array.isArray(entry)
    ? (entry as readonly FactRef<unknown>[]).map(ref => readFact(shell, ref))
    : readFact(shell, entry as FactRef<unknown>);
}

function hostModule(module: Typed<unknown>): AnyModule & { readonly kind: 'host' } {
  if (module.definition.kind !== 'host') throw new Error(`${module.definition.name} looks after many hosts`);
  return module.definition;
}
