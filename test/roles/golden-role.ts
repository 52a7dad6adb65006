// One golden case of a role: what it gives a host of an inventory that exists only here, and the files its templates become.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mapScope } from '../../src/expression/scope.ts';
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
    return {
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

function hostOf({ hosts, group, host }: RoleCase): RoleHost {
  const views = Object.entries(hosts).map(([name, variables]): HostView => {
    return { name, address: typeof variables['address'] === 'string' ? variables['address'] : name, groups: [group], variables };
  });
  const own = views.find(view => view.name === host) ?? { name: host, address: host, groups: [], variables: {} };
  return { ...own, group: name => (name === group ? views : []), play: views };
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
  const text = renderTemplate(readFileSync(path, 'utf8'), mapScope({ ...given, ...(options.vars as ValueMap | undefined) }));
  if (typeof text !== 'string') throw new TypeError(`${src} does not become text`);
  return [[dest ?? `/etc/systemd/system/${name ?? ''}`, text.split('\n')]];
}
