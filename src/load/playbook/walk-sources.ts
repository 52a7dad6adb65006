// Walking what was read: every task and block of a play, and every role that it calls, however deep they stand.
import type { NodeSource, PlaySource, RoleCall } from '../types.ts';

/** Tasks and blocks of a play and of the roles in YAML that it calls, in the order in which they stand, handlers last. */
export function nodesOf(play: Pick<PlaySource, 'preTasks' | 'roles' | 'tasks' | 'postTasks' | 'handlers'>): readonly NodeSource[] {
  return [
    ...play.preTasks.flatMap(within),
    ...play.roles.flatMap(ofCall),
    ...[...play.tasks, ...play.postTasks].flatMap(within),
    ...play.handlers.flatMap(within),
  ];
}

function within(node: NodeSource): readonly NodeSource[] {
  if (node.kind === 'task') return [node];
  return [node, ...(node.role === undefined ? [] : ofCall(node.role)), ...[...node.tasks, ...node.rescue, ...node.always].flatMap(within)];
}

function ofCall({ needs, written }: RoleCall): readonly NodeSource[] {
  return [...needs.flatMap(ofCall), ...[...(written?.tasks ?? []), ...(written?.handlers ?? [])].flatMap(within)];
}

/** The roles that a play calls, what each needs before it: first those of its own list, then those of its tasks. */
export function callsOf({ roles, preTasks, tasks, postTasks }: PlaySource): readonly RoleCall[] {
  return [...roles.flatMap(withNeeds), ...callsIn([...preTasks, ...tasks, ...postTasks])];
}

function callsIn(nodes: readonly NodeSource[]): readonly RoleCall[] {
  return nodes.flatMap(node => {
    if (node.kind === 'task') return [];
    return [...(node.role === undefined ? [] : withNeeds(node.role)), ...callsIn([...node.tasks, ...node.rescue, ...node.always])];
  });
}

function withNeeds(call: RoleCall): readonly RoleCall[] {
  return [...call.needs.flatMap(withNeeds), call, ...callsIn(call.written?.tasks ?? [])];
}
