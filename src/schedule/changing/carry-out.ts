// Deeds of one host: carried out in a run, foretold in a dry run, and said as they happen. The same for a host's module and a cluster's.
import type { FactRef } from '../../facts/contract.ts';
import type { Change } from '../../modules/steps.ts';
import type { TaskSlot } from '../../program/types.ts';
import type { ChangeRecord } from '../../report/events.ts';
import { describeTask, isCheck, type Engine } from '../state/engine.ts';
import { foretell } from './foretell.ts';
import type { HostRun } from '../state/host-run.ts';
import { lookAhead } from './look-ahead.ts';
import { areSettled, perform, setsOf, type Deed, type Performed } from './perform.ts';
import { prove } from './prove.ts';
import { previewChange, type Printed } from './ran.ts';
import { recordOf } from './records.ts';
import { guardPlaces } from './root-ways.ts';
import { Overtaken, takeTurn } from './take-turn.ts';
import { TaskFailure } from '../state/task-failure.ts';

/** Whose deeds they are, and where what comes of them is kept. */
export interface Errand {
  readonly engine: Engine;
  readonly slot: TaskSlot;
  readonly host: HostRun;
  /** The host that it is for, where that is another one. */
  readonly owner?: string;
  /** Whom to become. */
  readonly user: string | undefined;
  /** Told every change that was made or foretold. */
  readonly changed: (record: ChangeRecord) => void;
  /** Told what a foretold change rests on. */
  readonly assume: (text: string) => void;
  readonly outputs: Printed[];
  /** Handlers that a change notifies, by id. */
  readonly notifies: readonly string[];
  /** Which item of a loop, from 0. */
  readonly index?: number | undefined;
  /** The host's takeovers when it was read; absent where whoever reads looks after that. */
  readonly seen?: number;
}

/**
 * Carries deeds out in order.
 * @param reread facts that are read in the same frame
 * @throws TaskFailure when one fails; what was done before it has been told
 */
export async function carryOut(errand: Errand, deeds: readonly Deed[], reread: readonly FactRef<unknown>[]): Promise<void> {
  const { engine, slot, host, user } = errand;
  const shared = await guardPlaces(engine, slot, host, user, deeds);
  const owner = errand.owner ?? host.name;
  const records = new Map<Deed, ChangeRecord>();
  for (const deed of deeds) if (deed.kind === 'change') records.set(deed, await recordOf(engine, host, user, deed));
  for (const record of records.values()) refuseUnapproved(errand, record);
  const note = (deed: Deed): void => {
    const record = records.get(deed);
    if (record === undefined) return;
    errand.changed(record);
    engine.emit({ kind: 'change', task: slot.ref, host: owner, change: record });
  };
  if (isCheck(engine)) {
    for (const deed of deeds) {
      if (deed.kind === 'change') await lookInto(errand, deed);
      if (deed.kind !== 'trial') await foretell(engine, host, user, deed, describeTask(slot));
      note(deed);
    }
    return;
  }
  for (const deed of deeds) if (deed.kind === 'wait') engine.emit({ kind: 'waiting', task: slot.ref, host: owner, for: deed.for });
  // What is to be proved is read in the same frame, where it can show by then.
  const promised = engine.options.prove && areSettled(deeds) ? setsOf(deeds).map(set => set.ref) : [];
  const own = promised.filter(ref => ref.host === undefined || ref.host === host.name);
  const attempt = (): Promise<Performed> => perform(engine, host, user, deeds, [...reread, ...own], errand.notifies, shared);
  if (deeds.some(({ kind }) => kind === 'change')) {
    if (owner === host.name) await engine.group?.take(engine, host, user);
    if (errand.seen !== undefined && errand.seen !== host.takeovers) throw new Overtaken(host);
  }
  let performed = await attempt();
  if (performed.failure?.isTurnLost === true && performed.done.length === 0) {
    host.turns.clear();
    if (!(await takeTurn(engine, host, user))) throw new Overtaken(host);
    performed = await attempt();
  }
  errand.outputs.push(...performed.outputs);
  performed.done.forEach(note);
  for (const deed of performed.done)
    if (deed.kind === 'trial') engine.emit({ kind: 'proof', task: slot.ref, host: owner, text: deed.proves });
  if (performed.failure) {
    const { deed, message, isTurnLost } = performed.failure;
    throw new TaskFailure(message, host.name, { mayPass: isTurnLost !== true && isOwnProgram(deed), attempted: records.get(deed) });
  }
  if (engine.options.prove) await prove(engine, host, user, performed.done);
}

/** Whether it is a program of the author's: only that can have ended well in its author's eyes. */
function isOwnProgram(deed: Deed): boolean {
  return deed.kind === 'change' && deed.actions.every(action => action.kind === 'run');
}

/** What can be said of a change before it is foretold: whether it would be refused, and what its commands would print. */
async function lookInto({ engine, host, user, assume, outputs }: Errand, deed: Change): Promise<void> {
  (await lookAhead(engine, host, user, deed)).forEach(assume);
  outputs.push(...(await previewChange(engine, host, user, deed, assume)));
}

/** @throws TaskFailure for a change that the run is not to make; none of this answer has been made then */
function refuseUnapproved({ engine, slot, host, owner = host.name, index }: Errand, record: ChangeRecord): void {
  const refusal = engine.approval?.({ host: owner, task: slot.ref, ...(index !== undefined && { index }) }, record);
  if (refusal !== undefined) throw new TaskFailure(refusal, host.name);
}
