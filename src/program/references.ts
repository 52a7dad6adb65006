// The last step: a name that nothing could define is an error before the first connection.
import { formatPosition, type Position, type Problem } from '../errors/problem.ts';
import { insteadOf, referencesInCondition, referencesInTemplate, type Reference } from '../expression/references.ts';
import { CONNECTION_ALIASES } from '../load/variables/connection-variables.ts';
import { nearest } from '../util/nearest.ts';
import { insteadOfName } from './foreign-names.ts';
import { loopNames } from './loop-control.ts';
import { FAILED_NAMES, MAGIC_ALIASES, MAGIC_NAMES } from './magic.ts';
import { layersFor, scopeOnHost } from './scope-layers.ts';
import type { Condition, Node, Program, TaskSlot, TaskSpec, Variable, Variables } from './types.ts';
import { leavesOf, placedOf, slotsOf } from './walk.ts';

/** Reports every name that a task refers to and that no source, registered result or `set` could give. */
export function checkReferences(program: Program, problem: (problem: Problem) => void): void {
  const placed = placedOf(program);
  const failed = placed.some(({ rescues }) => rescues.length > 0) ? FAILED_NAMES : [];
  const always = [...MAGIC_NAMES, ...failed, ...Object.keys(program.magic), ...assignedNames(program)];
  const mentions = rememberMentions();
  const sets = new Map<string, ReadonlySet<string>>();
  const knownWith = (names: readonly string[]): ReadonlySet<string> => {
    const key = names.join(' ');
    const known = sets.get(key) ?? new Set([...always, ...names]);
    sets.set(key, known);
    return known;
  };
  const alike = alikeHosts(program, mentions);
  for (const { slot, blocks } of placed) {
    // Which hosts come to a file that an expression names is not known yet.
    if (blocks.some(block => block.pick !== undefined)) continue;
    const loops = blocks.flatMap(block => block.loop ?? []);
    const inBlocks = loops.flatMap(loop => loopNames(loop.control));
    const gates = blocks.flatMap(block => block.gate?.when ?? []);
    for (const [index, spec] of slot.specs.entries()) {
      const known = knownWith(spec.loop ? [...inBlocks, ...loopNames(spec.loopControl)] : inBlocks);
      const common = { known, loops: loops.map(loop => loop.over), gates, mentions };
      for (const group of alike(slot.hosts, index, spec.scopes)) {
        const found: Problem[] = [];
        const [first] = group;
        if (first !== undefined) checkSpec(program, slot, spec, first, common, one => found.push(one));
        found.forEach(problem);
        // Where there is something to say it is said of each.
        if (found.length > 0) for (const host of group.slice(1)) checkSpec(program, slot, spec, host, common, problem);
      }
    }
  }
}

/** Hosts with a spec of a task, those together for which the same names are defined by what mentions the same. */
type Alike = (hosts: TaskSlot['hosts'], index: number, scopes: readonly string[]) => readonly (readonly string[])[];

function alikeHosts({ hosts: entries, scopes: shared }: Program, mentions: Common['mentions']): Alike {
  const kinds = new Map<string, string>();
  const ids = new Map<unknown, number>();
  const idOf = (node: Node): number => {
    const id = ids.get(node) ?? ids.size;
    ids.set(node, id);
    return id;
  };
  const kindOf = (host: string): string => {
    const known = kinds.get(host);
    if (known !== undefined) return known;
    const variables = Object.entries(entries[host]?.variables ?? {});
    const kind = variables.map(([name, { node }]) => `${name}${mentions(node).some(hasReferences) ? idOf(node) : ''}`).join(' ');
    kinds.set(host, kind);
    return kind;
  };
  // Scopes that some host has something of its own in.
  const onHosts = new Set(Object.keys(shared).filter(name => name.includes(' on ')));
  const varying = new Set([...onHosts].map(name => name.slice(0, name.lastIndexOf(' on '))));
  const known = new WeakMap<TaskSlot['hosts'], Map<string, readonly (readonly string[])[]>>();
  return (hosts, index, scopes) => {
    const groupings = known.get(hosts) ?? new Map<string, readonly (readonly string[])[]>();
    known.set(hosts, groupings);
    const hosted = scopes.filter(scope => varying.has(scope));
    const key = `${index} ${hosted.join(' ')}`;
    const found = groupings.get(key);
    if (found !== undefined) return found;
    const groups = new Map<string, string[]>();
    for (const [host, at] of Object.entries(hosts)) {
      if (at !== index) continue;
      const apart = hosted.some(scope => onHosts.has(scopeOnHost(scope, host))) ? host : '';
      const kind = `${kindOf(host)}\n${apart}`;
      const group = groups.get(kind) ?? [];
      group.push(host);
      groups.set(kind, group);
    }
    const grouping = [...groups.values()];
    groupings.set(key, grouping);
    return grouping;
  };
}

function hasReferences({ references }: MentioningText): boolean {
  return references.length > 0;
}

/** What does not depend on a task or a host. */
interface Common {
  /** Names that are given without a variable. */
  readonly known: ReadonlySet<string>;
  /** What the blocks around the task go over. */
  readonly loops: readonly Node[];
  /** What has to hold for the files that it came in with. */
  readonly gates: readonly Condition[];
  readonly mentions: (from: Node | Condition) => readonly MentioningText[];
}

interface MentioningText extends Text {
  readonly references: readonly Reference[];
}

/** What nodes mention: a node of a task or of a group is looked through once, however many hosts have it. */
function rememberMentions(): Common['mentions'] {
  const found = new WeakMap<Node | Condition, readonly MentioningText[]>();
  return from => {
    const node = 'kind' in from ? from : conditionNode(from);
    const known = found.get(from) ?? textsOf(node).map(text => ({ ...text, references: referencesIn(text) }));
    found.set(from, known);
    return known;
  };
}

function checkSpec(
  program: Program,
  slot: TaskSlot,
  spec: TaskSpec,
  host: string,
  { known, loops, gates, mentions }: Common,
  problem: (problem: Problem) => void,
): void {
  const layers = layersFor(program, program.hosts[host] ?? { name: host, variables: {} }, spec);
  const visited = new Set<string>();
  const visit = (from: Node | Condition): void => {
    for (const text of mentions(from)) {
      for (const reference of text.references) {
        const { root: name, at: place } = reference;
        const ours = CONNECTION_ALIASES.get(name) ?? MAGIC_ALIASES.get(name);
        const variable = variableIn(layers, name) ?? variableIn(layers, ours);
        if (variable !== undefined) {
          if (!visited.has(name)) {
            visited.add(name);
            visit(variable.node);
          }
        } else if (!known.has(name) && (ours === undefined || !known.has(ours))) {
          const near = nearest(name, [...known, ...layers.flatMap(layer => Object.keys(layer))]);
          const line = insteadOf(text.kind, text.text, reference);
          const instead = line === undefined ? insteadOfName(name) : `write ${line}`;
          const at = place ?? text.at ?? slot.ref.at;
          problem({
            ...(at && { at }),
            what: `nothing defines "${name}" for host ${host}, used by task "${slot.ref.name}"`,
            advice: instead ?? nearAdvice(near, variableIn(layers, near)),
          });
        }
      }
    }
  };
  Object.values(spec.params).forEach(visit);
  if (spec.loop) visit(spec.loop);
  loops.forEach(visit);
  gates.forEach(visit);
  [...spec.when, ...judgesOf(spec)].forEach(visit);
  furtherNodes(spec).forEach(visit);
}

/** Conditions on what came of it. */
function judgesOf({ changedWhen = [], failedWhen = [], retry, loopControl }: TaskSpec): readonly Condition[] {
  return [...changedWhen, ...failedWhen, ...(retry?.until ?? []), ...(loopControl?.breakWhen ?? [])];
}

/** What is evaluated beside parameters and conditions. */
function furtherNodes({ retry, loopControl, environment = [], notifyNamed = [], delegateTo }: TaskSpec): readonly Node[] {
  const nodes = [retry?.retries, retry?.delay, loopControl?.label, loopControl?.pause, delegateTo];
  return [...nodes.flatMap(node => node ?? []), ...environment, ...notifyNamed.map(({ name }) => name)];
}

function nearAdvice(near: string | undefined, variable: Variable | undefined): string {
  if (near === undefined) return 'define it in the inventory, the play or with -e';
  const at = variable?.node.at;
  return `did you mean "${near}"${at === undefined ? '' : ` (${formatPosition(at)})`}?`;
}

function variableIn(layers: readonly Variables[], name: string | undefined): Variable | undefined {
  return name === undefined ? undefined : layers.findLast(layer => Object.hasOwn(layer, name))?.[name];
}

function conditionNode(condition: Condition): Node {
  return { kind: 'condition', text: condition.text, ...(condition.at && { at: condition.at }) };
}

interface Text {
  readonly kind: 'template' | 'condition';
  readonly text: string;
  readonly at?: Position;
}

/** The texts in a node that refer to variables. */
function textsOf(node: Node): readonly Text[] {
  return leavesOf(node).flatMap((leaf): readonly Text[] => {
    const at = leaf.at && { at: leaf.at };
    if (leaf.kind === 'template' || leaf.kind === 'secret-template') return [{ kind: 'template', text: leaf.text, ...at }];
    if (leaf.kind === 'content') return [{ kind: 'template', text: leaf.text, at: { file: leaf.file, line: 1, column: 1 } }];
    return leaf.kind === 'condition' ? [{ kind: 'condition', text: leaf.text, ...at }] : [];
  });
}

/** Mentions whose absence nothing provides for. */
function referencesIn(text: Text): readonly Reference[] {
  const found = text.kind === 'condition' ? referencesInCondition(text.text, text.at) : referencesInTemplate(text.text, text.at);
  return found.filter(reference => !reference.guarded);
}

/** Names that some task gives a value: by `register`, or by `set`. */
function assignedNames(program: Program): ReadonlySet<string> {
  const names = new Set<string>();
  for (const slot of slotsOf(program)) {
    for (const spec of slot.specs) {
      if (spec.register !== undefined) names.add(spec.register);
      if (slot.ref.module === 'set') Object.keys(spec.params).forEach(name => names.add(name));
      const added = slot.ref.module === 'add_host' ? spec.params['variables'] : undefined;
      if (added?.kind === 'map') Object.keys(added.entries).forEach(name => names.add(name));
    }
  }
  return names;
}
