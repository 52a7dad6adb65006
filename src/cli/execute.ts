// A run from its request to its summary: load, compile, connect, run. Where the rooms meet.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../errors/errors.ts';
import { formatProblem } from '../errors/problem.ts';
import { HOST_FACTS } from '../facts/host/catalogue.ts';
import { readExtraVars } from '../load/extra-vars.ts';
import { readInventory } from '../load/inventory.ts';
import { readLimit } from '../load/limit.ts';
import { matchPattern } from '../load/pattern.ts';
import { collectProblems } from '../load/report.ts';
import { loadSources } from '../load/load-sources.ts';
import type { Sources } from '../load/types.ts';
import type { AnyModule } from '../modules/contract.ts';
import { loadModules, MODULES } from '../modules/registry.ts';
import { compileProgram } from '../program/compile.ts';
import type { TagSelection } from '../program/select-tags.ts';
import type { Program } from '../program/types.ts';
import type { Emit, Mode } from '../report/events.ts';
import { createMasker } from '../report/mask.ts';
import type { SessionLender } from '../schedule/engine.ts';
import { connectionsOf, type ConnectionChoices } from '../schedule/connections.ts';
import { HostRun } from '../schedule/host-run.ts';
import { runProgram, type RunSummary } from '../schedule/run-program.ts';
import { programSecrets } from '../program/secrets.ts';
import { slotsOf } from '../program/walk.ts';
import { SessionPool } from '../session/pool.ts';
import { fetchArtifact } from '../artifact/fetch-artifact.ts';
import type { Artifact } from '../schema/resolved.ts';
import { checkFrom } from './check-from.ts';
import { labVariables } from './lab-variables.ts';

/** What a person asked for, whatever the words. */
export interface RunRequest {
  readonly playbook: string;
  readonly inventory?: string;
  readonly limit?: string;
  readonly extraVars: readonly string[];
  readonly tags: TagSelection;
  readonly mode: Mode;
  readonly forks: number;
  readonly diff: boolean;
  readonly prove: boolean;
  /** The member that rolling changes begin with. */
  readonly from?: string;
  readonly become?: boolean;
  readonly becomeUser?: string;
  readonly connection: ConnectionChoices;
  readonly cwd: string;
}

/** What a run is given beside its request. */
export interface RunContext {
  readonly emit: Emit;
  readonly stop: AbortSignal;
  readonly kill: AbortSignal;
  /** What is done to the Program before it runs: tests send it through JSON. */
  readonly reshape?: (program: Program) => Program;
}

/** Loads and compiles; nothing connects. @throws InputError with every problem at once */
export async function compileRequest(request: RunRequest): Promise<{ readonly program: Program; readonly sources: Sources }> {
  const { playbook, inventory, limit, extraVars, cwd } = request;
  const sources = await loadSources({
    playbook,
    extraVars,
    cwd,
    ...(inventory !== undefined && { inventory }),
    ...(limit !== undefined && { limit }),
  });
  const program = compileProgram(sources, {
    mode: request.mode,
    tags: request.tags,
    magic: labVariables(sources.inventory.path),
    hostsOf: sources.hostsOf,
    cwd,
    ...(request.become !== undefined && { become: request.become }),
    ...(request.becomeUser !== undefined && { becomeUser: request.becomeUser }),
  });
  const { only } = request.tags;
  if (only.length > 0 && program.plays.length === 0) {
    const tags = `${only.length === 1 ? 'the tag' : 'any of the tags'} ${only.join(', ')}`;
    throw new InputError([{ what: `no task has ${tags}`, advice: 'tsplay run --list-tasks shows the tags' }]);
  }
  checkFrom(request.from, program);
  return { program, sources };
}

/** What else `compileInventory` may be told. */
interface InventoryChoices {
  readonly limit?: string;
  readonly extraVars?: readonly string[];
}

/** An inventory by itself, as a Program without plays, and those of its hosts that the limit leaves. @throws InputError with every problem at once */
export async function compileInventory(
  name: string | undefined,
  cwd: string,
  { limit, extraVars = [] }: InventoryChoices = {},
): Promise<{ readonly program: Program; readonly sources: Pick<Sources, 'inventory'>; readonly hosts: readonly string[] }> {
  const note = (): undefined => undefined;
  const { inventory, extra, hosts } = await collectProblems(async report => {
    const found = await readInventory(name, { cwd, report, note });
    const variables = await readExtraVars(extraVars, { cwd, report, note });
    if (found === undefined) return undefined;
    const pattern = limit === undefined ? 'all' : await readLimit(limit, cwd);
    const left = found.hosts.size === 0 ? [] : matchPattern(pattern, found, { noun: 'limit', at: undefined }, report);
    return { inventory: found, extra: variables, hosts: left };
  });
  const playbook = { file: '', directory: cwd, plays: [] };
  const options = { mode: 'run', tags: { only: [], skip: [] }, magic: labVariables(inventory.path), hostsOf: () => [], cwd } as const;
  const program = compileProgram({ playbook, inventory, roles: new Map(), modules: new Map(), extra }, options);
  return { program, sources: { inventory }, hosts };
}

/** Runs a request to its end. @throws InputError before anything connects */
export async function execute(request: RunRequest, context: RunContext): Promise<RunSummary> {
  const { program: compiled, sources } = await compileRequest(request);
  const program = context.reshape?.(compiled) ?? compiled;
  const connectionOf = connectionsOf(program, request.connection);
  const masker = createMasker();
  const emit = masker.wrap(context.emit);
  programSecrets(program).forEach(text => masker.addSecret(text));
  for (const note of sources.notes) emit({ kind: 'note', level: 'warning', text: formatProblem(note) });
  for (const text of program.advice) emit({ kind: 'note', level: 'warning', text });
  await using pool = new SessionPool(host => connectionOf(host).spec, { signal: context.kill });
  const sessions: SessionLender = {
    session: (host, user) => pool.get(host, user === undefined ? undefined : { method: 'sudo', user }),
    renew: host => pool.forget(host),
  };
  return await runProgram(
    {
      program,
      modules: await modulesOf(program, sources.modules),
      hostFacts: HOST_FACTS,
      hosts: new Map(Object.values(program.hosts).map(entry => [entry.name, new HostRun(entry)])),
      sessions,
      fetchArtifact: artifactFetcher(),
      options: {
        mode: request.mode,
        forks: request.forks,
        diff: request.diff,
        prove: request.prove,
        ...(request.from !== undefined && { from: request.from }),
      },
      emit,
      addSecret: text => masker.addSecret(text),
      stop: context.stop,
      kill: context.kill,
    },
    pool.counters,
    host => connectionOf(host).login,
  );
}

/** The modules the Program names: those that roles brought, else shipped ones. */
async function modulesOf(program: Program, brought: ReadonlyMap<string, AnyModule>): Promise<ReadonlyMap<string, AnyModule>> {
  const names = new Set(slotsOf(program).map(slot => slot.ref.module));
  const shipped = await loadModules([...names].filter(name => !brought.has(name) && name in MODULES));
  return new Map([...shipped, ...brought]);
}

/** Fetches every archive once a run, however many hosts and tasks want it. */
function artifactFetcher(): (source: string, checksum: string | undefined, signal: AbortSignal) => Promise<Artifact> {
  const fetched = new Map<string, Promise<Artifact>>();
  return (source, checksum, signal) => {
    const key = `${source}\n${checksum ?? ''}`;
    const known = fetched.get(key) ?? fetchArtifact({ source, checksum }, cacheDirectory(), signal);
    fetched.set(key, known);
    return known;
  };
}

/** Where archives are kept on the controller: `$XDG_CACHE_HOME/tsplay/artifacts`, or `~/.cache/tsplay/artifacts`. */
function cacheDirectory(): string {
  const cache = process.env['XDG_CACHE_HOME'];
  return join(cache === undefined || cache === '' ? join(homedir(), '.cache') : cache, 'tsplay', 'artifacts');
}
