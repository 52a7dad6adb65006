// Tasks and blocks of YAML as nodes of the Program: what a block says is handed on to all that stands in it.
import type { BlockSource, NodeSource } from '../load/types.ts';
import type { CompileContext } from './compile-context.ts';
import { variablesFromSources } from './compile-context.ts';
import { compileYamlTask } from './compile-task.ts';
import { loopControlFrom } from './loop-control.ts';
import { nodeFromYaml } from './node.ts';
import { isSelected } from './select-tags.ts';
import { inherit, type Surroundings } from './surroundings.ts';
import type { Block, TaskNode, TaskSlot } from './types.ts';

/** Where nodes stand. */
export interface NodePlace {
  readonly context: CompileContext;
  readonly hosts: readonly string[];
  readonly role?: string;
  readonly nextId: () => number;
  /** The id of a handler; undefined for tasks, which are numbered and chosen by their tags. */
  readonly handlerId?: (name: string) => string;
}

/** Compiles a list. What no tag chooses is left out, and so is a block in which nothing is left. */
export function compileNodes(sources: readonly NodeSource[], around: Surroundings, place: NodePlace): readonly TaskNode[] {
  return sources.flatMap(source => compileNode(source, around, place) ?? []);
}

function compileNode(source: NodeSource, around: Surroundings, place: NodePlace): TaskNode | undefined {
  if (source.kind === 'block') return compileBlock(source, around, place);
  const { name, module, slot, spec } = compileYamlTask(source, around, place.context);
  const task: TaskSlot = {
    kind: 'task',
    ref: refOf(source, name, module, place),
    ...slot,
    hosts: Object.fromEntries(place.hosts.map(host => [host, 0])),
    specs: [spec],
  };
  return place.handlerId !== undefined || isSelected(slot.tags, place.context.options.tags) ? task : undefined;
}

function compileBlock(source: BlockSource, around: Surroundings, place: NodePlace): Block | undefined {
  const { context } = place;
  const ref = refOf(source, source.name, 'block', place);
  const variables = variablesFromSources(source.vars, context.secrets);
  const scope = Object.keys(variables).length === 0 ? [] : [context.addScope(`block ${ref.id}`, variables)];
  const within: Surroundings = { ...inherit(around, source), scopes: [...around.scopes, ...scope] };
  // Only the block itself is notified; what stands in it is numbered like any task.
  const { handlerId, ...rest } = place;
  const inner: NodePlace = handlerId === undefined ? rest : { ...rest, handlerId: () => `${ref.id}/${place.nextId()}` };
  const block: Block = {
    kind: 'block',
    ref,
    tasks: compileNodes(source.tasks, within, inner),
    rescue: compileNodes(source.rescue, within, inner),
    always: compileNodes(source.always, within, inner),
    rescueUnreachable: source.rescueUnreachable,
    ...(source.loop && {
      loop: {
        over: nodeFromYaml(source.loop),
        ...(source.loopControl && { control: loopControlFrom(source.loopControl) }),
        vars: {},
        scopes: within.scopes,
        ...(within.become !== undefined && { become: within.become }),
        ...(within.becomeUser !== undefined && { becomeUser: within.becomeUser }),
      },
    }),
  };
  return [block.tasks, block.rescue, block.always].some(part => part.length > 0) ? block : undefined;
}

function refOf(source: NodeSource, name: string, module: string, { handlerId, nextId, role }: NodePlace): TaskSlot['ref'] {
  return {
    id: handlerId?.(name) ?? String(nextId()),
    name,
    module,
    handler: handlerId !== undefined,
    ...(role !== undefined && { role }),
    at: source.at,
  };
}
