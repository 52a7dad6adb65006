// The variables a role is called with, for one host: the winner of each, evaluated, except what is declared late.
import type { Position } from '../errors/problem.ts';
import { InputError } from '../errors/errors.ts';
import { isTemplate } from '../expression/render-template.ts';
import type { Scope } from '../expression/scope.ts';
import { expr } from '../schema/expr.ts';
import type { Schema } from '../schema/schema.ts';
import { validateResolved } from '../schema/validate-resolved.ts';
import { secret, Secret } from '../util/secret.ts';
import { unknownsIn, type Value } from '../util/value.ts';
import { inputErrorOf } from './input-error.ts';
import { nodeFromData } from './node.ts';
import type { AnyRole } from './role.ts';
import type { Node, Variable, Variables } from './types.ts';

/** The defaults of a role as variables: text with {{ }} is evaluated like any other. */
export function roleDefaults(role: AnyRole): Variables {
  const entries = Object.entries(role.vars).flatMap(([name, schema]) =>
    schema.default === undefined ? [] : [[name, { node: defaultNode(schema.default), source: `default of role ${role.name}` }] as const],
  );
  return Object.fromEntries(entries);
}

function defaultNode(value: unknown): Node {
  if (typeof value === 'string' && isTemplate(value)) return { kind: 'template', text: value };
  if (Array.isArray(value)) return { kind: 'list', items: value.map(defaultNode) };
  if (typeof value === 'object' && value !== null) {
    return { kind: 'map', entries: Object.fromEntries(Object.entries(value).map(([key, item]) => [key, defaultNode(item)])) };
  }
  return nodeFromData(value);
}

/** The variables as role functions receive them, and as nodes for templates. */
export interface RoleValues {
  readonly values: Readonly<Record<string, unknown>>;
  readonly nodes: Variables;
}

/**
 * Evaluates a role's variables in a scope that knows its defaults.
 * @param winner finds where a variable's value comes from
 * @throws InputError naming each variable that is missing, of the wrong type, or not known before the host is
 */
export function resolveRoleVariables(
  role: AnyRole,
  scope: Scope,
  winner: (name: string) => Variable | undefined,
  at: Position,
  host: string,
): RoleValues {
  const problems: InputError['problems'][number][] = [];
  const values: Record<string, unknown> = {};
  const nodes: Record<string, Variable> = {};
  for (const [name, schema] of Object.entries(role.vars)) {
    const variable = winner(name);
    if (variable === undefined) {
      if (role.required?.includes(name))
        problems.push({
          at,
          what: `role ${role.name} needs ${name} for host ${host}`,
          advice: 'set it in the inventory or beside the role',
        });
      continue;
    }
    try {
      const value = resolveOne(name, schema, variable, scope, at, host);
      values[name] = value;
      nodes[name] = schema.late ? variable : { node: keepPosition(nodeFromData(value), variable.node.at), source: variable.source };
    } catch (error) {
      const input = inputErrorOf(error);
      if (input === undefined) throw error;
      problems.push(...input.problems);
    }
  }
  if (problems.length > 0) throw new InputError(problems);
  return { values, nodes };
}

function resolveOne(name: string, schema: Schema, variable: Variable, scope: Scope, at: Position, host: string): unknown {
  // By its name, not its text: the variable is evaluated in its own scope, and a secret one stays secret.
  if (schema.late && (variable.node.kind === 'template' || variable.node.kind === 'secret-template')) return expr(`{{ ${name} }}`);
  const found = scope.lookup(name);
  const value: Value = found.found ? found.value : null;
  const where = variable.node.at ?? at;
  if (unknownsIn(value).length > 0) {
    throw new InputError([
      {
        at: where,
        what: `${name} needs a value that is read on host ${host}`,
        advice: 'the role takes this variable before any connection: give it a value that the inventory knows',
      },
    ]);
  }
  const checked = validateResolved(schema, value, { what: name, at: where });
  return schema.secret ? asSecret(checked) : checked;
}

function asSecret(value: unknown): unknown {
  return typeof value === 'string' || value instanceof Secret ? secret(value) : value;
}

function keepPosition(node: Node, at: Position | undefined): Node {
  return at ? { ...node, at } : node;
}
