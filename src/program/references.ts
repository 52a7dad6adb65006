// The last step: a name that nothing could define is an error before the first connection.
import { formatPosition, type Problem } from '../errors/problem.ts';
import { insteadOf } from '../expression/references.ts';
import { CONNECTION_ALIASES } from '../load/variables/connection-variables.ts';
import { nearest } from '../util/nearest.ts';
import { alikeHosts } from './alike-hosts.ts';
import { insteadOfName } from './foreign-names.ts';
import { rememberGrounds, type Ground } from './grounds.ts';
import { loopNames } from './loop-control.ts';
import { FAILED_NAMES, MAGIC_ALIASES, MAGIC_NAMES } from './magic.ts';
import { referencesIn, rememberMentions, type MentioningText, type Mentions } from './mentions.ts';
import { sureToCome } from './sure-to-come.ts';
import type { Condition, Node, Program, TaskSlot, TaskSpec, Variable, Variables } from './types.ts';
import { placedOf, slotsOf } from './walk.ts';

/** Reports every name that a task refers to and that no source, registered result or `set` could give. */
export function checkReferences(program: Program, problem: (problem: Problem) => void): void {
  const placed = placedOf(program);
  const failed = placed.some(({ rescues }) => rescues.length > 0) ? FAILED_NAMES : [];
  const assigned = assignedNames(program);
  const always = [...MAGIC_NAMES, ...failed, ...Object.keys(program.magic), ...assigned];
  const mentions = rememberMentions();
  const groundOf = rememberGrounds(program);
  const sets = new Map<string, ReadonlySet<string>>();
  const knownWith = (names: readonly string[]): ReadonlySet<string> => {
    const key = names.join(' ');
    const known = sets.get(key) ?? new Set([...always, ...names]);
    sets.set(key, known);
    return known;
  };
  const alike = alikeHosts(program, mentions);
  const isSureOf = sureToCome(program, assigned);
  for (const { slot, blocks } of placed) {
    const isPicked = blocks.some(block => block.pick !== undefined);
    const loops = blocks.flatMap(block => block.loop ?? []);
    const inBlocks = loops.flatMap(loop => loopNames(loop.control));
    const gates = blocks.flatMap(block => block.gate?.when ?? []);
    for (const [index, spec] of slot.specs.entries()) {
      const known = knownWith(spec.loop ? [...inBlocks, ...loopNames(spec.loopControl)] : inBlocks);
      const common = { known, loops: loops.map(loop => loop.over), gates, mentions, groundOf };
      for (const all of alike(slot.hosts, index, spec.scopes)) {
        const group = isPicked ? all.filter(host => isSureOf(blocks, host)) : all;
        const found: Problem[] = [];
        const [first] = group;
        if (first !== undefined) checkSpec(slot, spec, first, common, one => found.push(one));
        found.forEach(problem);
        // Where there is something to say it is said of each.
        if (found.length > 0) for (const host of group.slice(1)) checkSpec(slot, spec, host, common, problem);
      }
    }
  }
}

/** What does not depend on a task or a host. */
interface Common {
  /** Names that are given without a variable. */
  readonly known: ReadonlySet<string>;
  /** What the blocks around the task go over. */
  readonly loops: readonly Node[];
  /** What has to hold for the files that it came in with. */
  readonly gates: readonly Condition[];
  readonly mentions: Mentions;
  readonly groundOf: (host: string, spec: TaskSpec, known: ReadonlySet<string>) => Ground;
}

function checkSpec(
  slot: TaskSlot,
  spec: TaskSpec,
  host: string,
  { known, loops, gates, mentions, groundOf }: Common,
  problem: (problem: Problem) => void,
): void {
  const { layers, sound } = groundOf(host, spec, known);
  const visited = new Set<string>();
  const missed = new Set<string>();
  const tell = (text: MentioningText, index: number): void => {
    const reference = referencesIn(text)[index];
    const name = text.names[index];
    if (reference === undefined || name === undefined) return;
    missed.add(name);
    const near = nearest(name, [...known, ...layers.flatMap(layer => Object.keys(layer))]);
    const line = insteadOf(text.kind, text.text, reference);
    const instead = line === undefined ? insteadOfName(name) : `write ${line}`;
    const at = reference.at ?? text.at ?? slot.ref.at;
    problem({
      ...(at && { at }),
      what: `nothing defines "${name}" for host ${host}, used by task "${slot.ref.name}"`,
      advice: instead ?? nearAdvice(near, variableIn(layers, near)),
    });
  };
  const visit = (from: Node | Condition): void => {
    for (const text of mentions(from))
      for (const [index, name] of text.names.entries()) {
        if (sound.has(name) || visited.has(name)) continue;
        const ours = CONNECTION_ALIASES.get(name) ?? MAGIC_ALIASES.get(name);
        const variable = variableIn(layers, name) ?? variableIn(layers, ours);
        if (variable !== undefined) {
          visited.add(name);
          visit(variable.node);
        } else if (!known.has(name) && (ours === undefined || !known.has(ours))) tell(text, index);
      }
  };
  Object.values(spec.params).forEach(visit);
  if (spec.loop) visit(spec.loop);
  loops.forEach(visit);
  gates.forEach(visit);
  [...spec.when, ...judgesOf(spec)].forEach(visit);
  furtherNodes(spec).forEach(visit);
  if (missed.size === 0) visited.forEach(name => sound.add(name));
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
