// Runs a random playbook through both engines, in the same words as far as they go.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ansible } from '../run-ansible.ts';
import { runTsplay } from '../run-tsplay.ts';
import { linesOf, type Trace } from '../trace.ts';
import { RULES, type Differing } from './rules.ts';
import type { Engine, Scenario } from './tree.ts';
import { writeOut } from './write-out.ts';

/** What both made of it. */
export interface Tried {
  readonly scenario: Scenario;
  readonly ours: Trace;
  readonly theirs: Trace;
  readonly verdict: 'agrees' | 'differs' | { readonly onPurpose: string };
}

/** @param inventory of the hosts, in words of both. @param folder in which it is run, in a new one */
export async function tryScenario(scenario: Scenario, ansible: Ansible, inventory: string, folder: string): Promise<Tried> {
  const own = mkdtempSync(join(folder, 'random-'));
  const at = (engine: Engine, which: Scenario): string => {
    const place = mkdtempSync(join(own, engine));
    const files = { ...writeOut(which, engine), 'inventory.yml': inventory };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(place, name), text);
    return place;
  };
  const argsOf = ({ args }: Scenario): readonly string[] => ['-i', 'inventory.yml', ...args.flat()];
  const theirsOf = (which: Scenario): Promise<Trace> => ansible.run(at('ansible', which), 'playbook.yml', argsOf(which));
  try {
    const [ours, theirs] = await Promise.all([runTsplay(at('tsplay', scenario), 'playbook.yml', argsOf(scenario)), theirsOf(scenario)]);
    return { scenario, ours, theirs, verdict: await verdictOf({ scenario, ours, theirs }, theirsOf) };
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}

/** Rules that see the difference come first: those that have Ansible run something else take as long as that. */
async function verdictOf(differing: Differing, theirsOf: (scenario: Scenario) => Promise<Trace>): Promise<Tried['verdict']> {
  if (agree(differing)) return 'agrees';
  const seen = RULES.find(({ explains }) => explains?.(differing));
  if (seen !== undefined) return { onPurpose: seen.name };
  for (const { name, rewrite } of RULES) {
    const other = rewrite?.(differing.scenario);
    if (other === undefined) continue;
    const rewritten = { ...differing, theirs: await theirsOf(other) };
    if (agree(rewritten) || RULES.some(({ explains }) => explains?.(rewritten))) return { onPurpose: name };
  }
  return 'differs';
}

function agree({ ours, theirs }: Pick<Differing, 'ours' | 'theirs'>): boolean {
  return linesOf(ours).join('\n') === linesOf(theirs).join('\n');
}
