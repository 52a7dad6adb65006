// Every golden case of every module: facts in, steps out, and nothing more to say once the promises hold.
import { deepEqual, ok } from 'node:assert/strict';
import type { AnyModule } from '../../src/modules/contract.ts';
import { loadModules, MODULES } from '../../src/modules/registry.ts';
import { askModule, type ModuleAnswer, type ModuleCase } from '../support/golden-module.ts';
import { exportsUnder, goldenFiles, rewrite, updating } from '../support/golden.ts';

const ANSWERS = ['steps', 'later', 'result', 'says'] as const satisfies readonly (keyof ModuleAnswer)[];

for (const file of goldenFiles<ModuleCase & Partial<ModuleAnswer>>(['test/modules', 'roles/*/modules'], 'module')) {
  const name = String(file.content['module']);
  describe(`${file.name}: ${name}`, () => {
    let module: AnyModule;
    before(async () => {
      module = await findModule(name);
    });

    file.content.cases.forEach((golden, index) => {
      it(golden.title, () => {
        const answer = askModule(module, golden);
        if (updating) file.content.cases[index] = { ...without(golden), ...answer };
        else for (const part of ANSWERS) deepEqual(answer[part], golden[part], part);
        if (Array.isArray(answer.steps) && answer.steps.length === 0) ok(golden.why, 'a case without steps says "why"');
      });
    });

    if (updating) after(() => rewrite(file));
  });
}

function without(golden: ModuleCase & Partial<ModuleAnswer>): ModuleCase {
  return Object.fromEntries(
    Object.entries(golden).filter(([key]) => !(ANSWERS as readonly string[]).includes(key)),
  ) as unknown as ModuleCase;
}

async function findModule(name: string): Promise<AnyModule> {
  if (name in MODULES) {
    const found = (await loadModules([name])).get(name);
    if (found !== undefined) return found;
  }
  const { exports, failed } = await exportsUnder(['roles/*/modules']);
  const found = exports.map(definitionOf).find(definition => definition?.name === name);
  if (found === undefined) throw new Error([`no module ${name} in src/modules or roles/*/modules`, ...failed].join('\n'));
  return found;
}

function definitionOf(exported: unknown): AnyModule | undefined {
  const holder = exported as { readonly definition?: AnyModule } | undefined;
  return holder?.definition !== undefined && 'changes' in holder.definition ? holder.definition : undefined;
}
