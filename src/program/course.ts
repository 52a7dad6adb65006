// How hosts go through a play: their order, and what only hosts in step can do.
import type { HostOrder, Strategy } from '../load/types.ts';
import type { CompileContext } from './compile-context.ts';
import type { Play } from './types.ts';
import { slotsIn, tasksOfPlay } from './walk.ts';

/** Hosts in the order of a play. A shuffled play is shuffled when it runs. */
export function inOrder(hosts: readonly string[], order: HostOrder): readonly string[] {
  switch (order) {
    case 'inventory':
    case 'shuffle':
      return hosts;
    case 'reverse_inventory':
      return hosts.toReversed();
    case 'sorted':
      return hosts.toSorted();
    case 'reverse_sorted':
      return hosts.toSorted().toReversed();
  }
}

/** Reports tasks that all hosts of a play have to come to together, where each goes by itself. */
export function refuseTogether(play: Play, strategy: Strategy, { input, problem }: CompileContext): void {
  for (const { ref, runOnce } of [...tasksOfPlay(play).map(({ slot }) => slot), ...slotsIn(play.handlers)]) {
    const isCluster = input.modules.get(ref.module)?.kind === 'cluster';
    if (!runOnce && !isCluster) continue;
    problem({
      ...(ref.at && { at: ref.at }),
      what: `task "${ref.name}" is for all hosts together${isCluster ? '' : ' (run_once)'}, and with strategy: ${strategy} each goes by itself`,
      advice: 'give it a play of its own, or leave out strategy',
    });
  }
}
