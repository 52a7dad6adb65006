// What the author of a task says of its result: when it has changed something, and when it has failed. In this order, as Ansible does.
import { Unknown } from '../../util/unknown.ts';
import { isMap, type Value } from '../../util/value.ts';
import { holdAll } from '../values/hold.ts';
import type { HostTurn } from './host-turn.ts';
import type { Outcome } from '../state/outcome.ts';
import { registeredValue } from '../values/registered.ts';
import type { TaskSurroundings } from '../values/scopes.ts';

/** An outcome, and what `register` gets of it. */
export interface Judged {
  readonly outcome: Outcome;
  readonly value: Value;
}

/** Judges what a module has done. A failure that has nothing to do with its result stays one. @throws InputError */
export async function judgeOutcome(turn: HostTurn, around: TaskSurroundings, outcome: Outcome): Promise<Judged> {
  const { changedWhen, failedWhen } = turn.spec;
  let judged: Judged = { outcome, value: registeredValue(outcome) };
  if (outcome.status === 'unknown' || (outcome.status === 'failed' && outcome.mayPass !== true)) return judged;
  if (changedWhen !== undefined && outcome.status !== 'failed')
    judged = changed(judged, await holdAll(turn, named(turn, around, judged), changedWhen));
  if (failedWhen === undefined) return judged;
  const fails = await holdAll(turn, named(turn, around, judged), failedWhen);
  if (fails instanceof Unknown) return assuming(judged, `failed_when does not hold: ${fails.because.join('; ')}`);
  if (fails === true) return failed(judged, `failed_when holds: ${failedWhen.map(({ text }) => text).join(' and ')}`);
  if (outcome.status !== 'failed') return told(judged, { failed_when_result: false });
  // What failed is taken for done.
  const changes = outcome.attempted === undefined ? outcome.changes : [...outcome.changes, outcome.attempted];
  const { assumes, because, result, variables } = outcome;
  const passed = told(
    { outcome: { status: changes.length > 0 ? 'changed' : 'ok', changes, assumes, because, result, variables }, value: judged.value },
    {
      failed: false,
      changed: changes.length > 0,
      failed_when_result: false,
    },
  );
  return changedWhen === undefined ? passed : changed(passed, await holdAll(turn, named(turn, around, passed), changedWhen));
}

/** The result goes by its name before anything else sees it. */
export function named({ spec: { register } }: HostTurn, around: TaskSurroundings, { value }: Judged): TaskSurroundings {
  return register === undefined ? around : { ...around, extraValues: { ...around.extraValues, [register]: value } };
}

function changed(judged: Judged, holds: true | string | Unknown): Judged {
  const { outcome } = judged;
  if (!(holds instanceof Unknown))
    return told({ outcome: { ...outcome, status: holds === true ? 'changed' : 'ok' }, value: judged.value }, { changed: holds === true });
  const { because } = holds;
  return told(
    { outcome: { ...outcome, status: 'unknown', because, message: because.join('; ') }, value: judged.value },
    { changed: holds },
  );
}

function failed({ outcome, value }: Judged, words: string): Judged {
  const message = outcome.message === undefined ? words : `${words}; ${outcome.message}`;
  return told(
    { outcome: { ...outcome, status: 'failed', message, mayPass: true }, value },
    { failed: true, failed_when_result: true, msg: message },
  );
}

/** What a dry run takes for granted of the run. */
export function assuming({ outcome, value }: Judged, text: string): Judged {
  return { outcome: { ...outcome, assumes: [...outcome.assumes, text] }, value };
}

function told({ outcome, value }: Judged, more: Readonly<Record<string, Value>>): Judged {
  return { outcome, value: isMap(value) ? { ...value, ...more } : value };
}
