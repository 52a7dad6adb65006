// The roles of a play as nodes of the Program: where they are called, what they need first, and their handlers.
import type { RoleCall } from '../load/types.ts';
import { compileNodes, type NodePlace } from './compile-nodes.ts';
import { roleDirectories, type RoleForHost } from './compile-role.ts';
import { compileRoleTask } from './compile-task.ts';
import { handlerId, type HandlerTable } from './handlers.ts';
import { mergeHostTasks } from './merge-slots.ts';
import type { PreparedRole } from './prepare-roles.ts';
import type { RoleTask } from './role.ts';
import { isSelected } from './select-tags.ts';
import { inherit, withBlocks, type Surroundings } from './surroundings.ts';
import type { Block, TaskNode, TaskSlot } from './types.ts';

/** What the roles of a play are compiled with. */
export interface RolePlace extends Omit<NodePlace, 'callRole' | 'role' | 'handlerId'> {
  /** The number of the play. */
  readonly play: number;
  readonly prepared: ReadonlyMap<RoleCall, PreparedRole>;
  readonly handlers: HandlerTable;
}

/** The roles of a play. */
export interface PlayRoles {
  readonly call: NodePlace['callRole'];
  /** The handlers of a role, once the tasks of the play are there. */
  readonly handlersOf: (prepared: PreparedRole, around: Surroundings) => readonly TaskNode[];
  /** What a role in TypeScript gives beside its tasks. */
  readonly partOf: (prepared: PreparedRole, around: Surroundings, pick: (role: RoleForHost) => readonly RoleTask[]) => readonly TaskSlot[];
}

/** Compiles them as they are called. */
export function playRoles(place: RolePlace): PlayRoles {
  const { context, everyone, nextId, prepared, handlers, play, isOpen = false } = place;
  /** What was around the first call: its handlers have it, too. */
  const seen = new Map<PreparedRole, Surroundings>();

  const call: NodePlace['callRole'] = (source, outer, within) => {
    const ready = prepared.get(source);
    if (ready === undefined) throw new Error(`the call of role ${source.name} was not prepared`);
    if (ready.run === 'again') return [];
    const around = surroundingsOf(ready, outer);
    if (!seen.has(ready)) seen.set(ready, around);
    const needs = source.needs.flatMap(need => call(need, around, within));
    const tasks = ready.typed === undefined ? writtenTasks(ready, around, within) : typedTasks(ready, around, given => given.tasks);
    if (tasks.length === 0) return needs;
    return [...needs, ...(ready.typed !== undefined && ready.run === 'once' ? tasks : [blockOf(ready, tasks, nextId)])];
  };

  /** Its own variables stand over those of what it needs. */
  const knowing = ({ call: { needs } }: PreparedRole, around: Surroundings): Surroundings => {
    const needed = needs.flatMap(need => scopesOf(need, prepared));
    const [defaults, vars] = [needed.map(scopes => scopes.defaults), needed.map(scopes => scopes.vars)];
    const { scopes } = around;
    return {
      ...around,
      scopes: { ...scopes, defaults: beforeLast(scopes.defaults, defaults), roles: beforeLast(scopes.roles, vars) },
    };
  };

  const writtenTasks = (ready: PreparedRole, around: Surroundings, within: NodePlace): readonly TaskNode[] =>
    compileNodes(ready.call.written?.tasks ?? [], knowing(ready, around), { ...within, role: ready.name });

  const typedTasks = (
    { typed, call: { at }, name, label }: PreparedRole,
    around: Surroundings,
    pick: (role: RoleForHost) => readonly RoleTask[],
    isHandler = false,
  ): readonly TaskSlot[] => {
    if (typed === undefined) return [];
    const lists = new Map(
      [...typed.hosts].map(([host, given]) => {
        const surroundings = { ...around, scopes: withBlocks(around.scopes, [given.scope]), directories: roleDirectories(typed.role) };
        return [host, pick(given).map(task => compileRoleTask(task, surroundings, context))] as const;
      }),
    );
    const slots = mergeHostTasks(lists).map(({ name: task, module, slot, hosts: having, specs }): TaskSlot => {
      const id = isHandler ? handlerId(play, label, task) : String(nextId());
      return { kind: 'task', ref: { id, name: task, module, handler: isHandler, role: name, at }, ...slot, hosts: having, specs };
    });
    return isHandler ? slots : slots.filter(task => isSelected(task.tags, context.options.tags));
  };

  return {
    call,
    handlersOf: (ready, outer) => {
      const around = seen.get(ready) ?? surroundingsOf(ready, outer);
      const { written } = ready.call;
      if (written === undefined) return typedTasks(ready, around, given => given.handlers, true);
      return compileNodes(written.handlers, knowing(ready, around), {
        context,
        everyone,
        nextId,
        isOpen,
        callRole: call,
        role: ready.name,
        handlerId: name => handlerId(play, ready.label, name),
      });
    },
    partOf: (ready, outer, pick) => typedTasks(ready, surroundingsOf(ready, outer), pick),
  };

  function surroundingsOf({ call: source, label, written, parameters }: PreparedRole, outer: Surroundings): Surroundings {
    const scopes = withBlocks(outer.scopes, parameters);
    return {
      ...inherit({ ...outer, ...namesFor(label, source) }, { ...source, name: source.name }),
      scopes:
        written === undefined
          ? scopes
          : { ...scopes, defaults: [...scopes.defaults, written.defaults], roles: [...scopes.roles, written.vars] },
      directories: source.written === undefined ? outer.directories : [source.written.directory, ...outer.directories],
    };
  }

  function namesFor(label: string, { at: here }: RoleCall): Pick<Surroundings, 'handlersFor' | 'handlersLike'> {
    return {
      handlersFor: (name, at, task) => handlers.find(label, name, { at: at ?? here, task }),
      handlersLike: (name, at, task) => handlers.like(label, name, { at: at ?? here, task }),
    };
  }
}

/** Runs where it has not run before, and may be ended. */
function blockOf({ call, name, key, run }: PreparedRole, tasks: readonly TaskNode[], nextId: () => number): Block {
  return {
    kind: 'block',
    ref: { id: String(nextId()), name, module: 'role', handler: false, role: name, at: call.at },
    tasks,
    rescue: [],
    always: [],
    rescueUnreachable: false,
    role: { key, ...((run === 'once' || call.repeats) && { repeats: true }) },
  };
}

/** The variables of a role in YAML and of all that it needs, the nearest last. */
function scopesOf(call: RoleCall, prepared: ReadonlyMap<RoleCall, PreparedRole>): readonly NonNullable<PreparedRole['written']>[] {
  return [...call.needs.flatMap(need => scopesOf(need, prepared)), prepared.get(call)?.written ?? []].flat();
}

function beforeLast(names: readonly string[], more: readonly string[]): readonly string[] {
  return [...names.slice(0, -1), ...more, ...names.slice(-1)];
}
