// Runs a case of the suite through both engines, each in a folder of its own.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Case } from './case.ts';
import { byHost } from './random/courses.ts';
import type { Ansible } from './run-ansible.ts';
import { runTsplay } from './run-tsplay.ts';
import { linesOf, type Trace } from './trace.ts';

/** What both made of it. */
export interface RanCase {
  readonly ours: Trace;
  readonly theirs: Trace;
}

/** @param folder a new one. @param inventory what is in `inventory.yml`, for cases that have no other */
export async function runCase(one: Case, ansible: Ansible, folder: string, inventory: string): Promise<RanCase> {
  const { playbook, files = {}, args = [] } = one;
  const at = (engine: string, worded: (text: string) => string): string => {
    for (const [name, text] of Object.entries({ 'inventory.yml': inventory, ...files, 'playbook.yml': playbook })) {
      const place = join(folder, engine, name);
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(place, worded(text));
    }
    return join(folder, engine);
  };
  const words = ['-i', one.inventory ?? 'inventory.yml', ...args];
  const [theirs, ours] = await Promise.all([
    ansible.run(
      at('ansible', text => text.replaceAll(/\bset: \{/g, 'set_fact: {')),
      'playbook.yml',
      words,
    ),
    runTsplay(
      at('tsplay', text => text),
      'playbook.yml',
      words,
    ),
  ]);
  return { ours, theirs };
}

/** What of a trace is compared. */
export function comparedLines({ isOrderFree }: Case, trace: Trace): readonly string[] {
  return isOrderFree === true ? [byHost(trace), ...linesOf({ ...trace, results: [] })] : linesOf(trace);
}
