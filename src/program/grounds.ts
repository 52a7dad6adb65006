// What the tasks of a host see of a Program, for the check of names: the same for hundreds of them.
import { layersFor } from './scope-layers.ts';
import type { Program, TaskSpec, Variables } from './types.ts';

/** What tasks of a host see of the Program that have nothing of their own, and the names that were followed to their ends in it without a miss. */
export interface Ground {
  readonly layers: readonly Variables[];
  readonly sound: Set<string>;
}

/** Made once for all tasks of a host that see the same. @param known names that are given without a variable */
export function rememberGrounds(
  program: Program,
): (host: string, spec: Pick<TaskSpec, 'vars' | 'scopes'>, known: ReadonlySet<string>) => Ground {
  const grounds = new Map<ReadonlySet<string>, Map<string, Ground>>();
  return (host, spec, known) => {
    const entry = program.hosts[host] ?? { name: host, variables: {} };
    const make = (): Ground => ({ layers: layersFor(program, entry, spec), sound: new Set() });
    if (Object.keys(spec.vars).length > 0) return make();
    const same = grounds.get(known) ?? new Map<string, Ground>();
    grounds.set(known, same);
    const key = [host, ...spec.scopes].join('\n');
    const ground = same.get(key) ?? make();
    same.set(key, ground);
    return ground;
  };
}
