// What a run came to, by its events alone: how it ended, and what it counted up to there.
import type { Event } from '../report/events.ts';
import { foldRecap } from '../report/recap.ts';
import { whereabouts } from './process-mark.ts';
import type { KeptRun, RunHead, RunOutline, RunStanding } from './types.ts';

/** The outline of a run; undefined when it had not begun. */
export function outlineOf({ head, events }: KeptRun): RunOutline | undefined {
  const started = events.find(event => event.kind === 'run-started');
  if (started === undefined) return undefined;
  const finish = finishOf(events);
  return {
    head,
    started,
    standing: finish === undefined ? withoutEnd(head) : { kind: 'ended', exitCode: finish.exitCode },
    recap: finish?.recap ?? foldRecap(started.hosts, events),
    isCutShort: finish === undefined || finish.notDone.length > 0,
  };
}

function finishOf(events: readonly Event[]): Extract<Event, { kind: 'run-finished' }> | undefined {
  const last = events.at(-1);
  return last?.kind === 'run-finished' ? last : undefined;
}

function withoutEnd({ process }: RunHead): RunStanding {
  switch (whereabouts(process)) {
    case 'here':
      return { kind: 'running' };
    case 'gone':
      return { kind: 'killed' };
    case 'elsewhere':
      return { kind: 'elsewhere' };
  }
}
