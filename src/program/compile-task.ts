// Tasks as data: from YAML, shared by all hosts of the play, and from a role, one per host.
import type { JudgeSource, TaskSource } from '../load/types.ts';
import type { AnyModule } from '../modules/contract.ts';
import { isExpr } from '../schema/expr.ts';
import type { CompileContext } from './compile-context.ts';
import { variablesFromSources } from './compile-context.ts';
import { applyKinds, type KindContext } from './kinds.ts';
import type { HostTask } from './merge-slots.ts';
import { nodeFromData, nodeFromYaml } from './node.ts';
import type { RoleTask } from './role.ts';
import { conditionsFrom, loopControlFrom } from './loop-control.ts';
import { inherit, namesOf, type Surroundings } from './surroundings.ts';
import type { Node, TaskSpec } from './types.ts';

/** A YAML task. */
export function compileYamlTask(source: TaskSource, around: Surroundings, context: CompileContext): HostTask {
  const module = context.input.modules.get(source.module);
  const params = source.params ? nodeFromYaml(source.params) : { kind: 'map' as const, entries: {} };
  const within = inherit(around, source);
  if (module?.kind === 'cluster') refuseForCluster(source, within, context);
  const spec: TaskSpec = {
    params: applyParams(params, module, source.name, around, context),
    ...specFrom(within),
    ...judgeFrom(source),
    ...(source.loop && { loop: nodeFromYaml(source.loop) }),
    ...(source.loopControl && { loopControl: loopControlFrom(source.loopControl) }),
    ...(source.register && { register: source.register.value }),
    vars: variablesFromSources(source.vars, context.secrets),
    provides: source.provides,
    ...(source.unsafePath && { unsafePath: true }),
  };
  return { name: source.name, module: source.module, spec, slot: slotFrom(within) };
}

/** A task that a role gave for one host. */
export function compileRoleTask(task: RoleTask, around: Surroundings, context: CompileContext): HostTask {
  const { options } = task;
  const located = <T>(values: readonly T[]) => values.map(value => ({ value }));
  const within = inherit(around, {
    name: task.name,
    ...options,
    when: located(asList(options.when)),
    notify: options.notify === undefined ? undefined : located(asList(options.notify)),
    tags: options.tags ?? [],
  });
  const spec: TaskSpec = {
    params: applyParams(nodeFromData(task.params), task.module, task.name, around, context),
    ...specFrom(within),
    ...(options.loop !== undefined && { loop: loopNode(options.loop) }),
    ...(options.register !== undefined && { register: options.register }),
    vars: Object.fromEntries(
      Object.entries(options.vars ?? {}).map(([name, value]) => [name, { node: nodeFromData(value), source: `task "${task.name}"` }]),
    ),
    provides: options.provides ?? {},
    ...(options.unsafePath === true && { unsafePath: true }),
  };
  return { name: task.name, module: task.module.name, spec, slot: slotFrom(within) };
}

/** A module that looks after several hosts at once decides itself on which of them something is done. */
function refuseForCluster({ at, module }: TaskSource, { checkMode, delegateTo }: Surroundings, { problem }: CompileContext): void {
  const what = `is not there for ${module}, which looks after several hosts at once`;
  if (checkMode === true) problem({ at, what: `check_mode: true ${what}`, advice: 'use --check on the command line' });
  if (delegateTo !== undefined) problem({ at, what: `delegate_to ${what}`, advice: 'remove it' });
}

type FromAround = Omit<
  TaskSpec,
  'params' | 'vars' | 'provides' | 'loop' | 'loopControl' | 'register' | 'changedWhen' | 'failedWhen' | 'retry'
>;

/** What of a task's surroundings each host has to know. */
function specFrom(around: Surroundings): FromAround {
  const { become, becomeUser, becomeMethod, notifyNamed = [], environment = [], timeout, diff, delegateTo } = around;
  return {
    when: around.when,
    notify: around.notify,
    ...(notifyNamed.length > 0 && { notifyNamed }),
    ...(become !== undefined && { become }),
    ...(becomeUser !== undefined && { becomeUser }),
    ...(becomeMethod !== undefined && { becomeMethod }),
    scopes: namesOf(around.scopes),
    ignoreErrors: around.ignoreErrors ?? false,
    ...(around.ignoreUnreachable === true && { ignoreUnreachable: true }),
    ...(environment.length > 0 && { environment }),
    ...(timeout !== undefined && { timeout }),
    ...(around.noLog === true && { noLog: true }),
    ...(around.checkMode === true && { checkMode: true }),
    ...(diff !== undefined && { diff }),
    ...(delegateTo !== undefined && { delegateTo, ...(around.delegateFacts === true && { delegateFacts: true }) }),
  };
}

/** What judges the result of a task. */
function judgeFrom({
  changedWhen,
  failedWhen,
  until,
  retries,
  delay,
}: JudgeSource): Pick<TaskSpec, 'changedWhen' | 'failedWhen' | 'retry'> {
  const isTried = until !== undefined || retries !== undefined;
  return {
    ...(changedWhen && { changedWhen: conditionsFrom(changedWhen) }),
    ...(failedWhen && { failedWhen: conditionsFrom(failedWhen) }),
    ...(isTried && {
      retry: {
        until: conditionsFrom(until ?? []),
        retries: retries === undefined ? { kind: 'value', value: 3 } : nodeFromYaml(retries),
        delay: delay === undefined ? { kind: 'value', value: 5 } : nodeFromYaml(delay),
      },
    }),
  };
}

/** What of them concerns the task as a whole. */
function slotFrom({ tags, runOnce = false, throttle, anyErrorsFatal }: Surroundings): HostTask['slot'] {
  return {
    tags,
    runOnce,
    ...(throttle !== undefined && { throttle }),
    ...(anyErrorsFatal === true && { anyErrorsFatal }),
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
