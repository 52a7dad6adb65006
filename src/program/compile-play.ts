// One play: its hosts, batches, handlers and sections.
import type { Position } from '../errors/problem.ts';
import type { NodeSource, PlaySource } from '../load/types.ts';
import type { YamlNode } from '../load/yaml/node.ts';
import type { CompileContext } from './compile-context.ts';
import { batchesOf } from './batches.ts';
import { orderRoles, roleDirectories, roleForHost, type PlannedRole, type RoleForHost } from './compile-role.ts';
import { isOpen, madeNames } from '../load/made-names.ts';
import { inOrder, refuseTogether } from './course.ts';
import { compileNodes, type NodePlace } from './compile-nodes.ts';
import { compileRoleTask } from './compile-task.ts';
import { handlerId, HandlerTable, type HandlerNames } from './handlers.ts';
import { mergeHostTasks, type MergedTask } from './merge-slots.ts';
import { nodeFromYaml } from './node.ts';
import { playVariables } from './play-variables.ts';
import type { RoleTask } from './role.ts';
import { isSelected } from './select-tags.ts';
import { inherit, type Surroundings } from './surroundings.ts';
import type { Play, Section, TaskNode, TaskSlot } from './types.ts';

/** A role with what it gave for each host. */
interface CalledRole {
  readonly planned: PlannedRole;
  readonly hosts: ReadonlyMap<string, RoleForHost>;
}

/** Compiles a play. `nextId` numbers tasks through the whole Program. */
export function compilePlay(play: PlaySource, index: number, context: CompileContext, nextId: () => number): Play {
  const hosts = inOrder(context.options.hostsOf(play.hosts.value), play.order);
  const everyone = context.everyone(hosts);
  const { scope, of: variablesOf } = playVariables(play, index, hosts, context);
  const isOpened = isOpen(play.hosts.value, madeNames(context.input.playbook, index), context.input.inventory);
  if (isOpened) refuseRoles(play, context);
  const roles = orderRoles(play.roles, context.input.roles).map(planned => ({
    planned,
    hosts: new Map(hosts.map(host => [host, roleForHost(planned, host, hosts, { scope, variables: variablesOf(host) }, context)])),
  }));
  const names: HandlerNames = {
    play: play.handlers.map(({ name, listen, at }) => ({ name, listen: listen.map(topic => topic.value), at })),
    roles: new Map(roles.map(role => [role.planned.role.name, handlerNames(role)])),
  };
  const handlers = new HandlerTable(index, names, context.problem);
  const around = (role?: string): Surroundings =>
    inherit(
      {
        become: context.options.become,
        becomeUser: context.options.becomeUser,
        tags: [],
        when: [],
        notify: [],
        scopes: [scope],
        directories: [play.directory],
        handlersFor: (name, at, task) => handlers.find(role, name, { at: at ?? play.at, task }),
        handlersLike: (name, at, task) => handlers.like(role, name, { at: at ?? play.at, task }),
      },
      play,
    );
  const slot = (task: MergedTask, at: Position, role: string, handler: boolean): TaskSlot => ({
    kind: 'task',
    ref: {
      id: handler ? handlerId(index, role, task.name) : String(nextId()),
      name: task.name,
      module: task.module,
      handler,
      role,
      at,
    },
    ...task.slot,
    hosts: task.hosts,
    specs: task.specs,
  });
  const yaml = (sources: readonly NodeSource[], place: Partial<NodePlace> = {}): readonly TaskNode[] => {
    return compileNodes(sources, around(), { context, everyone, nextId, isOpen: isOpened, ...place });
  };
  const fromRole = (called: CalledRole, pick: (role: RoleForHost) => readonly RoleTask[], handler = false): readonly TaskSlot[] => {
    const { role, use } = called.planned;
    const lists = new Map(
      [...called.hosts].map(([host, given]) => {
        const surroundings: Surroundings = {
          ...inherit(around(role.name), use),
          scopes: [scope, given.scope],
          directories: roleDirectories(role),
        };
        return [host, pick(given).map(task => compileRoleTask(task, surroundings, context))] as const;
      }),
    );
    const slots = mergeHostTasks(lists).map(task => slot(task, use.at, role.name, handler));
    return handler ? slots : slots.filter(task => isSelected(task.tags, context.options.tags));
  };
  const section = (name: Section['name'], tasks: readonly TaskNode[], always = false): Section => ({ name, tasks, always });
  const compiled: Play = {
    name: play.name,
    at: play.at,
    hosts,
    batches: batchesOf(context.options.mode, hosts, play.serial),
    sections: sectionsOf(),
    handlers: [
      ...roles.flatMap(role => fromRole(role, given => given.handlers, true)),
      ...yaml(play.handlers, { handlerId: name => handlerId(index, undefined, name) }),
    ],
    ...(play.strategy !== 'linear' && { strategy: play.strategy }),
    ...(play.order === 'shuffle' && { isShuffled: true }),
    ...(play.maxFailPercentage !== undefined && { maxFailPercentage: play.maxFailPercentage }),
    ...loginOf(play),
    ...(isOpened && { open: { pattern: play.hosts.value, order: play.order, serial: play.serial } }),
    ...((play.forceHandlers ?? context.options.forceHandlers) === true && { forceHandlers: true }),
  };
  if (play.strategy !== 'linear') refuseTogether(compiled, play.strategy, context);
  return compiled;

  function sectionsOf(): readonly Section[] {
    switch (context.options.mode) {
      case 'run':
      case 'check':
        return [
          section('pre_tasks', yaml(play.preTasks)),
          section(
            'roles',
            roles.flatMap(role => fromRole(role, given => given.tasks)),
          ),
          section('tasks', yaml(play.tasks)),
          section('post_tasks', yaml(play.postTasks)),
        ];
      case 'verify':
        return roles.map(role =>
          section(
            'verify',
            fromRole(role, given => given.verify),
          ),
        );
      case 'chaos':
        return roles.flatMap(role => [
          section(
            'verify',
            fromRole(role, given => given.verify),
          ),
          ...scenarios(role),
        ]);
    }
  }

  function scenarios(role: CalledRole): readonly Section[] {
    const names = [...new Set([...role.hosts.values()].flatMap(given => given.chaos.map(scenario => scenario.name)))];
    return names.flatMap(name => {
      const of = (given: RoleForHost) => given.chaos.find(scenario => scenario.name === name);
      return [
        section(
          'chaos',
          fromRole(role, given => of(given)?.tasks ?? []),
        ),
        section(
          'restore',
          fromRole(role, given => of(given)?.restore ?? []),
          true,
        ),
      ];
    });
  }
}

function loginOf({ login, isLocal }: PlaySource): Pick<Play, 'login' | 'isLocal'> {
  const entries = Object.entries<YamlNode>({ ...login }).map(([word, node]) => [word, nodeFromYaml(node)] as const);
  return { ...(entries.length > 0 && { login: Object.fromEntries(entries) }), ...(isLocal === true && { isLocal }) };
}

/** A role is asked for its tasks host by host, before anything runs. */
function refuseRoles({ roles }: PlaySource, { input, problem }: CompileContext): void {
  for (const { name, at } of roles)
    if (input.roles.has(name))
      problem({
        at,
        what: `role ${name} is made for the hosts that the inventory has, and which hosts this play has is known only when it begins`,
        advice: 'name groups of the inventory that no add_host or group_by adds to, or write tasks',
      });
}

function handlerNames(role: CalledRole): readonly string[] {
  return [...new Set([...role.hosts.values()].flatMap(given => given.handlers.map(handler => handler.name)))];
}
