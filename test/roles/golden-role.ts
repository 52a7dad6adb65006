// One golden case of a role: what it gives a host of an inventory that exists only here, and the files its templates become.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mapScope } from '../../src/expression/scope.ts';
import { isExpr } from '../../src/schema/expr.ts';
import { renderTemplate } from '../../src/expression/render-template.ts';
import type { AnyRole, HostView, RoleHost, RoleTask } from '../../src/program/role.ts';
import type { Value, ValueMap } from '../../src/util/value.ts';
import { printed, sourceRoot } from '../support/golden.ts';

/** A case as it stands in a file. */
export interface RoleCase {
  readonly title: string;
  /** Hosts of the role's inventory group, by name: their variables. */
  readonly hosts: Readonly<Record<string, Readonly<Record<string, Value>>>>;
  /** The group they are in. */
  readonly group: string;
  /** Further groups, with their hosts' variables. */
  readonly others?: Readonly<Record<string, RoleCase['hosts']>>;
  /** The host whose tasks are looked at. */
  readonly host: string;
  /** Role variables, defaults left out. */
  readonly vars: Readonly<Record<string, Value>>;
}

/** What is compared, or written when updating. */
export interface RoleAnswer {
  readonly tasks?: unknown;
  readonly verify?: unknown;
  readonly chaos?: unknown;
  /** Words that are no refusal; left out when there are none. */
  readonly advice?: readonly string[];
  /** Rendered files by path, line by line. */
  readonly files?: unknown;
  /** The words it refuses with. */
  readonly error?: string;
}

/** Calls a role's functions as the compiler does. */
export function askRole(role: AnyRole, golden: RoleCase): RoleAnswer {
  const given = withDefaults(role, golden);
  const host = hostOf(golden);
  try {
    const tasks = role.tasks(given, host);
    const advice = role.advice?.(given, host) ?? [];
    return {
      ...(advice.length > 0 && { advice }),
      tasks: tasks.map(describe),
      verify: (role.verify?.(given as never, host) ?? []).map(describe),
      chaos: (role.chaos?.(given as never, host) ?? []).map(({ name, tasks: acts, restore }) => ({
        name,
        tasks: acts.map(describe),
        restore: restore.map(describe),
      })),
      files: Object.fromEntries(tasks.flatMap(task => rendered(role, task, given))),
    };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function withDefaults(role: AnyRole, golden: RoleCase): ValueMap {
  const own = golden.hosts[golden.host] ?? {};
  const entries = Object.entries(role.vars).flatMap(([name, schema]) => {
    const value = golden.vars[name] ?? own[name] ?? (schema.default as Value | undefined);
    return value === undefined ? [] : [[name, value] as const];
  });
  for (const name of Object.keys(golden.vars)) if (!(name in role.vars)) throw new TypeError(`role ${role.name} has no variable ${name}`);
  return Object.fromEntries(entries);
}

function hostOf({ hosts, group, host, others = {} }: RoleCase): RoleHost {
  const views = viewsOf(group, hosts);
  const further = Object.entries(others).map(([name, members]) => [name, viewsOf(name, members)] as const);
  const own = views.find(view => view.name === host) ?? { name: host, address: host, groups: [], variables: {} };
  return { ...own, group: name => (name === group ? views : (new Map(further).get(name) ?? [])), play: views };
}

function viewsOf(group: string, hosts: RoleCase['hosts']): readonly HostView[] {
  return Object.entries(hosts).map(([name, variables]) => {
    return { name, address: typeof variables['address'] === 'string' ? variables['address'] : name, groups: [group], variables };
  });
}

function describe({ name, module, params, options }: RoleTask): unknown {
  return printed({ name, module: module.name, params, ...(Object.keys(options).length > 0 && { options }) });
}

function rendered(
  role: AnyRole,
  { module, params, options }: RoleTask,
  given: ValueMap,
): readonly (readonly [string, readonly string[]])[] {
  const { src, dest, name } = params as { readonly src?: unknown; readonly dest?: string; readonly name?: string };
  if (typeof src !== 'string' || !src.endsWith('.hbs')) return [];
  const path = join(sourceRoot, 'roles', role.name, 'templates', src);
  if (!existsSync(path)) throw new TypeError(`${module.name} names ${src}, which is not in templates/`);
  const text = renderTemplate(readFileSync(path, 'utf8'), mapScope({ ...given, ...known(options.vars) }));
  if (typeof text !== 'string') throw new TypeError(`${src} does not become text`);
  return [[dest ?? `/etc/systemd/system/${name ?? ''}`, text.split('\n')]];
}

/** Variables of a task; what only the host knows is empty. */
function known(vars: RoleTask['options']['vars'] = {}): ValueMap {
  return Object.fromEntries(Object.entries(vars).map(([name, value]) => [name, isExpr(value) ? '' : (value as Value)]));
}
