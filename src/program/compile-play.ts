// One play: its hosts, batches, handlers and sections.
import { isOpen, madeNames } from '../load/playbook/made-names.ts';
import type { NodeSource, PlaySource } from '../load/types.ts';
import type { YamlNode } from '../load/yaml/node.ts';
import type { CompileContext } from './compile-context.ts';
import { batchesOf } from './batches.ts';
import { inOrder, refuseTogether } from './course.ts';
import { compileNodes, type NodePlace } from './compile-nodes.ts';
import { handlerId, HandlerTable } from './handlers.ts';
import { nodeFromYaml } from './node.ts';
import { playRoles } from './play-roles.ts';
import { playVariables } from './play-variables.ts';
import { prepareRoles, type PreparedRole } from './prepare-roles.ts';
import { inherit, type ScopeNames, type Surroundings } from './surroundings.ts';
import type { Play, Section, TaskNode } from './types.ts';

/** Compiles a play. `nextId` numbers tasks through the whole Program. */
export function compilePlay(play: PlaySource, index: number, context: CompileContext, nextId: () => number): Play {
  const hosts = inOrder(context.options.hostsOf(play.hosts.value), play.order);
  const everyone = context.everyone(hosts);
  const isOpened = isOpen(play.hosts.value, madeNames(context.input.playbook, index), context.input.inventory);
  const variables = playVariables(play, index, hosts, context);
  const prepared = prepareRoles(play, hosts, variables, context);
  const called = [...prepared.values()];
  if (isOpened) {
    refuseRoles(called, context);
    refuseFiles(play, context);
  }
  const own = called.filter(({ isFirst }) => isFirst);
  const handlers = new HandlerTable(
    index,
    {
      play: play.handlers.map(({ name, listen, at }) => ({ name, listen: listen.map(topic => topic.value), at })),
      roles: new Map(own.map(role => [role.label, role.handlers])),
    },
    context.problem,
  );
  const around: Surroundings = inherit(
    {
      become: context.options.become,
      becomeUser: context.options.becomeUser,
      tags: [],
      when: [],
      notify: [],
      scopes: scopesFor(variables.scope, called),
      directories: [play.directory],
      handlersFor: (name, at, task) => handlers.find(undefined, name, { at: at ?? play.at, task }),
      handlersLike: (name, at, task) => handlers.like(undefined, name, { at: at ?? play.at, task }),
    },
    play,
  );
  const roles = playRoles({ play: index, prepared, handlers, context, everyone, nextId, isOpen: isOpened });
  const place: NodePlace = { context, everyone, nextId, isOpen: isOpened, callRole: roles.call };
  const yaml = (sources: readonly NodeSource[], more: Partial<NodePlace> = {}): readonly TaskNode[] =>
    compileNodes(sources, around, { ...place, ...more });
  const section = (name: Section['name'], tasks: readonly TaskNode[], always = false): Section => ({ name, tasks, always });
  const sections = sectionsOf();
  const handlersOf = (isTask: boolean): readonly TaskNode[] =>
    own.filter(({ isListed }) => isListed !== isTask).flatMap(role => roles.handlersOf(role, around));
  const compiled: Play = {
    name: play.name,
    at: play.at,
    hosts,
    batches: batchesOf(context.options.mode, hosts, play.serial),
    sections,
    // Handlers of roles that tasks call stand behind those of the play.
    handlers: [...handlersOf(false), ...yaml(play.handlers, { handlerId: name => handlerId(index, undefined, name) }), ...handlersOf(true)],
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
            play.roles.flatMap(role => roles.call(role, around, place)),
          ),
          section('tasks', yaml(play.tasks)),
          section('post_tasks', yaml(play.postTasks)),
        ];
      case 'verify':
        return own.map(proof);
      case 'chaos':
        return own.flatMap(role => [proof(role), ...scenarios(role)]);
    }
  }

  function proof(role: PreparedRole): Section {
    return section(
      'verify',
      roles.partOf(role, around, given => given.verify),
    );
  }

  function scenarios(role: PreparedRole): readonly Section[] {
    const given = [...(role.typed?.hosts.values() ?? [])];
    const names = [...new Set(given.flatMap(({ chaos }) => chaos.map(scenario => scenario.name)))];
    return names.flatMap(name => [
      section(
        'chaos',
        roles.partOf(role, around, ({ chaos }) => chaos.find(scenario => scenario.name === name)?.tasks ?? []),
      ),
      section(
        'restore',
        roles.partOf(role, around, ({ chaos }) => chaos.find(scenario => scenario.name === name)?.restore ?? []),
        true,
      ),
    ]);
  }
}

/** Variables of the play, and of those roles that say that all of its tasks know theirs. */
function scopesFor(play: string, called: readonly PreparedRole[]): ScopeNames {
  const open = called.filter(({ call }) => call.isPublic).flatMap(({ written }) => written ?? []);
  return { defaults: open.map(({ defaults }) => defaults), play, roles: open.map(({ vars }) => vars), blocks: [] };
}

function loginOf({ login, isLocal }: PlaySource): Pick<Play, 'login' | 'isLocal'> {
  const entries = Object.entries<YamlNode>({ ...login }).map(([word, node]) => [word, nodeFromYaml(node)] as const);
  return { ...(entries.length > 0 && { login: Object.fromEntries(entries) }), ...(isLocal === true && { isLocal }) };
}

/** Files of variables that differ from host to host are read before the run. */
function refuseFiles({ varsFiles }: PlaySource, { problem }: CompileContext): void {
  for (const file of varsFiles)
    if (file.kind === 'named')
      problem({
        ...(file.names[0] && { at: file.names[0].at }),
        what: 'this file of variables is read before the run, and which hosts this play has is known only when it begins',
        advice: 'read it with the task include_vars',
      });
}

/** What has a schema is held against the variables of each host before anything runs, and a role in TypeScript is called with them. */
function refuseRoles(called: readonly PreparedRole[], { problem, input }: CompileContext): void {
  for (const { name, call } of called)
    if (input.roles.has(call.name))
      problem({
        at: call.at,
        what: `role ${name} looks at the variables of its hosts before the run, and which hosts this play has is known only when it begins`,
        advice: 'name groups of the inventory that no add_host or group_by adds to, or use a role in YAML without a schema',
      });
}
