// Reading ahead: what coming tasks will ask of a host, across tasks, roles and plays, as far as their parameters are known by now.
import { setImmediate as wire } from 'node:timers/promises';
import { evaluateCondition } from '../../expression/evaluate-condition.ts';
import type { FactRef } from '../../facts/contract.ts';
import { owedHandlers } from '../../facts/owed-handlers.ts';
import type { AnyModule, AnyParams } from '../../modules/contract.ts';
import { evaluate } from '../../program/evaluate.ts';
import type { LoopControl, Node, Program, TaskSlot, TaskSpec } from '../../program/types.ts';
import { specOf, tasksOfPlay, type Placed } from '../../program/walk.ts';
import { now } from '../../util/now.ts';
import { Unknown } from '../../util/unknown.ts';
import { isList } from '../../util/value.ts';
import { userFor, type HostLogin } from '../hosts/become.ts';
import type { Ahead, Engine } from '../state/engine.ts';
import { refsOf, requestOf } from '../reading/have.ts';
import type { HostRun } from '../state/host-run.ts';
import { isLive, isSlow } from '../reading/live.ts';
import { holdsArtifact, plainParameters, resolveKnown, valuesIn } from '../values/parameters.ts';
import { ONCE, passesOf, type Pass } from '../values/passes.ts';
import { waymarks } from '../changing/root-ways.ts';
import { lookWithScope, type TaskSurroundings } from '../values/scopes.ts';

/** A task that lies before a batch of hosts. */
interface Coming extends Placed {
  readonly batch: readonly string[];
  readonly playHosts: readonly string[];
  /** What it will ask of a host, once that is known. */
  readonly foreseen: Map<string, Foreseen>;
}

interface Foreseen {
  readonly user: string;
  readonly refs: readonly FactRef<unknown>[];
  /** What was known when it could not be said yet; undefined where all was said. */
  readonly tried: string | undefined;
}

/** As many tasks are looked at again beside every change; what is further off is read when it is needed. */
const BESIDE_A_CHANGE = 100;

/** Milliseconds of looking before the wire has a turn: hosts answer to the handshake meanwhile. */
const STRETCH = 2;

/**
 * Looks at the tasks before each host as they will be looked at in their turn, without waiting for anything. A guess that fails costs nothing: the
 * task asks for itself. What other hosts bear on, and what takes long, is foreseen only as long as the run has changed nothing.
 */
export class ReadAhead implements Ahead {
  readonly #coming: readonly Coming[];
  readonly #loginOf: (host: string) => HostLogin;
  /** How far each host has come; those of a play without strategy are at the same task. */
  readonly #at = new Map<string, number>();
  #isStirred = false;
  /** False once it was waited in vain. */
  #isPatient = true;

  constructor(program: Program, loginOf: (host: string) => HostLogin) {
    this.#loginOf = loginOf;
    this.#coming = program.plays.flatMap(play =>
      (play.isShuffled === true ? [play.hosts] : play.batches).flatMap(batch =>
        tasksOfPlay(play).map(placed => ({ ...placed, batch, playHosts: play.hosts, foreseen: new Map<string, Foreseen>() })),
      ),
    );
  }

  reached(slot: TaskSlot, hosts: readonly HostRun[]): void {
    const isHere = (coming: Coming): boolean => coming.slot === slot && hosts.some(host => coming.batch.includes(host.name));
    const at = this.#placeOf(hosts[0]);
    const ahead = this.#coming.slice(at).findIndex(isHere);
    // A block that is gone through again begins anew.
    const place = ahead === -1 ? this.#coming.findIndex(isHere) : at + ahead;
    if (place !== -1) for (const host of hosts) this.#at.set(host.name, place);
  }

  #placeOf(host: HostRun | undefined): number {
    return this.#at.get(host?.name ?? '') ?? 0;
  }

  isStirred(): boolean {
    return this.#isStirred;
  }

  stir(): void {
    this.#isStirred = true;
  }

  async of(
    engine: Engine,
    host: HostRun,
    user: string | undefined,
    asked: readonly FactRef<unknown>[] | undefined,
  ): Promise<readonly FactRef<unknown>[]> {
    // Hosts are dialled before anything is looked at.
    await wire();
    const refs = new Map<string, FactRef<unknown>>();
    // A program that takes long is not run before it is its turn; then those of the coming tasks come along.
    const isStill = !this.#isStirred && host.foretold.size === 0;
    const takesLong = isStill && asked?.some(isSlow) === true;
    using patience = new Patience(this.#isPatient && asked !== undefined ? PATIENCE : 0);
    const knowledge = knowledgeOf(engine, host, user ?? '');
    let since = now();
    const at = this.#placeOf(host);
    for (const coming of this.#coming.slice(at, asked === undefined ? at + BESIDE_A_CHANGE : undefined)) {
      const foreseen = await this.#foresee(engine, host, coming, knowledge, patience);
      if (foreseen === undefined || foreseen.user !== (user ?? '')) continue;
      for (const ref of foreseen.refs) if (isSlow(ref) ? takesLong : isStill || !isLive(ref)) refs.set(ref.key, ref);
      if (now() - since < STRETCH) continue;
      await wire();
      since = now();
    }
    this.#isPatient &&= asked === undefined || !patience.isOver;
    return [...refs.values()];
  }

  /** A rescue is not looked at before it is reached: most never are. */
  #isOnTheWay({ rescues }: Coming, host: HostRun): boolean {
    return rescues.every(block => this.#coming[this.#placeOf(host)]?.rescues.includes(block) === true);
  }

  async #foresee(engine: Engine, host: HostRun, coming: Coming, knowledge: string, patience: Patience): Promise<Foreseen | undefined> {
    const { slot, batch } = coming;
    if (!batch.includes(host.name) || !this.#isOnTheWay(coming, host)) return undefined;
    const known = coming.foreseen.get(host.name);
    if (known !== undefined && (known.tried === undefined || known.tried === knowledge)) return known;
    const module = engine.modules.get(slot.ref.module);
    const asker = module?.kind === 'cluster' ? firstOf(engine, coming) : host;
    const spec = asker && specOf(slot, asker.name);
    // What is done on another host is asked there.
    if (module === undefined || asker === undefined || spec === undefined || spec.delegateTo !== undefined) return undefined;
    const user = userFor(spec, this.#loginOf(asker.name));
    const isRoot = (user ?? this.#loginOf(asker.name).user) === 'root' && spec.unsafePath !== true;
    const look = new Look(engine, asker, coming, spec, user, patience, isRoot);
    const refs = [...(await look.refsFor(module, host)), ...(spec.notify.length > 0 ? [owedHandlers({})] : [])];
    const foreseen = { user: user ?? '', refs, tried: look.isPending ? '' : look.isOpen ? knowledge : undefined };
    coming.foreseen.set(host.name, foreseen);
    return foreseen;
  }
}

/** Differs whenever more is known than before that tasks of a host are evaluated with. */
function knowledgeOf(engine: Engine, host: HostRun, user: string): string {
  const known = Object.values(engine.hostFacts).filter(fact => host.facts.peek(fact({}), user) !== undefined);
  return `${host.assigned.size} ${known.length}`;
}

/** Milliseconds that archives on their way are waited for, once, before frames are sent without what is asked of them. */
const PATIENCE = 1000;

class Patience implements Disposable {
  readonly over: Promise<undefined>;
  isOver = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(milliseconds: number) {
    this.over = new Promise(resolve => {
      this.#timer = setTimeout(() => {
        this.isOver = true;
        resolve(undefined);
      }, milliseconds);
    });
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }
}

/** What is gone over, and with which variables that is evaluated. */
interface Looped {
  readonly over: Node;
  readonly control: LoopControl | undefined;
  readonly spec: TaskSurroundings['spec'];
}

/** Whoever evaluates the parameters of a cluster's task. */
function firstOf(engine: Engine, { batch, slot }: Coming): HostRun | undefined {
  const name = batch.find(each => specOf(slot, each) !== undefined && engine.hosts.get(each)?.standing === 'alive');
  return name === undefined ? undefined : engine.hosts.get(name);
}

/** One look at a task that has not begun. */
class Look {
  /** Whether more may be said once more is known. */
  isOpen = false;
  /** Whether something is on its way to the controller. */
  isPending = false;
  readonly #patience: Patience;
  readonly #isRoot: boolean;
  readonly #engine: Engine;
  readonly #asker: HostRun;
  readonly #coming: Coming;
  readonly #spec: TaskSpec;
  readonly #user: string | undefined;
  readonly #needed: FactRef<unknown>[] = [];

  constructor(
    engine: Engine,
    asker: HostRun,
    coming: Coming,
    spec: TaskSpec,
    user: string | undefined,
    patience: Patience,
    isRoot: boolean,
  ) {
    this.#patience = patience;
    this.#isRoot = isRoot;
    this.#engine = engine;
    this.#asker = asker;
    this.#coming = coming;
    this.#spec = spec;
    this.#user = user;
  }

  /** What it asks of a host; where a fact of the host has to be known first, that one. */
  async refsFor(module: AnyModule, host: HostRun): Promise<readonly FactRef<unknown>[]> {
    const found: FactRef<unknown>[] = [];
    for (const { values: extraValues } of this.#passes()) {
      const params = await this.#paramsFor(module, { playHosts: this.#coming.playHosts, spec: this.#spec, extraValues });
      if (params !== undefined) found.push(...(this.#guess(() => this.#asks(module, params, host)) ?? []));
    }
    const own = this.#asker === host ? this.#needed : [];
    return [...own, ...found].filter(ref => ref.host === undefined || ref.host === host.name);
  }

  #asks(module: AnyModule, params: AnyParams, host: HostRun): readonly FactRef<unknown>[] {
    if (module.kind !== 'cluster') return [...refsOf(requestOf(module, params)), ...(this.#isRoot ? waymarks(module, params, host) : [])];
    const names = this.#coming.batch.filter(name => specOf(this.#coming.slot, name) !== undefined);
    return module.members(params, names).includes(host.name) ? refsOf(module.facts(params, host.name)) : [];
  }

  /** Through the loops of the blocks around it, and its own. */
  #passes(): readonly Pass[] {
    const loops: Looped[] = this.#coming.blocks.flatMap(({ loop }) =>
      loop === undefined ? [] : [{ over: loop.over, control: loop.control, spec: loop }],
    );
    if (this.#spec.loop !== undefined) loops.push({ over: this.#spec.loop, control: this.#spec.loopControl, spec: this.#spec });
    return loops.reduce<readonly Pass[]>((passes, loop) => passes.flatMap(pass => this.#within(pass, loop)), [ONCE]);
  }

  #within(pass: Pass, { over, control, spec }: Looped): readonly Pass[] {
    const around = { playHosts: this.#coming.playHosts, spec, extraValues: pass.values };
    const items = this.#look(around, scope => evaluate(over, scope));
    return items !== undefined && isList(items) ? passesOf(items, pass, control) : [];
  }

  async #paramsFor(module: AnyModule, around: TaskSurroundings): Promise<AnyParams | undefined> {
    const gates = this.#coming.blocks.flatMap(block => block.gate?.when ?? []);
    const conditions = [...gates, ...this.#spec.when].map(({ text, at }) =>
      this.#look(around, scope => evaluateCondition(text, scope, at)),
    );
    if (conditions.some(holds => holds !== true)) return undefined;
    const picks = this.#coming.blocks.flatMap(block => block.pick ?? []);
    if (picks.some(({ name, is }) => this.#look(around, scope => evaluate(name, scope)) !== is)) return undefined;
    const plain = plainParameters(module, this.#spec);
    if (plain !== undefined) return plain;
    const { slot } = this.#coming;
    const values = this.#look(around, scope => valuesIn(this.#spec, module, scope));
    if (values === undefined) return undefined;
    const resolved = resolveKnown(this.#engine, slot, this.#spec, module, values).catch((error: unknown) => new Unknown([String(error)]));
    // Looking takes as long as it takes; only for what is fetched there is an end to patience.
    const params = await (holdsArtifact(values) ? Promise.race([resolved, this.#patience.over]) : resolved);
    this.isPending ||= params === undefined;
    this.isOpen ||= params instanceof Unknown;
    return params instanceof Unknown ? undefined : params;
  }

  #look<T>(around: TaskSurroundings, use: Parameters<typeof lookWithScope<T>>[4]): T | undefined {
    return this.#guess(() => {
      const seen = lookWithScope(this.#engine, this.#asker, around, this.#user, use);
      if (!('needed' in seen)) return seen.value;
      this.isOpen = true;
      this.#needed.push(...seen.needed.flatMap(({ host, ref }) => (host === this.#asker ? [ref] : [])));
      return undefined;
    });
  }

  /** What is wrong with a task is said in its turn. */
  #guess<T>(look: () => T): T | undefined {
    try {
      return look();
    } catch {
      this.isOpen = true;
      return undefined;
    }
  }
}
