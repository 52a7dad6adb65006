// Which hosts are sure to come to a file that an expression names: those for which the inventory and the playbook decide it, and no fact or task.
import type { Scope } from '../expression/scope.ts';
import { Unknown } from '../util/unknown.ts';
import { evaluate } from './evaluate.ts';
import { inputErrorOf } from './input-error.ts';
import { loopNames } from './loop-control.ts';
import { FAILED_NAMES, magicNames, magicVariable, type Magic } from './magic.ts';
import { isParameter, layersFor } from './scope-layers.ts';
import { createScope } from './scope.ts';
import type { Block, BlockPick, HostEntry, Program } from './types.ts';

/** Names that only a run gives their values. */
const AT_RUN_TIME: readonly string[] = ['facts', 'play_hosts', ...FAILED_NAMES];

/** A question that is asked of many tasks, and answered once for each file and host. @param assigned names that some task gives a value */
export function sureToCome(program: Program, assigned: ReadonlySet<string>): (blocks: readonly Block[], host: string) => boolean {
  const known = new WeakMap<BlockPick, Map<string, boolean>>();
  const isSure = (pick: BlockPick, around: readonly Block[], host: string): boolean => {
    const ofHosts = known.get(pick) ?? new Map<string, boolean>();
    known.set(pick, ofHosts);
    const loops = around.flatMap(({ loop }) => (loop === undefined ? [] : loopNames(loop.control)));
    const answer = ofHosts.get(host) ?? comesTo(pick, host, program, new Set([...AT_RUN_TIME, ...loops]), assigned);
    ofHosts.set(host, answer);
    return answer;
  };
  return (blocks, host) => blocks.every(({ pick }, index) => pick === undefined || isSure(pick, blocks.slice(0, index), host));
}

function comesTo(pick: BlockPick, host: string, program: Program, open: ReadonlySet<string>, assigned: ReadonlySet<string>): boolean {
  const entry = program.hosts[host];
  // Where hosts get into groups while the Program runs, their variables may be others by then.
  if (entry === undefined || program.open !== undefined) return false;
  try {
    return evaluate(pick.name, scopeBefore(program, entry, pick, open, assigned)) === pick.is;
  } catch (error) {
    if (inputErrorOf(error) === undefined) throw error;
    return false;
  }
}

/** What names mean before the run: unknown is what it alone can tell. */
function scopeBefore(
  program: Program,
  host: HostEntry,
  spec: Pick<BlockPick, 'scopes' | 'vars'>,
  open: ReadonlySet<string>,
  assigned: ReadonlySet<string>,
): Scope {
  const scopeOf = (name: string): Scope => {
    const other = program.hosts[name] ?? { name, groups: [], variables: {} };
    return scopeBefore(program, other, { scopes: [], vars: {} }, open, assigned);
  };
  const magic: Magic = { program, host, playHosts: [], scopeOf };
  return createScope({
    values: name => {
      if (open.has(name)) return { value: new Unknown([name]) };
      const always = magicVariable(name, magic);
      if (always !== undefined || Object.hasOwn(program.extra, name) || isParameter(program.scopes, spec.scopes, name)) return always;
      return assigned.has(name) ? { value: new Unknown([name]) } : undefined;
    },
    valueNames: () => magicNames(program),
    layers: () => layersFor(program, host, spec),
  });
}
