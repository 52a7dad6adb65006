// The roles that a play calls, made ready before its tasks are compiled: what they are called with, whether they are called anew, and their handlers' names.
import type { PlaySource, RoleCall, NodeSource, VariableSources } from '../load/types.ts';
import { toValue } from '../load/yaml/to-value.ts';
import { canonical } from '../util/canonical.ts';
import type { CompileContext } from './compile-context.ts';
import { variablesFromSources } from './compile-context.ts';
import { roleForHost, type RoleForHost } from './compile-role.ts';
import { labelFor, type NamedHandler } from './handlers.ts';
import type { PlayVariables } from './play-variables.ts';
import type { AnyRole } from './role.ts';
import { parametersOf } from './scope-layers.ts';
import type { Variables } from './types.ts';
import { writtenRole, type WrittenScopes } from './written-role.ts';

/** A call of a role, made ready for the hosts of a play. */
export interface PreparedRole {
  readonly call: RoleCall;
  readonly name: string;
  /** What its handlers are found by: calls with the same parameters share them. */
  readonly label: string;
  /** By the play itself, or since a role of the play needs it. */
  readonly isListed: boolean;
  /** It is the first of its label, whose handlers are those of all. */
  readonly isFirst: boolean;
  /** The same for calls that are one: all but the first are left out, where hosts have run it. */
  readonly key: string;
  /** `once`: nothing else calls it like this; `again`: another call has made it certain that it ran; `each`: each host has to be asked. */
  readonly run: 'once' | 'again' | 'each';
  readonly handlers: readonly NamedHandler[];
  /** Named as parameters of the role: results of tasks do not win over these. */
  readonly parameters: readonly string[];
  /** For a role in TypeScript, what it gives for each host. */
  readonly typed?: { readonly role: AnyRole; readonly hosts: ReadonlyMap<string, RoleForHost> };
  /** For one in YAML. */
  readonly written?: WrittenScopes;
}

/** What leads to a call. */
interface Way {
  readonly given: VariableSources;
  /** Over what the play says. */
  readonly over: VariableSources;
  readonly under: VariableSources;
  /** It stands in the play's own list of roles, or is needed there. */
  readonly isListed: boolean;
  readonly when: readonly string[];
  readonly tags: readonly string[];
}

interface Found {
  readonly call: RoleCall;
  readonly way: Way;
  readonly key: string;
  readonly handlersKey: string;
}

/** The calls of a play, by what was read of each, in the order of their handlers: listed roles first. */
export function prepareRoles(
  play: PlaySource,
  hosts: readonly string[],
  variables: PlayVariables,
  context: CompileContext,
): ReadonlyMap<RoleCall, PreparedRole> {
  const found = findCalls(play);
  const groups = new Map<string, Found[]>();
  for (const each of found) groups.set(each.key, [...(groups.get(each.key) ?? []), each]);
  const numbers = new Map<string, number>();
  const numberOf = (key: string): number => {
    const known = numbers.get(key) ?? numbers.size + 1;
    numbers.set(key, known);
    return known;
  };
  const labels = new Map<string, string>();
  const counts = new Map<string, number>();
  const prepared = found.map(({ call, way, key, handlersKey }): readonly [RoleCall, PreparedRole] => {
    const role = context.input.roles.get(call.name);
    const name = call.written?.name ?? role?.name ?? call.name;
    const isFirst = !labels.has(handlersKey);
    if (isFirst) {
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      labels.set(handlersKey, labelFor(name, count));
    }
    const label = labels.get(handlersKey) ?? name;
    const parameters = variablesFromSources(call.vars, context.secrets);
    const names = Object.keys(parameters).length === 0 ? [] : [context.addScope(`call of ${label}`, {})];
    for (const scope of names) context.addScope(parametersOf(scope), parameters);
    const common = {
      call,
      name,
      label,
      isFirst,
      isListed: way.isListed,
      key: String(numberOf(key)),
      run: runOf(call, groups.get(key) ?? []),
      parameters: names,
    };
    const over = variablesFromSources(way.over, context.secrets);
    const around = (host: string): Variables => ({ ...variables.of(host), ...over });
    const view = {
      label,
      at: call.at,
      given: variablesFromSources({ ...way.given, ...call.vars }, context.secrets),
      under: variablesFromSources(way.under, context.secrets),
    };
    if (call.written !== undefined) {
      const written = writtenRole({ written: call.written, role, view, around }, hosts, context);
      return [
        call,
        {
          ...common,
          written,
          handlers: call.written.handlers.map(({ name: handler, listen }) => ({ name: handler, listen: listen.map(({ value }) => value) })),
        },
      ];
    }
    if (role === undefined) throw new Error(`role ${call.name} is not loaded`);
    const ofHosts = new Map(hosts.map(host => [host, roleForHost(role, { ...view, around: around(host) }, host, hosts, context)]));
    const handlers = new Set([...ofHosts.values()].flatMap(given => given.handlers.map(handler => handler.name)));
    return [call, { ...common, typed: { role, hosts: ofHosts }, handlers: [...handlers].map(handler => ({ name: handler, listen: [] })) }];
  });
  return new Map(prepared);
}

/** Among calls that are one: one that is sure to come makes the others needless; where none is sure, hosts are asked at each. */
function runOf(call: RoleCall, alike: readonly Found[]): PreparedRole['run'] {
  const [first] = alike;
  if (first === undefined || alike.every(found => found.call.repeats)) return 'once';
  if (alike.length === 1) return call.isTask ? 'each' : 'once';
  const isSure = alike.every(({ way, call: { written } }) => way.isListed && written === undefined && isSame(way.tags, first.way.tags));
  if (!isSure || first.way.when.length > 0) return 'each';
  return call === first.call ? 'once' : 'again';
}

function isSame(tags: readonly string[], others: readonly string[]): boolean {
  return [...new Set(tags)].sort().join() === [...new Set(others)].sort().join();
}

/** Every call with what leads to it, needed ones before those that need them. */
function findCalls(play: PlaySource): readonly Found[] {
  const found: Found[] = [];
  const visit = (call: RoleCall, way: Way): void => {
    const { written } = call;
    const within: Way = {
      ...way,
      given: { ...way.given, ...call.vars },
      over: { ...way.over, ...written?.vars },
      under: { ...way.under, ...written?.defaults },
      when: [...way.when, ...call.when.map(({ value }) => value)],
      tags: [...way.tags, ...call.tags],
    };
    for (const need of call.needs) visit(need, within);
    const handlersKey = canonical({
      name: call.name,
      from: written?.from ?? '',
      vars: Object.fromEntries(Object.entries(call.vars).map(([name, { node }]) => [name, toValue(node)])),
      when: call.when.map(({ value }) => value),
    });
    found.push({ call, way: within, handlersKey, key: canonical([handlersKey, call.tags, call.isTask]) });
    visitNodes(written?.tasks ?? [], { ...within, isListed: false });
  };
  const visitNodes = (nodes: readonly NodeSource[], way: Way): void => {
    for (const node of nodes) {
      if (node.kind === 'task') continue;
      const within = { ...way, over: { ...way.over, ...node.vars } };
      if (node.role) visit(node.role, within);
      visitNodes([...node.tasks, ...node.rescue, ...node.always], within);
    }
  };
  const way: Way = { given: {}, over: {}, under: {}, isListed: true, when: [], tags: [] };
  for (const call of play.roles) visit(call, way);
  visitNodes([...play.preTasks, ...play.tasks, ...play.postTasks], { ...way, isListed: false });
  return found;
}
