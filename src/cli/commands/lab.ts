// `tsplay lab up|down|status|ssh`: by playbook, by inventory, or both.
import { join, resolve } from 'node:path';
import { existsSync } from 'node:fs';
import { EXIT, InputError, type ExitCode } from '../../errors/errors.ts';
import { installNeeds } from '../../lab/install-needs.ts';
import type { CommandOf } from '../arguments/command.ts';
import { compileInventory, compileRequest } from '../compile-request.ts';
import { listenForInterruption } from '../interruption.ts';
import { bringLabUp, logIntoLab, showLab, takeLabDown } from './lab-actions.ts';
import { requestFrom } from './request.ts';

type LabCommand = CommandOf<'lab up'> | CommandOf<'lab down'> | CommandOf<'lab status'> | CommandOf<'lab ssh'>;

/** Carries out one of the four. */
export async function labCommand(command: LabCommand): Promise<ExitCode> {
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  switch (command.kind) {
    case 'lab up': {
      using interruption = listenForInterruption(() => say('stopping'));
      await installNeeds(say);
      const { playbook, inventory } = targetOf(command);
      const { program, sources } =
        playbook === undefined
          ? await compileInventory(inventory, process.cwd())
          : await compileRequest(requestFrom(command, playbook, 'run'));
      const state = await bringLabUp(program, sources.inventory.path, say, interruption.stop);
      for (const host of state.hosts) say(`${host.name.padEnd(16)} ${host.address.padEnd(16)} ${host.ready ? 'ready' : 'not ready'}`);
      return EXIT.ok;
    }
    case 'lab down':
      return takeLabDown(await pathOf(command), say);
    case 'lab status':
      return showLab(await pathOf(command), say);
    case 'lab ssh':
      return logIntoLab(await pathOf({ inventory: command.inventory, operands: [] }), command.operands[0] ?? '', command.rest);
  }
}

interface Target {
  readonly inventory: readonly string[] | undefined;
  readonly operands: readonly string[];
}

/** The one operand is a playbook when there is such a file and an inventory is named beside it, else an inventory. */
function targetOf(target: Target): { readonly playbook: string | undefined; readonly inventory: string | undefined } {
  const operand = target.operands[0];
  const inventory = oneInventory(target.inventory);
  if (operand === undefined || inventory !== undefined) return { playbook: operand, inventory };
  const isPlaybook = existsSync(resolve(operand)) && /\.ya?ml$/.test(operand) && operand.includes(join('playbooks', ''));
  if (isPlaybook) throw new InputError([{ what: `which inventory ${operand} is for is not said`, advice: 'add -i, as in -i lab' }]);
  return { playbook: undefined, inventory: operand };
}

async function pathOf(target: Target): Promise<string | undefined> {
  const { inventory } = targetOf(target);
  const { sources } = await compileInventory(inventory, process.cwd());
  return sources.inventory.path;
}

/** A lab belongs to one inventory. */
function oneInventory(given: readonly string[] | undefined): string | undefined {
  const [first, ...others] = given ?? [];
  if (others.length > 0)
    throw new InputError([{ what: 'a lab belongs to one inventory', got: [first, ...others].join(' and '), advice: 'name that one' }]);
  return first;
}
