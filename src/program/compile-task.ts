// Tasks as data: from YAML, shared by all hosts of the play, and from a role, one per host.
import type { Position } from '../errors/problem.ts';
import type { TaskSource } from '../load/types.ts';
import type { AnyModule } from '../modules/contract.ts';
import { isExpr } from '../schema/expr.ts';
import type { BecomeMethod } from '../util/become-method.ts';
import type { CompileContext } from './compile-context.ts';
import { variablesFromSources } from './compile-context.ts';
import { applyKinds, type KindContext } from './kinds.ts';
import type { HostTask } from './merge-slots.ts';
import { nodeFromData, nodeFromYaml } from './node.ts';
import type { RoleTask } from './role.ts';
import type { Condition, Node, TaskSpec } from './types.ts';

type Becoming = Pick<TaskSpec, 'become' | 'becomeUser' | 'becomeMethod'>;

/** What a task inherits from the play and role around it. */
export interface Surroundings {
  readonly become: boolean | undefined;
  readonly becomeUser: string | undefined;
  readonly becomeMethod: BecomeMethod | undefined;
  readonly tags: readonly string[];
  readonly when: readonly Condition[];
  /** Names of shared variables, weakest first. */
  readonly scopes: readonly string[];
  /** Folders that may hold templates/ and files/. */
  readonly directories: readonly string[];
  /** Ids of the handlers a name means; reports a name that means none. */
  readonly handlersFor: (name: string, at: Position | undefined, task: string) => readonly string[];
}

/** A YAML task. */
export function compileYamlTask(source: TaskSource, around: Surroundings, context: CompileContext): HostTask {
  const module = context.input.modules.get(source.module);
  const params = source.params ? nodeFromYaml(source.params) : { kind: 'map' as const, entries: {} };
  const spec: TaskSpec = {
    params: applyParams(params, module, source.name, around, context),
    when: [...around.when, ...source.when.map(condition => ({ text: condition.value, at: condition.at }))],
    ...(source.loop && { loop: nodeFromYaml(source.loop) }),
    ...(source.register && { register: source.register.value }),
    notify: source.notify.flatMap(name => around.handlersFor(name.value, name.at, source.name)),
    ...becoming(source, around),
    vars: variablesFromSources(source.vars, context.secrets),
    scopes: around.scopes,
    ignoreErrors: source.ignoreErrors,
    provides: source.provides,
  };
  return {
    name: source.name,
    module: source.module,
    spec,
    slot: {
      tags: [...around.tags, ...source.tags],
      runOnce: source.runOnce,
      ...(source.throttle !== undefined && { throttle: source.throttle }),
    },
  };
}

/** A task that a role gave for one host. */
export function compileRoleTask(task: RoleTask, around: Surroundings, context: CompileContext): HostTask {
  const { options } = task;
  const spec: TaskSpec = {
    params: applyParams(nodeFromData(task.params), task.module, task.name, around, context),
    when: [...around.when, ...asList(options.when).map(text => ({ text }))],
    ...(options.loop !== undefined && { loop: loopNode(options.loop) }),
    ...(options.register !== undefined && { register: options.register }),
    notify: asList(options.notify).flatMap(name => around.handlersFor(name, undefined, task.name)),
    ...becoming(options, around),
    vars: Object.fromEntries(
      Object.entries(options.vars ?? {}).map(([name, value]) => [name, { node: nodeFromData(value), source: `task "${task.name}"` }]),
    ),
    scopes: around.scopes,
    ignoreErrors: options.ignoreErrors ?? false,
    provides: options.provides ?? {},
  };
  return {
    name: task.name,
    module: task.module.name,
    spec,
    slot: {
      tags: [...around.tags, ...(options.tags ?? [])],
      runOnce: options.runOnce ?? false,
      ...(options.throttle !== undefined && { throttle: options.throttle }),
    },
  };
}

function applyParams(
  params: Node,
  module: AnyModule | undefined,
  task: string,
  around: Surroundings,
  context: CompileContext,
): Readonly<Record<string, Node>> {
  if (module === undefined) return {};
  const kinds: KindContext = {
    directories: around.directories,
    task: `task "${task}"`,
    problem: context.problem,
    cwd: context.options.cwd,
  };
  const node = applyKinds(params, module.params, kinds);
  return node.kind === 'map' ? node.entries : {};
}

function loopNode(loop: NonNullable<RoleTask['options']['loop']>): Node {
  return isExpr(loop) ? { kind: 'template', text: loop.text } : nodeFromData(loop);
}

function asList(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}

/** What the task itself says of becoming another user, before what is said around it. */
function becoming(own: Becoming, around: Surroundings): Becoming {
  const become = own.become ?? around.become;
  const becomeUser = own.becomeUser ?? around.becomeUser;
  const becomeMethod = own.becomeMethod ?? around.becomeMethod;
  return {
    ...(become !== undefined && { become }),
    ...(becomeUser !== undefined && { becomeUser }),
    ...(becomeMethod !== undefined && { becomeMethod }),
  };
}
