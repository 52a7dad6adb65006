// Whether two runs are the same run: every event but times, round trips and what a cluster decides by itself, such as who leads.
import type { Event } from '../../../src/report/events.ts';
import type { LabRun } from './lab-inventory.ts';

/** In words: what one run told and the other did not. Hosts go side by side, so the order between them is no part of it. */
export function differencesBetween(one: LabRun, other: LabRun, [first, second]: readonly [string, string]): readonly string[] {
  const [left, right] = [one, other].map(run => run.events.flatMap(linesOf).sort());
  return [...missingIn(left, right, first), ...missingIn(right, left, second)];
}

function missingIn(all: readonly string[] = [], among: readonly string[] = [], who: string): readonly string[] {
  const left = [...among];
  return all.flatMap(line => {
    const at = left.indexOf(line);
    if (at < 0) return [`only ${who}: ${line}`];
    left.splice(at, 1);
    return [];
  });
}

function linesOf(event: Event): readonly string[] {
  switch (event.kind) {
    case 'play-started':
      return [`play ${event.play} ${event.hosts.join(' ')}`];
    case 'task-started':
      return [`begun ${event.task.id} ${event.task.name}: ${event.hosts.join(' ')}`];
    case 'change':
      return [`changing ${event.host} ${event.task.id}: ${event.change.attribute} ${JSON.stringify(event.change.to)}`];
    case 'task-result': {
      const changes = event.changes.map(({ attribute, from, to }) => `${attribute} ${JSON.stringify(from)} -> ${JSON.stringify(to)}`);
      return [`${event.host} ${event.task.id} ${event.item ?? ''} ${event.status}: ${changes.join(', ')}`];
    }
    case 'notified':
      return [`notified ${event.host} ${event.handler}`];
    case 'waiting':
      return [`waiting ${event.host} ${event.task.id}: ${event.for}`];
    case 'run-finished':
      return [`ended with ${event.exitCode}: ${JSON.stringify(event.recap)}`];
    case 'run-started':
    case 'roll':
    case 'proof':
    case 'host-lost':
    case 'note':
    case 'interrupted':
      return [];
  }
}
