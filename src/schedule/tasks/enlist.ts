// Hosts and groups that a task brings: they are in the inventory of the run at once, and have their turns from the next play on.
import type { Enlist } from '../../modules/steps.ts';
import { isMap, unknownsIn, type Value } from '../../util/value.ts';
import { HostRun } from '../state/host-run.ts';
import type { HostTurn } from './host-turn.ts';
import { DependsOnUnknown, unguarded } from '../state/unknown-guard.ts';

/**
 * Takes them in.
 * @throws InputError for names, variables and connections that cannot be; DependsOnUnknown in a dry run that cannot know them
 */
export function enlistHosts(
  { engine, host: self, loginOf }: Pick<HostTurn, 'engine' | 'host' | 'loginOf'>,
  steps: readonly Enlist[],
): void {
  for (const { host = self.name, groups, parents, variables: given } of steps) {
    const variables = unguarded(given) as Readonly<Record<string, Value>>;
    const because = [...unknownsIn(host), ...unknownsIn(groups), ...(isMap(variables) ? unknownsIn(variables) : [])];
    if (because.length > 0) throw new DependsOnUnknown(because);
    for (const entry of engine.inventory.enlist({ host, groups, parents, variables })) {
      for (const { node } of Object.values(entry.variables)) if (node.kind === 'secret') engine.addSecret(node.value);
      const run = engine.hosts.get(entry.name);
      if (run === undefined) engine.hosts.set(entry.name, new HostRun(entry));
      else run.entry = entry;
      // What is wrong with its connection is said by the task that names it.
      loginOf(entry.name);
    }
  }
}
