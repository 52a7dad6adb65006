// A plan as the events of the dry run it was made by: what `tsplay show` gives to the reporters.
import type { Event, TaskRef } from '../report/events.ts';
import { foldRecap } from '../report/recap.ts';
import { EXIT } from '../errors/errors.ts';
import { decode } from './encode.ts';
import type { Plan, PlanTask } from './types.ts';

/** The events, in order. Secrets print as `***`. */
export function replayPlan(plan: Plan): readonly Event[] {
  const hosts = plan.hosts.map(host => host.name);
  const { playbook, inventory = '' } = plan.request;
  const results = plan.tasks.flatMap(eventsOf);
  return [
    { kind: 'run-started', playbook, inventory: [inventory].flat().join(' and '), mode: 'check', hosts, tasks: plan.tasks.length },
    ...results,
    {
      kind: 'run-finished',
      recap: foldRecap(hosts, results),
      exitCode: EXIT.ok,
      milliseconds: 0,
      wire: { roundTrips: 0, uploads: 0, connects: 0 },
      notDone: [],
    },
  ];
}

function eventsOf({ id, name, module, role, at, handler, turns }: PlanTask): readonly Event[] {
  const task: TaskRef = { id, name, module, handler, ...(role !== undefined && { role }), ...(at && { at }) };
  return [
    { kind: 'task-started', task, hosts: [...new Set(turns.map(turn => turn.host))] },
    ...turns.map(({ host, item, index, status, changes, assumes, message }): Event => ({
      kind: 'task-result',
      task,
      host,
      ...(item !== undefined && { item }),
      ...(index !== undefined && { index }),
      status,
      changes: changes.map(change => ({ ...change, from: decode(change.from, []), to: decode(change.to, []) })),
      assumes,
      ...(message !== undefined && { message }),
      ignored: false,
      milliseconds: 0,
    })),
  ];
}
