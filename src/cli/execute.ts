// A run from its request to its summary: compile, connect, run. Where the rooms meet.
import { randomBytes } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { formatProblem } from '../errors/problem.ts';
import { HOST_FACTS } from '../facts/host/catalogue.ts';
import { loadFact, type AnyFact } from '../facts/registry.ts';
import type { AnyModule } from '../modules/contract.ts';
import { isShipped, loadModules } from '../modules/registry.ts';
import { LiveInventory } from '../program/live-inventory.ts';
import type { Program } from '../program/types.ts';
import type { Emit } from '../report/events.ts';
import { createMasker } from '../report/mask.ts';
import type { Engine, RunTurn, SessionLender } from '../schedule/state/engine.ts';
import { becomingOf } from '../schedule/hosts/becoming.ts';
import { connectionNotes } from '../schedule/hosts/connection-notes.ts';
import { HostRun } from '../schedule/state/host-run.ts';
import type { Approval, Ledger } from '../schedule/state/ledger.ts';
import { runProgram, type RunSummary } from '../schedule/plays/run-program.ts';
import { programSecrets } from '../program/secrets.ts';
import { slotsOf } from '../program/walk.ts';
import { SessionPool, type PoolOptions } from '../session/pool.ts';
import type { ArtifactSource } from '../artifact/fetch-file.ts';
import type { Artifact, LocalFile } from '../schema/resolved.ts';
import { cacheDirectory } from '../util/cache-directory.ts';
import { DEFAULT_WAIT } from './arguments/shared-flags.ts';
import { compileRequest, type RunRequest } from './compile-request.ts';
import { unlockedConnections } from './unlocked-connections.ts';
import type { Unlock } from './passphrases.ts';

/** What a run is given beside its request. */
export interface RunContext {
  readonly emit: Emit;
  readonly stop: AbortSignal;
  readonly kill: AbortSignal;
  /** What is done to the Program before it runs: tests send it through JSON. */
  readonly reshape?: (program: Program) => Program;
  /** Told of every turn of a task. */
  readonly ledger?: Ledger;
  /** What the run is held to. */
  readonly approval?: Approval;
  /** Told of everything that took place on the wire. */
  readonly observe?: PoolOptions['observe'];
  /** The process ends after this run. */
  readonly isLast?: boolean;
  /** Gives the passphrases of keys that are to be used. */
  readonly unlock?: Unlock;
  /** Answers what hosts ask at login. */
  readonly ask?: PoolOptions['ask'];
  /** Asked before each task whether it is done. */
  readonly step?: Engine['step'];
  /** How hosts are connected to; by their `connection` when absent: tests put something in between. */
  readonly connect?: PoolOptions['connect'];
  /** How patient sessions are; tests are less. */
  readonly limits?: PoolOptions['limits'];
  /** What is done to the modules before they run: tests plant a lie. */
  readonly retool?: (modules: ReadonlyMap<string, AnyModule>) => ReadonlyMap<string, AnyModule>;
}

/** A run that is about to begin: everything is compiled and nothing has connected yet. */
export interface Prepared {
  readonly engine: Engine;
  /** Finds a fact by its name: a shipped one, or one that a role of this run lists. */
  readonly factOf: (name: string) => Promise<AnyFact | undefined>;
  /** Secrets that came up so far while tasks were looked at. */
  readonly secrets: () => readonly string[];
  /** Runs the Program to its end. Once. */
  readonly run: () => Promise<RunSummary>;
}

/** Runs a request to its end. @throws InputError before anything connects */
export async function execute(request: RunRequest, context: RunContext): Promise<RunSummary> {
  return withRun(request, context, prepared => prepared.run());
}

/** Lends a run with all that it needs; its connections are closed when `use` is over. @throws InputError before anything connects */
export async function withRun<T>(request: RunRequest, context: RunContext, use: (prepared: Prepared) => Promise<T>): Promise<T> {
  const { program: compiled, sources } = await compileRequest(request);
  const inventory = new LiveInventory(context.reshape?.(compiled) ?? compiled);
  const { program } = inventory;
  const modules = await modulesOf(program, sources.modules);
  const connectionOf = await unlockedConnections(program, request, context.unlock);
  const becomeOf = becomingOf(program, connectionOf);
  const masker = createMasker();
  const secrets = new Set<string>();
  const emit = masker.wrap(context.emit);
  programSecrets(program).forEach(text => masker.addSecret(text));
  const { password, becomePassword } = request.connection;
  for (const given of [password, becomePassword]) if (given) masker.addSecret(given.reveal());
  for (const note of sources.notes) emit({ kind: 'note', level: 'warning', text: formatProblem(note) });
  for (const text of program.advice) emit({ kind: 'note', level: 'warning', text });
  for (const note of connectionNotes(program, connectionOf)) emit({ kind: 'note', ...note });
  const hosts = new Map(Object.values(program.hosts).map(entry => [entry.name, new HostRun(entry)]));
  await using pool = new SessionPool(host => connectionOf(host).spec, {
    signal: context.kill,
    // Another run waits until ours is gone from a host that it changed; from others it goes unseen.
    waitsForEnd: () => context.isLast !== true || context.stop.aborted || [...hosts.values()].some(host => host.turns.size > 0),
    ...(context.connect && { connect: context.connect }),
    ...(context.observe && { observe: context.observe }),
    ...(context.limits && { limits: context.limits }),
    ...(context.ask && { ask: context.ask }),
  });
  const sessions: SessionLender = {
    session: (host, user) => pool.get(host, user === undefined ? undefined : becomeOf(host, user)),
    renew: host => pool.forget(host),
    hostKey: host => pool.hostKey(host),
  };
  const engine: Engine = {
    program,
    modules: context.retool?.(modules) ?? modules,
    hostFacts: HOST_FACTS,
    hosts,
    inventory,
    sessions,
    fetchArtifact: onceEach(fetchArtifact),
    fetchFile: onceEach(fetchFile),
    options: {
      mode: request.mode,
      forks: request.forks,
      diff: request.diff,
      prove: request.prove,
      ...(request.thorough === true && { thorough: true }),
      ...(request.oneByOne === true && { oneByOne: true }),
      ...(request.from !== undefined && { from: request.from }),
    },
    emit,
    ...(request.mode !== 'check' && { turn: newTurn(request) }),
    ...(context.ledger && { ledger: context.ledger }),
    ...(context.step && { step: context.step }),
    ...(context.approval && { approval: context.approval }),
    addSecret: text => {
      secrets.add(text);
      masker.addSecret(text);
    },
    mask: text => masker.mask(text),
    stop: context.stop,
    kill: context.kill,
  };
  const ofRoles = new Map(
    [...sources.roles.values()].flatMap(role => role.facts ?? []).map(fact => [fact.definition.name, fact as AnyFact]),
  );
  return await use({
    engine,
    factOf: async name => ofRoles.get(name) ?? (await loadFact(name)),
    secrets: () => [...secrets],
    run: () => runProgram(engine, pool.counters, host => connectionOf(host).login),
  });
}

/** A run as others know it. */
function newTurn({ waitLock, breakLock = false }: RunRequest): RunTurn {
  return {
    run: randomBytes(8).toString('hex'),
    by: `${userInfo().username}@${hostname()}`,
    since: new Date().toISOString().replace(/\.\d+/, ''),
    wait: waitLock ?? DEFAULT_WAIT,
    breaks: breakLock,
    together: waitLock !== undefined,
  };
}

type Fetch<T> = (wanted: ArtifactSource, cacheDirectory: string, signal: AbortSignal) => Promise<T>;

// Loaded when there is something to fetch. In a function with `await using`, tsc leaves the names of such files as they are.
const fetchArtifact: Fetch<Artifact> = async (...wanted) => (await import('../artifact/fetch-artifact.ts')).fetchArtifact(...wanted);
const fetchFile: Fetch<LocalFile> = async (...wanted) => (await import('../artifact/fetch-file.ts')).fetchFile(...wanted);

/** The modules the Program names: those that roles brought, else shipped ones. */
async function modulesOf(program: Program, brought: ReadonlyMap<string, AnyModule>): Promise<ReadonlyMap<string, AnyModule>> {
  const names = new Set(slotsOf(program).map(slot => slot.ref.module));
  const shipped = await loadModules([...names].filter(name => !brought.has(name) && isShipped(name)));
  return new Map([...shipped, ...brought]);
}

/** Fetches everything once a run, however many hosts and tasks want it. What reads archives is loaded by the first that is wanted. */
function onceEach<T>(fetch: Fetch<T>): (source: string, checksum: string | undefined, signal: AbortSignal) => Promise<T> {
  const fetched = new Map<string, Promise<T>>();
  return (source, checksum, signal) => {
    const key = `${source}\n${checksum ?? ''}`;
    const known = fetched.get(key) ?? fetch({ source, checksum }, cacheDirectory('artifacts'), signal);
    fetched.set(key, known);
    return known;
  };
}
