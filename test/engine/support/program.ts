// Programs by hand: just the parts a test is about.
import { nodeFromData } from '../../../src/program/node.ts';
import type { Node, Play, Program, TaskSlot, TaskSpec, Variables } from '../../../src/program/types.ts';
import type { Typed } from '../../../src/modules/contract.ts';

/** A task in short. Text with {{ }} is a template. */
export interface ShortTask {
  readonly name: string;
  readonly module: Typed<unknown>;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly when?: string;
  readonly loop?: unknown;
  readonly register?: string;
  readonly notify?: readonly string[];
  readonly ignoreErrors?: boolean;
  readonly runOnce?: boolean;
  readonly throttle?: number;
  readonly unsafePath?: true;
}

export interface ShortPlay {
  readonly hosts?: readonly string[];
  readonly tasks: readonly ShortTask[];
  readonly handlers?: readonly ShortTask[];
  readonly batches?: readonly (readonly string[])[];
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** A Program of one play. */
export function programOf(short: ShortPlay): Program {
  const hosts = short.hosts ?? ['n1'];
  const variables: Variables = Object.fromEntries(
    Object.entries(short.variables ?? {}).map(([name, value]) => [name, { node: toNode(value), source: 'the test' }]),
  );
  let id = 0;
  const slot = (task: ShortTask, handler: boolean): TaskSlot => ({
    kind: 'task',
    ref: {
      id: handler ? `1//${task.name}` : String((id += 1)),
      name: task.name,
      module: task.module.definition.name,
      handler,
      at: { file: 'test.yml', line: id, column: 1 },
    },
    tags: [],
    runOnce: task.runOnce ?? false,
    ...(task.throttle !== undefined && { throttle: task.throttle }),
    hosts: Object.fromEntries(hosts.map(host => [host, 0])),
    specs: [specOf(task)],
  });
  const play: Play = {
    name: 'test',
    hosts,
    batches: short.batches ?? [hosts],
    sections: [{ name: 'tasks', tasks: short.tasks.map(task => slot(task, false)), always: false }],
    handlers: (short.handlers ?? []).map(task => slot(task, true)),
  };
  return {
    version: 1,
    playbook: 'test.yml',
    inventory: 'test',
    hosts: Object.fromEntries(hosts.map(name => [name, { name, groups: [], variables }])),
    groups: { all: hosts },
    scopes: {},
    extra: {},
    magic: {},
    roles: [],
    advice: [],
    plays: [play],
  };
}

/** Through JSON and back: what runs has no functions inside. */
export function compileProgramNode(program: Program): Program {
  return JSON.parse(JSON.stringify(program)) as Program;
}

function specOf(task: ShortTask): TaskSpec {
  return {
    params: Object.fromEntries(Object.entries(task.params ?? {}).map(([name, value]) => [name, toNode(value)])),
    ...(task.unsafePath && { unsafePath: true }),
    when: task.when === undefined ? [] : [{ text: task.when, at: { file: 'test.yml', line: 1, column: 1 } }],
    ...(task.loop !== undefined && { loop: toNode(task.loop) }),
    ...(task.register !== undefined && { register: task.register }),
    notify: (task.notify ?? []).map(name => `1//${name}`),
    vars: {},
    scopes: [],
    ignoreErrors: task.ignoreErrors ?? false,
    provides: {},
  };
}

function toNode(value: unknown): Node {
  if (typeof value === 'string' && value.includes('{{')) return { kind: 'template', text: value };
  if (Array.isArray(value)) return { kind: 'list', items: value.map(toNode) };
  return nodeFromData(value);
}
