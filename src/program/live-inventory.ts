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
import { LiveGroups } from './live-groups.ts';
import { nodeFromData, nodeFromYaml } from './node.ts';
import { hideSecrets } from './secret-variables.ts';
import type { HostEntry, Play, Program, Variable, Variables } from './types.ts';
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

/** Holds the hosts and groups of a run. */
export class LiveInventory {
  /** The Program with the hosts and groups that there are by now. */
  readonly program: Program;
  #hosts: Program['hosts'];
  #groups: Program['groups'] | undefined;
  /** The Program as it was made. */
  readonly #made: Program;
  /** Filled when the first host comes: most runs have none. */
  #grown: LiveGroups | undefined;
  /** What hosts were given while the Program runs. */
  readonly #given = new Map<string, Variables>();

  constructor(program: Program) {
    this.#made = program;
    this.#hosts = program.hosts;
    this.#groups = program.groups;
    this.program = Object.defineProperties(
      { ...program },
      {
        hosts: { enumerable: true, get: () => this.#hosts },
        groups: { enumerable: true, get: () => (this.#groups ??= this.#membersByGroup()) },
      },
    );
  }

  /**
   * Takes a host in.
   * @returns its entry as it is now, and behind it those of hosts that are in further groups since one of theirs is in another
   * @throws InputError for names and variables that cannot be
   */
  enlist({ host, groups, parents, variables }: Newcomer): readonly HostEntry[] {
    const named = this.#nameOf(host);
    for (const group of [...groups, ...parents]) if (!isGroupName(group)) throw wrong(inventoryProblems['group-name'](SOMEWHERE, group));
    const given = { ...this.#given.get(named.name), ...named.variables, ...variablesFrom(variables) };
    const nested = groups.filter(group => parents.filter(parent => this.#live.nest(group, parent)).length > 0);
    if (this.#hosts[named.name] === undefined) this.#live.join('all', named.name);
    for (const group of groups) this.#live.join(group, named.name);
    this.#given.set(named.name, given);
    this.#groups = undefined;
    const moved = nested.flatMap(group => this.#live.membersOf(group));
    const entries = [...new Set([named.name, ...moved])].map(name => this.#entryOf(name));
    this.#hosts = Object.freeze({ ...this.#hosts, ...Object.fromEntries(entries.map(entry => [entry.name, entry])) });
    return entries;
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
    const inventory = {
      hosts: new Map(names.map(name => [name, {}])),
      groups: new Map(Object.entries(this.program.groups)),
      written: names,
    };
    return matchPattern(pattern, inventory, { noun: 'pattern', at: undefined }, () => undefined);
  }

  get #live(): LiveGroups {
    return (this.#grown ??= new LiveGroups(this.#made));
  }

  #membersByGroup(): Program['groups'] {
    return Object.freeze(Object.fromEntries(this.#live.names().map(group => [group, this.#live.membersOf(group)])));
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

  /** Its variables in the same order as the inventory's own: groups by weight, files above what the inventory writes, the host above its groups. */
  #entryOf(name: string): HostEntry {
    const { open } = this.program;
    const groups = this.#live.groupsOf(name);
    const parts = ['all', ...groups].flatMap(group => open?.groups[group] ?? []);
    const layers: readonly Variables[] = [
      ...parts.map(part => part.inventory),
      ...parts.map(part => part.files),
      open?.own[name] ?? {},
      this.#given.get(name) ?? {},
    ];
    return Object.freeze({ name, groups, variables: Object.freeze(Object.assign({}, ...layers) as Variables) });
  }
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
