// Carrying steps out on one host: all of them in one frame, in order, stopping at the first that fails; the next questions ride along.
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { FactRef, FactSet } from '../../facts/contract.ts';
import { OWED } from '../../facts/owed-handlers.ts';
import { isPlace, resource, type Resource, type ResourceKind } from '../../facts/resource.ts';
import type { Action, PutAction } from '../../modules/actions.ts';
import type { Change, Trial, Wait } from '../../modules/steps.ts';
import type { Command, CommandResult, Session } from '../../session/types.ts';
import { withInput } from '../../util/shell.ts';
import { adviceFor } from './host-trouble.ts';
import { missingWords } from '../reading/missing-tool.ts';
import { outputOf, type Output } from '../state/output.ts';
import { keepOwed } from './owed-handlers.ts';
import { probeFrame } from '../reading/probe-frame.ts';
import { aheadOf, keepAnswers } from '../reading/read-facts.ts';
import type { Engine } from '../state/engine.ts';
import type { HostRun } from '../state/host-run.ts';
import { placeActionScript, spotFor, uploadPlaceOf } from './place-action.ts';
import { copyScript, placeScript, receiveScript, REWRITTEN } from './put-script.ts';
import type { SharedPlace, SharedPlaces } from './shared-place.ts';
import type { Spot } from './spot.ts';
import { Overtaken, takeTurn, turnGuard } from './take-turn.ts';
import { TaskFailure } from '../state/task-failure.ts';
import { bodyBytes, toCommand } from '../reading/to-command.ts';
import { waitScript } from './wait-script.ts';

/** Steps that something happens in. */
export type Deed = Change | Wait | Trial;

/** Bytes up to which a body travels inside the frame. */
const INLINE_BYTES = 64 * 1024;
const RUN_SECONDS = 600;
const PUT_SECONDS = 120;

/** How far it got: the deeds that were done, in order, and the words of the one that failed. */
export interface Performed {
  readonly done: readonly Deed[];
  readonly outputs: readonly Output[];
  readonly failure?: {
    readonly deed: Deed;
    readonly message: string;
    /** The shell is not the one that took the turn; nothing since was done. */
    readonly isTurnLost?: boolean;
    /** Where something was to be written. */
    readonly places?: readonly string[];
  };
}

interface Planned {
  readonly deed: Deed;
  readonly command: Command;
  /** A run action's output goes to `register`. */
  readonly keep: boolean;
  /** Statuses that are success. */
  readonly accept: readonly number[] | 'any';
  /** What is said when it fails, instead of the name of the attribute. */
  readonly words?: string;
  /** Where it writes, when that is not where the deed does. */
  readonly places?: readonly string[];
  /** Told the answer when it is a success. */
  readonly heard?: (output: Output) => void;
  /** Whether it sees to it that the turn is ours. */
  readonly isGuard?: boolean;
}

const NOT_KEPT = 'the host cannot keep in mind which handlers the change notifies, so it was not made';

/**
 * Carries out the deeds and reads the facts in `reread` in the same frame.
 * @throws UnreachableError; TaskFailure when an answer makes no sense
 */
export async function perform(
  engine: Engine,
  host: HostRun,
  user: string | undefined,
  deeds: readonly Deed[],
  reread: readonly FactRef<unknown>[],
  notifies: readonly string[] = [],
  shared: SharedPlaces = new Map(),
): Promise<Performed> {
  stir(engine);
  let session = await engine.sessions.session(host.name, user);
  const planned: Planned[] = [];
  const done: Deed[] = [];
  const outputs: Output[] = [];
  let failure: Performed['failure'];
  const first = deeds.find(deed => deed.kind === 'change');
  const guard = (): readonly Planned[] => {
    const turn = turnGuard(engine, host, user);
    return first === undefined || turn === undefined
      ? []
      : [{ deed: first, command: turn.command, keep: false, accept: [0], heard: turn.heard, isGuard: true }];
  };
  // A body that goes ahead of its frame needs the turn before.
  if (first && deeds.some(isUploaded) && !(await takeTurn(engine, host, user))) throw new Overtaken(host);
  planned.push(...guard());
  const keeping = first && keepOwed(engine, host, user, notifies);
  if (first && keeping)
    planned.push({
      deed: first,
      command: keeping.command,
      keep: false,
      accept: [0],
      words: NOT_KEPT,
      heard: keeping.isKept,
      places: session.user === 'root' ? [OWED.id] : [],
    });
  for (const deed of deeds) {
    for (const action of actionsOf(deed)) {
      if (action.kind === 'reopen') {
        if (planned.every(({ isGuard }) => isGuard)) planned.length = 0;
        failure ??= await flush(false);
        if (failure) break;
        await engine.sessions.renew(host.name);
        host.turns.clear();
        if (!(await takeTurn(engine, host, user))) throw new Overtaken(host);
        session = await engine.sessions.session(host.name, user);
        planned.push(...guard());
      } else {
        planned.push(...(await plan(action, deed, session, engine, shared)));
      }
    }
    if (failure) break;
  }
  failure ??= await flush(true);
  return { done, outputs, ...(failure && { failure }) };

  async function flush(last: boolean): Promise<Performed['failure']> {
    // Whatever becomes of them: what they may touch is not known any more.
    disturb(host, deeds, reread);
    const own = last ? distinct(reread.flatMap(ref => host.facts.missing(ref, user ?? ''))) : [];
    const ahead = last && planned.length > 0 && areSettled(deeds) ? await aheadOf(engine, host, user, own, true) : [];
    const probes = probeFrame([...own, ...ahead], { thorough: engine.options.thorough });
    const commands = [...planned.map(item => item.command), ...probes.commands];
    if (commands.length === 0) {
      if (last) done.push(...deeds.filter(deed => !done.includes(deed)));
      return undefined;
    }
    const results = await session.exchange(commands, engine.kill);
    disturbOthers(engine, deeds);
    const failed = await explained(judge(planned, results, outputs));
    // What was read in the turn of another run does not hold in our own.
    if (last && failed?.isTurnLost !== true) keepAnswers(host, probes.answers(results.slice(planned.length)), new Set(own), user);
    const stopped = failed === undefined ? undefined : deeds.indexOf(failed.deed);
    if ((last || failed) && failed?.isTurnLost !== true) done.push(...deeds.slice(0, stopped).filter(deed => !done.includes(deed)));
    planned.length = 0;
    return failed;
  }

  /** A failure with what the host says about why nothing could be written. */
  async function explained(failed: Performed['failure']): Promise<Performed['failure']> {
    if (failed === undefined) return undefined;
    return { ...failed, message: failed.message + (await adviceFor(session, failed.message, failed.places ?? [], engine.kill)) };
  }
}

/** As long as the task lets a step take. */
function within({ limit }: Engine, seconds: number): number {
  return Math.min(seconds, limit ?? seconds);
}

/** Where a deed writes, as far as it says. */
function placesOf(deed: Deed): readonly string[] {
  const puts = deed.kind === 'change' ? deed.actions.flatMap(action => ('path' in action ? [action.path] : [])) : [];
  const touched = deed.kind === 'trial' ? [] : (deed.touches ?? []).flatMap(found => (isPlace(found) ? [found.id] : []));
  return [...puts, ...touched];
}

/** Whether something of it travels by itself, before the frame. */
function isUploaded(deed: Deed): boolean {
  return deed.kind === 'change' && deed.actions.some(action => action.kind === 'put' && isLarge(action.body));
}

function isLarge(body: PutAction['body']): boolean {
  if (typeof body === 'object' && 'kind' in body) return body.kind !== 'host-file';
  return bodyBytes(body).length > INLINE_BYTES;
}

function distinct(refs: readonly FactRef<unknown>[]): readonly FactRef<unknown>[] {
  return [...new Map(refs.map(ref => [ref.key, ref])).values()];
}

function actionsOf(deed: Deed): readonly (Action | { readonly kind: 'wait'; readonly wait: Wait })[] {
  if (deed.kind === 'change') return deed.actions;
  return deed.kind === 'trial' ? [deed.action] : [{ kind: 'wait', wait: deed }];
}

async function plan(
  action: Exclude<ReturnType<typeof actionsOf>[number], { kind: 'reopen' }>,
  deed: Deed,
  session: Session,
  engine: Engine,
  shared: SharedPlaces,
): Promise<readonly Planned[]> {
  switch (action.kind) {
    case 'run': {
      const accept = action.accept ?? [0];
      const guards = accept === 'any' ? {} : { guards: accept };
      return [
        {
          deed,
          command: toCommand(action.command, within(engine, action.timeout ?? RUN_SECONDS), { onlyIfOk: true, ...guards }),
          keep: true,
          accept,
        },
      ];
    }
    case 'put':
      return planPut(action, deed, session, engine, shared.get(action.path));
    case 'make':
    case 'alter':
    case 'remove': {
      const script = placeActionScript(action, shared.get(action.path));
      return [{ deed, command: toCommand(script, RUN_SECONDS, { onlyIfOk: true, guards: [0] }), keep: false, accept: [0] }];
    }
    case 'wait': {
      const { env } = action.wait.until;
      const script = env === undefined ? waitScript(action.wait) : withInput(waitScript(action.wait), { env });
      const command = toCommand(script, within(engine, action.wait.deadline + 60), { onlyIfOk: true, guards: [0] });
      return [{ deed, command, keep: false, accept: [0] }];
    }
  }
}

async function planPut(
  action: PutAction,
  deed: Deed,
  session: Session,
  engine: Engine,
  shared: SharedPlace | undefined,
): Promise<readonly Planned[]> {
  const spot = spotFor(action.path, shared);
  const options = { onlyIfOk: true, guards: [0] };
  const heard = ({ stdout }: Output): void => {
    if (!stdout.includes(REWRITTEN)) return;
    const text = `${session.host}: ${action.path} is mounted from elsewhere and cannot be replaced: it was rewritten in place`;
    engine.emit({ kind: 'note', level: 'warning', text });
  };
  const place: Planned = {
    deed,
    command: toCommand(placeScript(action, spot), PUT_SECONDS, options),
    keep: false,
    accept: [0],
    heard,
  };
  const { body } = action;
  if (typeof body === 'object' && 'kind' in body) {
    if (body.kind === 'host-file') {
      return [{ deed, command: toCommand(copyScript(body.path, spot), RUN_SECONDS, options), keep: false, accept: [0] }, place];
    }
    await upload(session, action, spot, createReadStream(body.path), body.size, engine);
    return [place];
  }
  const bytes = bodyBytes(body);
  if (isLarge(body)) {
    await upload(session, action, spot, Readable.from([bytes]), bytes.length, engine);
    return [place];
  }
  return [
    { deed, command: toCommand(withInput(receiveScript(spot), { stdin: bytes }), PUT_SECONDS, options), keep: false, accept: [0] },
    place,
  ];
}

async function upload(session: Session, { path }: PutAction, spot: Spot, body: Readable, size: number, engine: Engine): Promise<void> {
  try {
    await session.upload(uploadPlaceOf(spot), body, size, engine.kill);
  } catch (error) {
    if (error instanceof Error && error.name === 'UnreachableError') throw error;
    const words = error instanceof Error ? error.message : String(error);
    const message = words.replace(`${session.host}: `, '').replaceAll(spot.temporary, path);
    throw new TaskFailure(message + missingWords(words) + (await adviceFor(session, message, [path], engine.kill)));
  }
}

function judge(planned: readonly Planned[], results: readonly CommandResult[], outputs: Output[]): Performed['failure'] {
  for (const [index, item] of planned.entries()) {
    const result = results[index];
    if (result === undefined || result.outcome === 'not-run') continue;
    const output = outputOf(result);
    if (item.keep) outputs.push(output);
    const message = problemOf(item, result, output);
    if (message !== undefined) {
      return { deed: item.deed, message, places: item.places ?? placesOf(item.deed), ...(item.isGuard === true && { isTurnLost: true }) };
    }
    item.heard?.(output);
  }
  return undefined;
}

function problemOf(item: Planned, result: CommandResult, output: Output): string | undefined {
  if (result.outcome === 'timed-out') return `still running after ${item.command.timeout / 1000} s, ended${tail(output)}`;
  if (result.outcome === 'refused') return `${item.deed.kind === 'change' ? `${item.deed.attribute}: ` : ''}${output.stderr}`;
  const accepted = item.accept === 'any' || item.accept.includes(result.status);
  if (item.deed.kind === 'trial') return item.deed.judge(output);
  if (accepted) return undefined;
  if (item.deed.kind === 'wait') return `waited ${item.deed.deadline} s in vain for: ${item.deed.for}${tail(output)}`;
  return endedWords(item.words ?? item.deed.attribute, output);
}

/** What is said of a change whose command ended otherwise than it should. */
export function endedWords(attribute: string, output: Output): string {
  return `${attribute}: the command ended with status ${output.status}${tail(output)}${missingWords(output.stderr)}`;
}

/** The last lines a command printed: stderr, or stdout when that is silent. */
function tail(output: Output): string {
  const text = output.stderr.trim() === '' ? output.stdout.trim() : output.stderr.trim();
  return text === '' ? '' : `: ${text.split('\n').slice(-8).join('\n')}`;
}

/** Everything that deeds promise. */
export function setsOf(deeds: readonly Deed[]): readonly FactSet[] {
  return deeds.flatMap(deed => (deed.kind === 'trial' ? [] : deed.sets));
}

/** What can be touched without anything else happening. */
const QUIET: ReadonlySet<ResourceKind> = new Set(['path', 'tree', 'attributes', 'user', 'group', 'sysctl', 'mount']);

/** From the first change on, what was read before its turn and shows what hosts do to each other is read again in its turn. */
function stir({ ahead, hosts }: Engine): void {
  if (ahead === undefined || ahead.isStirred()) return;
  ahead.stir();
  for (const host of hosts.values()) host.facts.disturb([resource.cluster('*'), ANY_PORT]);
}

/** Whether all has happened when the commands have ended. A program that was started, or is waited for, goes on: what it makes shows later. */
export function areSettled(deeds: readonly Deed[]): boolean {
  return deeds.every(deed => deed.kind === 'change' && deed.touches.every(({ kind }) => QUIET.has(kind) || kind === 'package'));
}

const ANY_PORT: Resource = Object.freeze({ kind: 'port', id: '*' });

/** What deeds may touch, and what is read after them, is not known any more. */
function disturb(host: HostRun, deeds: readonly Deed[], reread: readonly FactRef<unknown>[]): void {
  const touches = deeds.flatMap(deed =>
    deed.kind === 'trial' ? [] : [...(deed.touches ?? []), ...('empties' in deed ? (deed.empties ?? []) : [])],
  );
  const refs = [...reread, ...setsOf(deeds).map(set => set.ref)];
  // What a package brings, or a program does that was started or waited for, is anybody's guess: all is looked at again.
  const isVague = deeds.some(deed => deed.kind !== 'change') || touches.some(touch => !QUIET.has(touch.kind));
  // What a member does shows in what is said of its cluster.
  const cluster = deeds.some(deed => deed.on !== undefined) ? [resource.cluster('*')] : [];
  host.facts.disturb([...touches, ...cluster, ...(isVague ? [resource.anything] : [])], refs);
}

/** What deeds promise of other hosts was not so when those were asked last. */
function disturbOthers({ hosts }: Engine, deeds: readonly Deed[]): void {
  for (const { ref } of setsOf(deeds)) if (ref.host !== undefined) hosts.get(ref.host)?.facts.disturb([], [ref]);
}
