// Tasks and blocks of YAML as nodes of the Program: what a block says is handed on to all that stands in it.
import type { BlockSource, IncludeSource, NodeSource, RoleCall } from '../load/types.ts';
import type { CompileContext } from './compile-context.ts';
import { variablesFromSources } from './compile-context.ts';
import { compileYamlTask } from './compile-task.ts';
import { loopControlFrom } from './loop-control.ts';
import { nodeFromYaml } from './node.ts';
import { parametersOf } from './scope-layers.ts';
import { isSelected } from './select-tags.ts';
import { inherit, namesOf, withBlocks, type Surroundings } from './surroundings.ts';
import type { Block, TaskNode, TaskSlot } from './types.ts';

/** Where nodes stand. */
export interface NodePlace {
  readonly context: CompileContext;
  /** Each host, with the one spec that there is: shared by all tasks, of which there may be thousands. */
  readonly everyone: TaskSlot['hosts'];
  readonly role?: string;
  readonly nextId: () => number;
  /** Hosts may come that are not known yet. */
  readonly isOpen?: boolean;
  /** The tasks of a role. */
  readonly callRole: (call: RoleCall, around: Surroundings, place: NodePlace) => readonly TaskNode[];
  /** The id of a handler; undefined for tasks, which are numbered and chosen by their tags. */
  readonly handlerId?: (name: string) => string;
}

/** Compiles a list. What no tag chooses is left out, and so is a block in which nothing is left; a file that comes in does, with whatever is left in it. */
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
    // A host is added once, whoever would add it.
    ...(module === 'add_host' && { runOnce: true }),
    hosts: place.everyone,
    ...(place.isOpen === true && { others: 0 }),
    specs: [spec],
  };
  return place.handlerId !== undefined || isSelected(slot.tags, place.context.options.tags) ? task : undefined;
}

function compileBlock(source: BlockSource, around: Surroundings, place: NodePlace): Block | undefined {
  const { context } = place;
  const { include } = source;
  const ref = refOf(source, source.name, moduleOf(source), place);
  const variables = variablesFromSources(source.vars, context.secrets);
  const scope = Object.keys(variables).length === 0 ? [] : [context.addScope(`block ${ref.id}`, variables)];
  // What a file is given is stronger than what tasks set, as with a role.
  if (include !== undefined) for (const name of scope) context.addScope(parametersOf(name), variables);
  const own: Surroundings = { ...inherit(around, source), scopes: withBlocks(around.scopes, scope) };
  // Whether a file comes in is one thing, which of its tasks are run another.
  if (include !== undefined && place.handlerId === undefined && !isSelected(own.tags, context.options.tags)) return undefined;
  const within = include === undefined ? own : includedIn(include, { ...around, scopes: own.scopes }, source.name, ref.id, context);
  // Only the block itself is notified; what stands in it is numbered like any task.
  const { handlerId, ...rest } = place;
  const inner: NodePlace = handlerId === undefined ? rest : { ...rest, handlerId: () => `${ref.id}/${place.nextId()}` };
  const asked = {
    vars: {},
    scopes: namesOf(own.scopes),
    ...(own.become !== undefined && { become: own.become }),
    ...(own.becomeUser !== undefined && { becomeUser: own.becomeUser }),
  };
  const block: Block = {
    kind: 'block',
    ref,
    tasks: source.role === undefined ? compileNodes(source.tasks, within, inner) : place.callRole(source.role, within, inner),
    rescue: compileNodes(source.rescue, within, inner),
    always: compileNodes(source.always, within, inner),
    rescueUnreachable: source.rescueUnreachable,
    ...(source.loop && {
      loop: { over: nodeFromYaml(source.loop), ...(source.loopControl && { control: loopControlFrom(source.loopControl) }), ...asked },
    }),
    ...(include !== undefined && {
      gate: {
        when: own.when,
        ...(own.runOnce === true && { runOnce: true }),
        ...asked,
        ...(include.choice && { choice: { name: nodeFromYaml(include.choice.name), of: include.choice.of } }),
      },
    }),
    ...(source.pick && { pick: { name: nodeFromYaml(source.pick.name), is: source.pick.is, ...asked } }),
  };
  return include !== undefined || [block.tasks, block.rescue, block.always].some(part => part.length > 0) ? block : undefined;
}

/** What is around the tasks of a file that comes in: what is around its coming in, and what is applied to them. */
function includedIn({ apply }: IncludeSource, around: Surroundings, name: string, id: string, context: CompileContext): Surroundings {
  if (apply === undefined) return around;
  const variables = variablesFromSources(apply.vars, context.secrets);
  const scopes = Object.keys(variables).length === 0 ? [] : [context.addScope(`apply ${id}`, variables)];
  return { ...inherit(around, { name, ...apply }), scopes: withBlocks(around.scopes, scopes) };
}

/** What stands for a module in what is told of a block. */
function moduleOf({ include, role }: BlockSource): string {
  if (role !== undefined) return include === undefined ? 'import_role' : 'include_role';
  return include === undefined ? 'block' : 'include_tasks';
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
