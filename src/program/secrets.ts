// The secrets that a Program holds, for masking.
import type { Node, Program, Variables } from './types.ts';

/** The text of every secret node, wherever it stands. */
export function programSecrets(program: Program): readonly string[] {
  const variables = [program.extra, ...Object.values(program.scopes), ...Object.values(program.hosts).map(host => host.variables)];
  const slots = program.plays.flatMap(play => [...play.sections.flatMap(section => section.tasks), ...play.handlers]);
  const specs = slots.flatMap(slot => slot.specs);
  const nodes = [...variables.flatMap(nodesOf), ...specs.flatMap(spec => [...Object.values(spec.params), ...nodesOf(spec.vars)])];
  return [...new Set(nodes.flatMap(secretsOf))];
}

function nodesOf(variables: Variables): readonly Node[] {
  return Object.values(variables).map(variable => variable.node);
}

function secretsOf(node: Node): readonly string[] {
  switch (node.kind) {
    case 'secret':
      return [node.value];
    case 'list':
      return node.items.flatMap(secretsOf);
    case 'map':
      return Object.values(node.entries).flatMap(secretsOf);
    case 'artifact':
      return [...secretsOf(node.source), ...(node.checksum ? secretsOf(node.checksum) : [])];
    case 'value':
    case 'template':
    case 'secret-template':
    case 'content':
    case 'local-file':
    case 'condition':
      return [];
  }
}
