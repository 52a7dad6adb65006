// Which stand-in archives a Program asks of the lab: those it names by a path in the lab's own folder of archives.
import { basename, dirname } from 'node:path';
import { evaluate } from '../program/evaluate.ts';
import { mapScope } from '../expression/scope.ts';
import type { Node, Program } from '../program/types.ts';
import { tasksOfPlay } from '../program/walk.ts';
import { artifactsDir } from '../lab/paths.ts';

/** File names of the archives, each once. Only sources that are known before any connection are looked at. */
export function labArchives(program: Program): readonly string[] {
  const slots = program.plays.flatMap(play => tasksOfPlay(play).map(({ slot }) => slot));
  const nodes = slots.flatMap(slot => slot.specs.flatMap(spec => Object.values(spec.params)));
  const sources = nodes.flatMap(sourcesIn).filter(source => dirname(source) === artifactsDir());
  return [...new Set(sources.map(source => basename(source)))];
}

function sourcesIn(node: Node): readonly string[] {
  if (node.kind === 'list') return node.items.flatMap(sourcesIn);
  if (node.kind === 'map') return Object.values(node.entries).flatMap(sourcesIn);
  if (node.kind !== 'artifact' || node.source.kind !== 'value') return [];
  const value = evaluate(node.source, mapScope({}));
  return typeof value === 'string' ? [value] : [];
}
