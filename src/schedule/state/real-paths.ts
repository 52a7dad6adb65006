// Where a path really leads on one host: one place under two names is one place. Links that were met, and those a dry run has laid over them.
import { posix } from 'node:path';
import type { FactRef, FactSet } from '../../facts/contract.ts';
import { fileLinks, type MetLink } from '../../facts/file/links.ts';
import { isPlace, overlaps, resource, type Resource } from '../../facts/resource.ts';

/** As many links as the kernel follows. */
const MOST = 40;
const NODE = 'file.node';
const NONE: readonly never[] = Object.freeze([]);

/** The links of one host. What they are is learnt by {@link fileLinks}, a directory at a time. */
export class RealPaths {
  readonly #met = new Map<string, string>();
  /** Foretold: the target of a link to come, or nothing where a link will be gone. */
  readonly #foretold = new Map<string, string | undefined>();
  readonly #emptied: Resource[] = [];
  readonly #walked = new Set<string>();

  /** The same links for one who foretells more of them. */
  fork(): RealPaths {
    const other = new RealPaths();
    for (const [path, target] of this.#met) other.#met.set(path, target);
    for (const [path, target] of this.#foretold) other.#foretold.set(path, target);
    other.#emptied.push(...this.#emptied);
    for (const id of this.#walked) other.#walked.add(id);
    return other;
  }

  /** The fact with its path as it really is, as far as that is known. */
  settle<V>(ref: FactRef<V>): FactRef<V> {
    const path = placeOf(ref);
    if (path === undefined) return ref;
    const real = this.realPath(path);
    return real === path ? ref : ref.at(real);
  }

  /** What a change disturbs, by its real name. The last step of a path is not followed: a link can be disturbed itself. */
  settleResource(given: Resource): Resource {
    if (!isPlace(given)) return given;
    const id = this.realPath(given.id);
    return id === given.id ? given : resource[given.kind](id);
  }

  /** The walks that have to be made before {@link settle} can be relied on for this fact. */
  walksFor(ref: FactRef<unknown>, user: string): readonly FactRef<unknown>[] {
    if (ref.definition.name === fileLinks.definition.name) return NONE;
    const left = this.#directoriesOf(ref).filter(path => !this.#walked.has(`${user}\n${path}`));
    return left.length === 0 ? NONE : left.map(path => fileLinks({ path }));
  }

  /** The directories that what a fact reads stands in, by the names that are known for them. */
  #directoriesOf(ref: FactRef<unknown>): readonly string[] {
    if (this.#met.size > 0 || this.#foretold.size > 0) return directoriesOf(ref, path => this.realPath(path));
    const known = withoutLinks.get(ref) ?? directoriesOf(ref, path => this.realPath(path));
    withoutLinks.set(ref, known);
    return known;
  }

  /** Takes what a walk has met. */
  learn(path: string, user: string, links: readonly MetLink[]): void {
    this.#walked.add(`${user}\n${path}`);
    for (const link of links)
      if (!this.#emptied.some(empty => overlaps(empty, resource.path(link.path)))) this.#met.set(link.path, link.target);
  }

  /** Forgets what may be otherwise now. */
  disturb(touches: readonly Resource[]): void {
    const places = touches.filter(touch => touch.kind === 'path' || touch.kind === 'tree' || touch.kind === 'anything');
    if (places.length === 0) return;
    const below = places.map(place => (place.kind === 'path' ? resource.tree(place.id) : place));
    const isDisturbed = (path: string): boolean => below.some(place => overlaps(place, resource.path(path)));
    for (const path of this.#met.keys()) if (isDisturbed(path)) this.#met.delete(path);
    for (const id of this.#walked) if (isDisturbed(id.slice(id.indexOf('\n') + 1))) this.#walked.delete(id);
  }

  /** Lays links over what was met, as a dry run foretells them. Paths are real ones already. */
  foretell(sets: readonly FactSet[], empties: readonly Resource[]): void {
    for (const empty of empties)
      for (const path of [...this.#met.keys(), ...this.#foretold.keys()])
        if (overlaps(empty, resource.path(path))) this.#foretold.set(path, undefined);
    this.#emptied.push(...empties);
    for (const { ref, value, patch } of sets) {
      if (ref.definition.name !== NODE) continue;
      const node = (value ?? patch) as { readonly kind?: unknown; readonly target?: unknown };
      if (typeof node.kind !== 'string') continue;
      this.#foretold.set(String(ref.args['path']), node.kind === 'link' && typeof node.target === 'string' ? node.target : undefined);
    }
  }

  /** The links that are followed on the way to what a fact is about. */
  linksTo(ref: FactRef<unknown>): readonly string[] {
    const links: string[] = [];
    const path = placeOf(ref);
    if (path !== undefined) this.realPath(path, link => links.push(link));
    return links;
  }

  /** The path with every link on the way followed; `.` at its end follows the last step too. @param followed told each link */
  realPath(path: string, followed?: (link: string) => void): string {
    if (this.#met.size === 0 && this.#foretold.size === 0) return path.endsWith('/.') ? directoryOf(path) : path;
    const steps = path.split('/').filter(step => step !== '');
    let at = '';
    let met = 0;
    for (let step = steps.shift(); step !== undefined; step = steps.shift()) {
      if (step === '.') continue;
      if (step === '..') {
        at = posix.dirname(at);
        continue;
      }
      const here = `${at === '/' ? '' : at}/${step}`;
      const target = steps.length > 0 && met < MOST ? this.#targetOf(here) : undefined;
      if (target === undefined) at = here;
      else {
        met += 1;
        followed?.(here);
        if (target.startsWith('/')) at = '';
        steps.unshift(...target.split('/').filter(part => part !== ''));
      }
    }
    return at === '' ? '/' : at;
  }

  #targetOf(path: string): string | undefined {
    return this.#foretold.has(path) ? this.#foretold.get(path) : this.#met.get(path);
  }
}

/** The directories of facts where no link leads elsewhere: the same on every host, and asked for over and over. */
const withoutLinks = new WeakMap<FactRef<unknown>, readonly string[]>();

function directoriesOf(ref: FactRef<unknown>, realPath: (path: string) => string): readonly string[] {
  const directories = new Set<string>();
  for (const { kind, id } of ref.reads())
    if (kind === 'path' || kind === 'tree') directories.add(directoryOf(id)).add(directoryOf(realPath(id)));
  directories.delete('/');
  return [...directories];
}

/** The path that a fact is about, where links on the way to it matter. */
function placeOf({ definition, args: { path } }: FactRef<unknown>): string | undefined {
  return definition.name !== fileLinks.definition.name && typeof path === 'string' && path.startsWith('/') ? path : undefined;
}

/** The directory a path stands in; with `.` at its end, the path before it. */
function directoryOf(path: string): string {
  return posix.dirname(path);
}
