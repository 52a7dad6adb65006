// A task that is tried again until its result is as it should be.
import { resource } from '../../facts/resource.ts';
import type { Node } from '../../program/types.ts';
import { Unknown } from '../../util/unknown.ts';
import { isMap } from '../../util/value.ts';
import { isCheck } from '../state/engine.ts';
import { holdAll } from '../values/hold.ts';
import type { HostTurn } from './host-turn.ts';
import { assuming, named, type Judged } from './judge-outcome.ts';
import { pause } from './pause.ts';
import { evaluateOn, type TaskSurroundings } from '../values/scopes.ts';
import { TaskFailure } from '../state/task-failure.ts';

/** Has a task try until what it waits for holds. A dry run tries once, and takes for granted that it comes to hold. */
export async function tryUntil(turn: HostTurn, around: TaskSurroundings, once: () => Promise<Judged>): Promise<Judged> {
  const { engine, host, slot, spec } = turn;
  const { retry } = spec;
  if (retry === undefined) return once();
  const retries = await numberOf(turn, around, retry.retries, 'retries');
  const delay = await numberOf(turn, around, retry.delay, 'delay');
  // Without retries nothing is asked, as Ansible has it.
  if (retries === 0) return once();
  const words = retry.until.length === 0 ? 'it succeeds' : retry.until.map(({ text }) => text).join(' and ');
  for (let attempt = 1; ; attempt += 1) {
    const judged = counted(await once(), attempt);
    const { status, mayPass } = judged.outcome;
    // What is refused is refused.
    if (status === 'unknown' || (status === 'failed' && mayPass !== true)) return judged;
    const holds =
      retry.until.length === 0 ? status !== 'failed' || 'it succeeds' : await holdAll(turn, named(turn, around, judged), retry.until);
    if (isCheck(engine)) return holds === true ? judged : foretold(judged, words, holds);
    if (holds === true) return judged;
    if (attempt > retries) return exhausted(judged, retries, words);
    engine.emit({ kind: 'waiting', task: slot.ref, host: host.name, for: `${words} (attempt ${attempt} of ${retries + 1})` });
    if (!(await pause(delay, engine.stop))) throw new TaskFailure(`interrupted while it waited for: ${words}`);
    // Whatever it waits for is nothing that this run does.
    host.facts.disturb([resource.anything]);
  }
}

async function numberOf(turn: HostTurn, around: TaskSurroundings, node: Node, word: string): Promise<number> {
  const value = await evaluateOn(turn, around, node);
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (value instanceof Unknown) return 1;
  if (typeof number !== 'number' || !(number >= 0)) throw new TaskFailure(`${word} is a number, got ${JSON.stringify(value)}`);
  return number;
}

function foretold(judged: Judged, words: string, holds: string | Unknown): Judged {
  if (judged.outcome.status === 'failed') return judged;
  const because = holds instanceof Unknown ? holds.because : [`it waits for: ${words}`];
  return { outcome: assuming(judged, `it comes to hold: ${words}`).outcome, value: new Unknown(because) };
}

function counted({ outcome, value }: Judged, attempts: number): Judged {
  return { outcome, value: isMap(value) ? { ...value, attempts } : value };
}

function exhausted({ outcome, value }: Judged, attempts: number, words: string): Judged {
  const message = `tried ${attempts + 1} times in vain for: ${words}${outcome.message === undefined ? '' : `; ${outcome.message}`}`;
  return {
    outcome: { ...outcome, status: 'failed', message, mayPass: true },
    value: isMap(value) ? { ...value, failed: true, attempts, msg: message } : value,
  };
}
