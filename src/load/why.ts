// Every place that gives a variable a value for a host, the winner first: what `--why` shows.
import type { Position } from '../errors/problem.ts';
import type { Value } from '../util/value.ts';
import { tasksOf } from './playbook/check-params.ts';
import { withRequired } from './roles/check-role-variables.ts';
import { CONNECTION_ALIASES } from './variables/connection-variables.ts';
import type { PlaySource, Sources, TaskSource, VariableSource, VariableSources } from './types.ts';
import { callsOf } from './playbook/walk-sources.ts';
import { get } from './yaml/node.ts';
import { toValue } from './yaml/to-value.ts';

/** One place that says something of a variable. */
export interface Place {
  /** As it was written; undefined where only the run gives it. */
  readonly value: Value | undefined;
  readonly at?: Position;
  /** In words: `group_vars/kafka.yml`, `play "brokers"`, `-e`. */
  readonly source: string;
}

type Asked = Pick<Sources, 'inventory' | 'extraLayers'> & Partial<Pick<Sources, 'playbook' | 'roles' | 'targets'>>;

/** The places, in the order of their strength; those of a playbook too, as far as its plays are for the host. */
export function placesOf(name: string, host: string, { inventory, extraLayers, playbook, roles, targets }: Asked): readonly Place[] {
  const ours = CONNECTION_ALIASES.get(name) ?? name;
  const plays = (playbook?.plays ?? []).filter((_, index) => targets?.[index]?.includes(host));
  const used = new Set(plays.flatMap(play => callsOf(play).flatMap(use => withRequired(use.name, roles ?? new Map()))));
  const tasks = plays.flatMap(play => tasksOf({ plays: [play] }));
  const written = plays.flatMap(play => callsOf(play).flatMap(call => call.written ?? []));
  const defaults = [...used].flatMap((role): readonly Place[] => {
    const value = Object.hasOwn(role.vars, ours) ? role.vars[ours]?.default : undefined;
    return value === undefined ? [] : [{ value: value as Value, source: `default of role ${role.name}` }];
  });
  // In the order of docs/variables.md, the weakest first.
  const weakestFirst = [
    ...defaults,
    ...distinct(
      inLayers(
        ours,
        written.map(role => role.defaults),
      ),
    ),
    ...inLayers(ours, inventory.layersOf(host)),
    ...inLayers(
      ours,
      plays.map(play => play.vars),
    ),
    ...plays.flatMap(play => promptsFor(ours, play)),
    ...plays.flatMap(play => filesFor(ours, play)),
    ...distinct(
      inLayers(
        ours,
        written.map(role => role.vars),
      ),
    ),
    ...inLayers(
      ours,
      tasks.map(task => task.vars),
    ),
    ...tasks.flatMap(task => assignments(ours, task)),
    ...inLayers(
      ours,
      plays.flatMap(play => callsOf(play).map(call => call.vars)),
    ),
    ...inLayers(ours, extraLayers),
  ];
  return Object.freeze(weakestFirst.reverse());
}

/** A role that is called twice says the same twice. */
function distinct(places: readonly Place[]): readonly Place[] {
  return [...new Map(places.map(place => [JSON.stringify(place.at), place])).values()];
}

function inLayers(name: string, layers: readonly VariableSources[]): readonly Place[] {
  return layers.flatMap(layer => {
    const variable = Object.hasOwn(layer, name) ? layer[name] : undefined;
    return variable === undefined ? [] : [placeOf(variable)];
  });
}

function placeOf({ node, source }: VariableSource): Place {
  return { value: toValue(node), at: node.at, source };
}

function promptsFor(name: string, { name: play, prompts }: PlaySource): readonly Place[] {
  return prompts.filter(prompt => prompt.name === name).map(({ at }) => ({ value: undefined, at, source: `asked for by play "${play}"` }));
}

function filesFor(name: string, { varsFiles }: PlaySource): readonly Place[] {
  return varsFiles.flatMap(file => (file.kind === 'read' ? inLayers(name, [file.variables]) : []));
}

/** What a task gives a value: by `register`, or by being `set`. */
function assignments(name: string, { name: task, register, module, params }: TaskSource): readonly Place[] {
  const value = module === 'set' ? get(params, name) : undefined;
  return [
    ...(value === undefined ? [] : [placeOf({ node: value, source: `set by task "${task}"` })]),
    ...(register?.value === name ? [{ value: undefined, at: register.at, source: `registered by task "${task}"` }] : []),
  ];
}
