// From what a person asked for to a Program: load and compile. Nothing connects.
import { InputError } from '../errors/errors.ts';
import { readExtraVars } from '../load/variables/extra-vars.ts';
import { readInventory } from '../load/inventory/inventory.ts';
import { readLimit } from '../load/inventory/limit.ts';
import { matchPattern } from '../load/inventory/pattern.ts';
import { collectProblems } from '../load/report.ts';
import { loadSources } from '../load/load-sources.ts';
import type { Sources } from '../load/types.ts';
import type { Answers } from '../program/answers.ts';
import { compileProgram } from '../program/compile.ts';
import type { TagSelection } from '../program/select-tags.ts';
import { startAt } from '../program/start-at.ts';
import type { Program } from '../program/types.ts';
import type { Mode } from '../report/events.ts';
import type { ConnectionChoices } from '../schedule/hosts/connection-choices.ts';
import { checkFrom } from './check-from.ts';
import { runVariables } from './magic-variables.ts';

/** What a person asked for, whatever the words. */
export interface RunRequest {
  readonly playbook: string;
  /** `-i`: one, or several in order. */
  readonly inventory?: string | readonly string[];
  readonly limit?: string;
  readonly extraVars: readonly string[];
  readonly tags: TagSelection;
  /** What stands before the task of this name is left out. */
  readonly startAtTask?: string;
  readonly mode: Mode;
  readonly forks: number;
  readonly diff: boolean;
  readonly prove: boolean;
  /** Look at contents where sizes and times are trusted otherwise. */
  readonly thorough?: boolean;
  /** Every task asks for itself. */
  readonly oneByOne?: boolean;
  /** The member that rolling changes begin with. */
  readonly from?: string;
  readonly become?: boolean;
  readonly becomeUser?: string;
  /** Handlers of hosts that failed run too. */
  readonly forceHandlers?: boolean;
  readonly connection: ConnectionChoices;
  /** What a person answered to the prompts of its plays. */
  readonly answers?: Answers;
  /** Seconds to wait for another run that changes a host. */
  readonly waitLock?: number;
  /** End it instead. */
  readonly breakLock?: boolean;
  readonly cwd: string;
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
  const options = {
    mode: request.mode,
    tags: request.tags,
    magic: runVariables({
      inventory: sources.inventory,
      playbookDirectory: sources.playbook.directory,
      tags: request.tags,
      ...(limit !== undefined && { limit }),
    }),
    ...(request.answers && { answers: request.answers }),
    hostsOf: sources.hostsOf,
    ...(sources.limit !== undefined && { limit: sources.limit }),
    cwd,
    ...(request.become !== undefined && { become: request.become }),
    ...(request.becomeUser !== undefined && { becomeUser: request.becomeUser }),
    ...(request.forceHandlers === true && { forceHandlers: true }),
  };
  const compiled = compileProgram(sources, options);
  const { only } = request.tags;
  if (only.length > 0 && compiled.plays.length === 0) {
    const tags = `${only.length === 1 ? 'the tag' : 'any of the tags'} ${only.join(', ')}`;
    throw new InputError([{ what: `no task has ${tags}`, advice: 'tsplay run --list-tasks shows the tags' }]);
  }
  const { startAtTask } = request;
  const whole = (): Program => compileProgram(sources, { ...options, tags: { only: ['all', 'never'], skip: [] } });
  const program = startAtTask === undefined ? compiled : startAt(compiled, startAtTask, whole);
  checkFrom(request.from, program);
  return { program, sources };
}

/** What else `compileInventory` may be told. */
interface InventoryChoices {
  readonly limit?: string;
  /** What it is called in words; the limit if absent. */
  readonly noun?: 'pattern' | 'limit';
  readonly extraVars?: readonly string[];
}

/** An inventory by itself, as a Program without plays, and those of its hosts that the limit leaves. @throws InputError with every problem at once */
export async function compileInventory(
  name: string | readonly string[] | undefined,
  cwd: string,
  { limit, noun = 'limit', extraVars = [] }: InventoryChoices = {},
): Promise<{
  readonly program: Program;
  readonly sources: Pick<Sources, 'inventory' | 'extraLayers'>;
  readonly hosts: readonly string[];
}> {
  const note = (): undefined => undefined;
  const { inventory, extra, hosts } = await collectProblems(async report => {
    const found = await readInventory(name, { cwd, report, note });
    const variables = await readExtraVars(extraVars, { cwd, report, note });
    if (found === undefined) return undefined;
    const pattern = limit === undefined ? 'all' : await readLimit(limit, cwd);
    const left = found.hosts.size === 0 ? [] : matchPattern(pattern, found, { noun, at: undefined }, report);
    return { inventory: found, extra: variables, hosts: left };
  });
  const playbook = { file: '', directory: cwd, plays: [] };
  const tags = { only: [], skip: [] };
  const magic = runVariables({ inventory, playbookDirectory: cwd, tags });
  const options = { mode: 'run', tags, magic, hostsOf: () => [], cwd } as const;
  const program = compileProgram({ playbook, inventory, roles: new Map(), modules: new Map(), extra: extra.all }, options);
  return { program, sources: { inventory, extraLayers: extra.layers }, hosts };
}
