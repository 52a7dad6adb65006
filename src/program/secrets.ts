// The secrets that a Program holds, for masking.
import type { Node, Program, Variables } from './types.ts';
import { leavesOf, slotsOf } from './walk.ts';

/** The text of every secret node, wherever it stands. */
export function programSecrets(program: Program): readonly string[] {
  const variables = [program.extra, ...Object.values(program.scopes), ...Object.values(program.hosts).map(host => host.variables)];
  const specs = slotsOf(program).flatMap(slot => slot.specs);
  const nodes = [
    ...variables.flatMap(nodesOf),
    ...specs.flatMap(spec => [...Object.values(spec.params), ...(spec.environment ?? []), ...nodesOf(spec.vars)]),
  ];
  return [...new Set(nodes.flatMap(leavesOf).flatMap(leaf => (leaf.kind === 'secret' ? [leaf.value] : [])))];
}

function nodesOf(variables: Variables): readonly Node[] {
  return Object.values(variables).map(variable => variable.node);
}
