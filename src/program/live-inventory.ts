// The inventory while a Program runs: that of the Program, and what add_host and group_by have brought by now.
import { InputError } from '../errors/errors.ts';
import type { Problem } from '../errors/problem.ts';
import { withOurValue } from '../load/variables/ansible-values.ts';
import { CONNECTION_ALIASES, CONNECTION_VARIABLES } from '../load/variables/connection-variables.ts';
import { isGroupName } from '../load/inventory/group-name.ts';
import { readHostNames } from '../load/inventory/host-names.ts';
import { inventoryProblems } from '../load/messages/inventory.ts';
import { variableProblems } from '../load/messages/variables.ts';
import { matchPattern } from '../load/inventory/pattern.ts';
import { RESERVED_NAMES } from '../load/variables/reserved-names.ts';
import { validateResolved } from '../schema/validate-resolved.ts';
import type { Value } from '../util/value.ts';
import { batchesOf } from './batches.ts';
import { inOrder } from './course.ts';
import { nodeFromData, nodeFromYaml } from './node.ts';
import { hideSecrets } from './secret-variables.ts';
import type { HostEntry, OpenGroup, Play, Program, Variable, Variables } from './types.ts';
import type { Mode } from '../report/events.ts';

/** A host that comes, or groups for one that is there. */
export interface Newcomer {
  readonly host: string;
  readonly groups: readonly string[];
  /** Groups that these are in. */
  readonly parents: readonly string[];
  readonly variables: Readonly<Record<string, Value>>;
}

const SOMEWHERE = { file: 'add_host', line: 1, column: 1 };
const NO_GROUP: OpenGroup = { weight: [1, 1], inventory: {}, files: {} };

/** Holds the hosts and groups of a run. */
export class LiveInventory {
  /** The Program with the hosts and groups that there are by now. */
  readonly program: Program;
  #hosts: Program['hosts'];
  #groups: Program['groups'];
  /** What hosts were given while the Program runs. */
  readonly #given = new Map<string, Variables>();

  constructor(program: Program) {
    this.#hosts = program.hosts;
    this.#groups = program.groups;
    this.program = Object.defineProperties(
      { ...program },
      {
        hosts: { enumerable: true, get: () => this.#hosts },
        groups: { enumerable: true, get: () => this.#groups },
      },
    );
  }

  /**
   * Takes a host in.
   * @returns its entry as it is now
   * @throws InputError for names and variables that cannot be
   */
  enlist({ host, groups, parents, variables }: Newcomer): HostEntry {
    const named = this.#nameOf(host);
    for (const group of [...groups, ...parents]) if (!isGroupName(group)) throw wrong(inventoryProblems['group-name'](SOMEWHERE, group));
    for (const group of groups) this.#join(group, named.name);
    for (const parent of parents) this.#join(parent, named.name);
    const own = { ...this.#given.get(named.name), ...named.variables, ...variablesFrom(variables) };
    this.#given.set(named.name, own);
    const of = [...new Set([...(this.#hosts[named.name]?.groups ?? []), ...parents, ...groups])];
    // This machine may be there without being in any group.
    if (this.#hosts[named.name] === undefined)
      for (const group of of.length === 0 ? ['all', 'ungrouped'] : ['all']) this.#join(group, named.name);
    const entry: HostEntry = Object.freeze({ name: named.name, groups: of, variables: this.#variablesOf(named.name, of, own) });
    this.#hosts = Object.freeze({ ...this.#hosts, [named.name]: entry });
    return entry;
  }

  /** A play with the hosts that it has now. */
  playNow(play: Play, mode: Mode): Play {
    const { open } = play;
    if (open === undefined) return play;
    const limit = this.program.open?.limit;
    const within = limit === undefined ? undefined : new Set(this.#match(limit));
    const hosts = inOrder(
      this.#match(open.pattern).filter(host => within?.has(host) ?? true),
      open.order,
    );
    return { ...play, hosts, batches: batchesOf(mode, hosts, open.serial) };
  }

  #match(pattern: string): readonly string[] {
    const names = Object.keys(this.#hosts);
    const inventory = { hosts: new Map(names.map(name => [name, {}])), groups: new Map(Object.entries(this.#groups)), written: names };
    return matchPattern(pattern, inventory, { noun: 'pattern', at: undefined }, () => undefined);
  }

  #nameOf(text: string): { readonly name: string; readonly variables: Variables } {
    const problems: Problem[] = [];
    const read = readHostNames(text, SOMEWHERE, 'add_host', problem => problems.push(problem));
    const [name, ...more] = read?.names ?? [];
    if (problems.length > 0 || name === undefined || more.length > 0)
      throw new InputError(
        problems.length > 0 ? problems.map(withoutPlace) : [{ what: `add_host names no single host, got ${JSON.stringify(text)}` }],
      );
    const port = read?.variables['ssh_port'];
    return { name, variables: port === undefined ? {} : { ssh_port: { node: nodeFromYaml(port.node), source: port.source } } };
  }

  #join(group: string, host: string): void {
    const members = this.#groups[group] ?? [];
    if (!members.includes(host)) this.#groups = Object.freeze({ ...this.#groups, [group]: Object.freeze([...members, host]) });
  }

  /** In the same order as the inventory's own: groups by weight, files above what the inventory writes, the host above its groups. */
  #variablesOf(host: string, groups: readonly string[], given: Variables): Variables {
    const { open } = this.program;
    const partOf = (group: string): OpenGroup => open?.groups[group] ?? NO_GROUP;
    const weighed = groups.toSorted((a, b) => compare(partOf(a).weight, partOf(b).weight) || (a < b ? -1 : 1));
    const layers: readonly Variables[] = [
      ...['all', ...weighed].map(group => partOf(group).inventory),
      ...['all', ...weighed].map(group => partOf(group).files),
      open?.own[host] ?? {},
      given,
    ];
    return Object.freeze(Object.assign({}, ...layers) as Variables);
  }
}

function compare([depthA, priorityA]: OpenGroup['weight'], [depthB, priorityB]: OpenGroup['weight']): number {
  return depthA - depthB || priorityA - priorityB;
}

/** Variables as an inventory would have them: under the names here, with the types that connections need. */
function variablesFrom(values: Readonly<Record<string, Value>>): Variables {
  return Object.fromEntries(
    Object.entries(values).map(([written, value]): readonly [string, Variable] => {
      const name = CONNECTION_ALIASES.get(written) ?? written;
      if (RESERVED_NAMES.includes(name)) throw wrong(variableProblems.reserved(SOMEWHERE, name));
      if (!/^[A-Za-z_]\w*$/.test(name)) throw wrong(variableProblems.name(SOMEWHERE, name, undefined));
      const schema = Object.hasOwn(CONNECTION_VARIABLES, name) ? CONNECTION_VARIABLES[name]?.schema : undefined;
      if (schema === undefined) return [name, { node: nodeFromData(value), source: 'add_host' }];
      const meant = typeof value === 'string' ? meantBy(name, value, schema) : value;
      validateResolved(schema, meant, { what: name });
      return [name, { node: hideSecrets(nodeFromData(meant), schema), source: 'add_host' }];
    }),
  );
}

function meantBy(name: string, text: string, schema: Parameters<typeof withOurValue>[2]): Value {
  const node = withOurValue(name, { kind: 'scalar', value: text, text, style: 'plain', at: SOMEWHERE }, schema);
  return node.kind === 'scalar' ? node.value : text;
}

function wrong(problem: Problem): InputError {
  return new InputError([withoutPlace(problem)]);
}

/** The task itself is the place. */
function withoutPlace({ what, got, advice }: Problem): Problem {
  return { what, ...(got !== undefined && { got }), ...(advice !== undefined && { advice }) };
}
