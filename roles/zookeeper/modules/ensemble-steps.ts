// The steps that change an ensemble: starting members together, and restarting with the gate behind it.
import { change, resource, run, sh, unitState } from '../../../src/index.ts';
import type { Resource, Step } from '../../../src/index.ts';
import { ENSEMBLE, serverState } from '../facts/server-state.ts';
import { startedWith } from '../facts/started-with.ts';
import { differenceOfStarts } from './difference.ts';
import type { Present } from './ensemble-view.ts';
import { waitForQuorum } from './in-quorum.ts';
import type { Gate } from './in-quorum.ts';

/** What the steps need beside the members. */
export interface Roll extends Gate {
  /** Where the unit's start records what it was started with. */
  readonly record: string;
}

/** Starts the stopped members, all before the first wait: a quorum needs a majority of them. */
export function startTogether(stopped: readonly Present[], present: readonly Present[], roll: Roll): readonly Step[] {
  const starts = stopped.map(member =>
    change('running', false, true, {
      actions: [run(sh`systemctl reset-failed -- ${roll.unit} 2>/dev/null; systemctl start -- ${roll.unit}`)],
      ...afterStart(member, roll),
    }),
  );
  return [...starts, ...waitForAll(present, roll, heirOf(present))];
}

/** Restarts members and waits until the whole ensemble is as it should be again. */
export function restart(chosen: readonly Present[], present: readonly Present[], roll: Roll): readonly Step[] {
  const restarts = chosen.map(member => {
    const { from, to } = differenceOfStarts(member.started, member.now);
    return change('started with', from, to, {
      actions: [run(sh`systemctl reset-failed -- ${roll.unit} 2>/dev/null; systemctl restart -- ${roll.unit}`)],
      ...afterStart(member, roll),
    });
  });
  const others = present.filter(member => !chosen.includes(member));
  return [...restarts, ...waitForAll([...chosen, ...others], roll, heirOf(others) ?? heirOf(chosen))];
}

/** Waits for each of them to be in the quorum. */
export function waitForAll(members: readonly Present[], roll: Roll, heir: Present | undefined): readonly Step[] {
  return members.map(({ name }) => waitForQuorum(name, roll, name === heir?.name));
}

/** Who leads, or would: servers with the same data elect the one with the highest id. */
export function heirOf(members: readonly Present[]): Present | undefined {
  return members.find(({ server }) => server.mode === 'leader') ?? members.at(-1);
}

function afterStart({ name, now }: Present, { unit, record, ask }: Roll) {
  const touches: readonly Resource[] = [resource.unit(unit), resource.path(record), resource.port(ask.port), ENSEMBLE];
  const silent = serverState(ask).with({ mode: 'none', synced: null }, `${name} serves nobody while it starts`);
  return { sets: [unitState({ unit }).with({ active: 'active' }), startedWith({ record }).becomes(now), silent], touches, on: name };
}
