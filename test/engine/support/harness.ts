// A run of a hand-made Program on this machine through the real session layer: real shells, real files, no SSH.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileProgramNode } from './program.ts';
import type { AnyModule, Typed } from '../../../src/modules/contract.ts';
import { LiveInventory } from '../../../src/program/live-inventory.ts';
import type { Program } from '../../../src/program/types.ts';
import type { Event, Mode, TaskResult } from '../../../src/report/events.ts';
import type { Engine, SessionLender } from '../../../src/schedule/state/engine.ts';
import { HostRun } from '../../../src/schedule/state/host-run.ts';
import { runProgram } from '../../../src/schedule/plays/run-program.ts';
import { SessionPool } from '../../../src/session/pool.ts';
import type { WireCounters } from '../../../src/session/types.ts';
import { HOST_FACTS } from '../../../src/facts/host/catalogue.ts';

// What these hosts keep for the next run is kept in a folder of this process.
process.env['TSPLAY_STATE'] ??= mkdtempSync(join(tmpdir(), 'tsplay-state-'));
process.once('exit', () => rmSync(process.env['TSPLAY_STATE'] ?? '', { recursive: true, force: true }));

/** What a test sees of a run. */
export interface Seen {
  readonly events: readonly Event[];
  readonly results: readonly TaskResult[];
  readonly wire: WireCounters;
  readonly exitCode: number;
}

export interface HarnessOptions {
  readonly mode?: Mode;
  readonly prove?: boolean;
  readonly diff?: boolean;
  /** Texts that are masked in diffs. */
  readonly mask?: (text: string) => string;
  readonly forks?: number;
  readonly from?: string;
  readonly oneByOne?: boolean;
  readonly stop?: AbortSignal;
  readonly kill?: AbortSignal;
  /** What stands between the engine and this machine: hosts that pretend to be several, fail, or cannot be reached. */
  readonly lend?: (lender: SessionLender) => SessionLender;
  /** Sees each event as it is emitted. */
  readonly watch?: (event: Event) => unknown;
}

/** Runs a Program with the given modules; every host is this machine. The Program goes through JSON first. */
export async function runLocally(program: Program, modules: readonly Typed<unknown>[], options: HarnessOptions = {}): Promise<Seen> {
  const events: Event[] = [];
  const compiled = compileProgramNode(program);
  const spec = (host: string) => ({
    host,
    connection: 'local' as const,
    address: host,
    port: 22,
    user: 'root',
    keyFiles: [],
    knownHosts: [],
    hostKeyPolicy: 'strict' as const,
    timeout: 10_000,
  });
  await using pool = new SessionPool(spec);
  const lender: SessionLender = { session: host => pool.get(host), renew: host => pool.forget(host), hostKey: host => pool.hostKey(host) };
  const inventory = new LiveInventory(compiled);
  const engine: Engine = {
    program: inventory.program,
    inventory,
    modules: new Map<string, AnyModule>(modules.map(module => [module.definition.name, module.definition])),
    hostFacts: HOST_FACTS,
    hosts: new Map(Object.values(compiled.hosts).map(entry => [entry.name, new HostRun(entry)])),
    sessions: options.lend?.(lender) ?? lender,
    fetchArtifact: () => Promise.reject(new Error('no archives here')),
    fetchFile: () => Promise.reject(new Error('no downloads here')),
    options: {
      mode: options.mode ?? 'run',
      forks: options.forks ?? 5,
      diff: options.diff ?? false,
      prove: options.prove ?? false,
      ...(options.from !== undefined && { from: options.from }),
      ...(options.oneByOne === true && { oneByOne: true }),
    },
    emit: event => {
      events.push(event);
      options.watch?.(event);
    },
    addSecret: () => undefined,
    ...(options.mask && { mask: options.mask }),
    stop: options.stop ?? new AbortController().signal,
    kill: options.kill ?? new AbortController().signal,
  };
  const summary = await runProgram(engine, pool.counters, () => ({ user: 'root', become: false, becomeUser: 'root' }));
  return { events, results: events.filter(event => event.kind === 'task-result'), wire: { ...pool.counters }, exitCode: summary.exitCode };
}
