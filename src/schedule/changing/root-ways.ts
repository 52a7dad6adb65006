// Before root changes anything at a place: whether somebody else could exchange what stands there meanwhile, and how it is done then.
import { posix } from 'node:path';
import type { FactRef } from '../../facts/contract.ts';
import { fileNode, type FileNode } from '../../facts/file/node.ts';
import { isPlace } from '../../facts/resource.ts';
import type { Action } from '../../modules/actions.ts';
import type { AnyParams, FactRequest, HostModule } from '../../modules/contract.ts';
import { tidy } from '../../modules/file/paths.ts';
import type { TaskSlot } from '../../program/types.ts';
import { specOf } from '../../program/walk.ts';
import { unknownsIn } from '../../util/value.ts';
import { WeakPairs } from '../../util/weak-pairs.ts';
import type { Engine } from '../state/engine.ts';
import type { Way } from '../state/fact-store.ts';
import { refsOf, requestOf } from '../reading/have.ts';
import type { HostRun } from '../state/host-run.ts';
import { intruderAtLink, intruderOn, isShared, ownerAmong, waymarksOf, type Intruder, type Look } from './may-change.ts';
import type { Deed } from './perform.ts';
import { readFacts } from '../reading/read-facts.ts';
import type { SharedPlace, SharedPlaces } from './shared-place.ts';
import { TaskFailure } from '../state/task-failure.ts';

const ALONE: SharedPlaces = new Map();

/** What is disturbed, and what has to be known of the ways there where no link leads elsewhere: the same on every host. */
interface Touched {
  readonly paths: readonly string[];
  readonly refs: readonly FactRef<unknown>[];
}

const touched = new WeakPairs<HostModule<AnyParams, FactRequest>, AnyParams, Touched>();

/** What has to be known of the ways to what a module disturbs: asked along with its own questions, so that a change need not ask. */
export function waymarks(module: HostModule<AnyParams, FactRequest>, params: AnyParams, host: HostRun): readonly FactRef<unknown>[] {
  if (module.runsOnly === true) return [];
  const { paths, refs } = touched.get(module, params) ?? touched.keep(module, params, touchedBy(module, params));
  return paths.every(path => host.facts.wayTo(path).real === path) ? refs : refsFor(paths, path => host.facts.wayTo(path));
}

function touchedBy(module: HostModule<AnyParams, FactRequest>, params: AnyParams): Touched {
  const resources = module.disturbs?.(params) ?? refsOf(requestOf(module, params)).flatMap(ref => ref.reads());
  const named = resources.flatMap(found => (isPlace(found) && found.id.startsWith('/') ? [tidy(found.id)] : []));
  const paths = [...new Set(named)];
  return { paths, refs: refsFor(paths, path => ({ real: path, links: [] })) };
}

/** Whether a task is root's, and does not say that it trusts everybody. */
export async function isGuarded(engine: Engine, slot: TaskSlot, host: HostRun, user: string | undefined): Promise<boolean> {
  if (specOf(slot, host.name)?.unsafePath === true) return false;
  return (user ?? (await engine.sessions.session(host.name, undefined)).user) === 'root';
}

/**
 * Looks at the ways to everything that deeds of root name.
 * @returns where it is not alone
 * @throws TaskFailure where there is no way to do it that nobody can turn against root; UnreachableError
 */
export async function guardPlaces(
  engine: Engine,
  slot: TaskSlot,
  host: HostRun,
  user: string | undefined,
  deeds: readonly Deed[],
): Promise<SharedPlaces> {
  const named = deeds.flatMap(deed => (deed.kind === 'change' ? deed.actions : [])).flatMap(namedBy);
  if (named.length === 0 || !(await isGuarded(engine, slot, host, user))) return ALONE;
  const paths = [...new Set(named.map(({ path }) => tidy(path)))];
  const wayTo = (path: string): Way => host.facts.wayTo(path);
  const look: Look = path => {
    const value = host.facts.peek(fileNode({ path }), user ?? '')?.value;
    return value === undefined || unknownsIn(value).length > 0 ? undefined : (value as FileNode);
  };
  // What stands at a place matters only where root is not alone there.
  const isCrowded = (path: string): boolean => {
    const { real } = wayTo(path);
    return intruderOn(real, look) !== undefined || isShared(look(posix.dirname(real)));
  };
  // Each link that is met may lead past others.
  const refs = (): readonly FactRef<unknown>[] => [...refsFor(paths, wayTo), ...paths.filter(isCrowded).map(path => fileNode({ path }))];
  for (let before = '', now = keysOf(refs()); now !== before; now = keysOf(refs())) {
    before = now;
    const questions = refs().map(ref => ({ ref, host }));
    await readFacts(engine, questions, user);
  }
  const shared = new Map<string, SharedPlace>();
  for (const { path, action } of named) {
    const place = sharedPlace(path, action, host, look);
    if (place !== undefined) shared.set(path, place);
  }
  return shared;
}

function refsFor(paths: readonly string[], wayTo: (path: string) => Way): readonly FactRef<unknown>[] {
  const marks = new Set(paths.flatMap(path => waymarksOf(wayTo(path))));
  return [...marks].map(nodeAt);
}

const nodes = new Map<string, FactRef<unknown>>();

/** Many tasks stand on the same directories. */
function nodeAt(path: string): FactRef<unknown> {
  const known = nodes.get(path) ?? fileNode({ path });
  nodes.set(path, known);
  return known;
}

function keysOf(refs: readonly FactRef<unknown>[]): string {
  return refs.map(ref => ref.key).join();
}

interface Named {
  readonly path: string;
  readonly action: Action['kind'];
}

function namedBy(action: Action): readonly Named[] {
  if (action.kind === 'reopen') return [];
  if (action.kind === 'run') return (action.alters ?? []).map(path => ({ path, action: action.kind }));
  return [{ path: action.path, action: action.kind }];
}

/** @throws TaskFailure */
function sharedPlace(path: string, action: Action['kind'], host: HostRun, look: Look): SharedPlace | undefined {
  const { real, links } = host.facts.wayTo(tidy(path));
  const led = links.map(link => intruderAtLink(link, look)).find(found => found !== undefined);
  if (led !== undefined) throw new TaskFailure(`${ledWords(path, led)}; ${advice(led, 'name the directory it leads to')}`, host.name);
  const intruder = intruderOn(real, look) ?? ownerAmong(real, look);
  const directory = posix.normalize(posix.dirname(real));
  const node = look(real);
  const kind = node?.kind ?? 'absent';
  const isNew = action === 'put' || action === 'make';
  if (intruder === undefined) return isNew && isShared(look(directory)) ? { directory, kind } : undefined;
  if (isNew || canBeBound(action, node)) return { directory, kind };
  const mend = `see to it that only root can change ${intruder.at === real ? directory : intruder.at}`;
  const words = exchangedWords(path, real, intruder);
  // They could not do it either.
  const isOurs = action === 'alter' && node?.owner === 'root';
  const ways = isOurs ? advice({}, `${mend}, remove it first, with file.absent`) : advice(intruder, mend);
  throw new TaskFailure(`${words}; ${ways}`, host.name);
}

/** Whether what is done can be bound to what stands there, and would be no favour to somebody who has put it there. */
function canBeBound(action: Action['kind'], node: FileNode | undefined): boolean {
  if (action === 'remove') return node?.kind !== 'directory';
  return action === 'alter' && (node?.kind === 'file' || node?.kind === 'directory') && node.owner !== 'root';
}

function exchangedWords(path: string, real: string, { at, who }: Intruder): string {
  if (at === real) return `${path} belongs to ${who}, who can put something else in its place while root changes it`;
  return `${who} can change the directory ${at}, and put something else in the place of ${path} while root changes it`;
}

function ledWords(path: string, { at, who }: Intruder): string {
  return `${path} is reached over the link ${at}, which ${who} can point elsewhere while root writes there`;
}

function advice({ user }: Pick<Intruder, 'user'>, mend: string): string {
  const become = user === undefined ? [] : [`run the task as ${user}, with become_user`];
  return [mend, ...become, 'or say unsafe_path: true'].join(', ');
}
