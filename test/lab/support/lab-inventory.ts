// A lab of the test's own: a copy of a shipped inventory on a network that nobody uses.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { bringLabUp } from '../../../src/cli/commands/lab-actions.ts';
import { compileRequest, type RunRequest } from '../../../src/cli/compile-request.ts';
import { execute, type RunContext } from '../../../src/cli/execute.ts';
import { requestFrom } from '../../../src/cli/commands/request.ts';
import { doctor } from '../../../src/lab/doctor.ts';
import { labDown } from '../../../src/lab/down.ts';
import { installNeeds } from '../../../src/lab/install-needs.ts';
import { labId } from '../../../src/lab/paths.ts';
import type { LabState } from '../../../src/lab/types.ts';
import type { Program } from '../../../src/program/types.ts';
import type { Event, Mode, TaskResult } from '../../../src/report/events.ts';
import { projectRoot } from '../../support/project-root.ts';
import { freeSubnet } from './free-subnet.ts';
import { ofSuite } from './of-suite.ts';
import { skipBecause } from '../../support/skip.ts';
import { takeWay, withoutWay } from './way.ts';

/** What a test sees of one run. */
export interface LabRun {
  readonly exitCode: number;
  readonly events: readonly Event[];
  readonly results: readonly TaskResult[];
  /** `host | task | attribute | to`, sorted: what a dry run foretells. */
  readonly changes: readonly string[];
  readonly roundTrips: number;
  /** What it may take: three for a host, and one for each change, body that was sent by itself, and wait. */
  readonly roundTripsAllowed: number;
  /** What ran. */
  readonly program: Program;
}

/** A lab that stands. */
export interface StandingLab {
  readonly state: LabState;
  readonly program: Program;
  /** Path of the inventory, for who runs the program itself. */
  readonly inventory: string;
  readonly run: (mode: Mode, options?: LabRunOptions) => Promise<LabRun>;
}

/** A lab that stands until it is disposed of. */
export type TestLab = StandingLab & AsyncDisposable;

/** What a run is told beside the playbook of its lab. */
export interface LabRunOptions {
  readonly extraVars?: readonly string[];
  readonly prove?: boolean;
  /** Every task asks for itself: the same run, slower. */
  readonly oneByOne?: boolean;
  readonly limit?: string;
  /** Another playbook for the same hosts. */
  readonly playbook?: string;
  /** What is done to the modules before they run: a lie is planted. */
  readonly retool?: RunContext['retool'];
  /** How hosts are connected to. */
  readonly connect?: RunContext['connect'];
  /** Told of each event. */
  readonly heard?: (event: Event) => void;
  /** Seconds to wait for another run, or what is left of one. */
  readonly waitLock?: number;
}

/** Why this machine cannot host a lab, after installing what can be installed; undefined when it can. */
export async function labObstacle(): Promise<string | undefined> {
  try {
    await installNeeds(() => undefined);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const { ok, missing, why } = await doctor();
  return ok ? undefined : (why ?? `missing: ${missing.map(need => need.package).join(', ')}`);
}

/**
 * Skips the suite with its reason where there can be no lab; with CI=true that is a failure.
 * To be called in `before`.
 */
export async function needLab(context: Mocha.Context): Promise<void> {
  const obstacle = await labObstacle();
  if (obstacle === undefined) return;
  if (process.env['CI'] === 'true') throw new Error(`no lab here: ${obstacle}`);
  skipBecause(context, `no lab here: ${obstacle}`);
}

/** Brings up the hosts of a shipped inventory on a free network. */
export async function startTestLab(inventory: string, playbook: string): Promise<TestLab> {
  const folder = mkdtempSync(join(tmpdir(), 'tsplay-lab-'));
  const copy = join(folder, inventory);
  cpSync(join(projectRoot(), 'inventories', inventory), copy, { recursive: true });
  const hosts = join(copy, 'hosts.yml');
  using net = await freeSubnet();
  writeFileSync(hosts, readFileSync(hosts, 'utf8').replaceAll(/\b(?:192\.168\.\d+|10\.1\.0)\./g, `${net.start}.`));
  const request = (mode: Mode, { playbook: other = playbook, ...flags }: LabRunOptions = {}): RunRequest => ({
    ...requestFrom({ inventory: [copy], ...flags }, resolve(projectRoot(), other), mode),
    cwd: projectRoot(),
  });
  const { program } = await compileRequest(request('run'));
  const never = new AbortController().signal;
  const state = await bringLabUp(program, copy, () => undefined, never);
  await takeWay(state, copy);
  return {
    state,
    program,
    inventory: copy,
    run: async (mode, options) => observe(request(mode, options), options),
    async [Symbol.asyncDispose]() {
      await labDown(labId(copy), () => undefined);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The lab of a suite. To be called in `describe`. */
export function labOfSuite(inventory: string, playbook: string): StandingLab {
  const there = ofSuite(() => startTestLab(inventory, playbook));
  return {
    get state() {
      return there().state;
    },
    get program() {
      return there().program;
    },
    get inventory() {
      return there().inventory;
    },
    run: (...words) => there().run(...words),
  };
}

/** Runs a request to its end and keeps all it said. */
export async function observe(
  request: RunRequest,
  { retool, connect, heard }: Pick<LabRunOptions, 'retool' | 'connect' | 'heard'> = {},
): Promise<LabRun> {
  const all: Event[] = [];
  const programs: Program[] = [];
  const never = new AbortController().signal;
  const { exitCode } = await execute(request, {
    emit: event => {
      all.push(event);
      heard?.(event);
    },
    stop: never,
    kill: never,
    reshape: program => {
      programs.push(throughJson(program));
      return programs[0] ?? program;
    },
    ...(retool && { retool }),
    ...(connect && { connect }),
  });
  const [program] = programs;
  if (program === undefined) throw new Error('nothing ran');
  const events = withoutWay(all);
  const results = events.filter(event => event.kind === 'task-result');
  const finished = events.find(event => event.kind === 'run-finished');
  const count = (kind: Event['kind']): number => events.filter(event => event.kind === kind).length;
  const hosts = finished?.recap.length ?? 0;
  return {
    exitCode,
    events,
    results,
    changes: changesOf(results),
    roundTrips: finished?.wire.roundTrips ?? 0,
    roundTripsAllowed: 3 * hosts + count('change') + (finished?.wire.uploads ?? 0) + count('waiting'),
    program,
  };
}

/** The (host, task, attribute, to) set of a run or of a dry run. */
export function changesOf(results: readonly TaskResult[]): readonly string[] {
  return results
    .flatMap(result =>
      result.changes.map(change => `${result.host} | ${result.task.name} | ${change.attribute} | ${JSON.stringify(change.to)}`),
    )
    .sort();
}

/** What runs has no functions inside. */
function throughJson(program: Program): Program {
  return JSON.parse(JSON.stringify(program)) as Program;
}
