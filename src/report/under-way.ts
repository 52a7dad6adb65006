// What is under way: a fold of events into the tasks that have begun on a host and have not ended there.
import type { Event } from './events.ts';

/** A task on a host. */
export interface Turn {
  readonly host: string;
  readonly task: string;
}

/** Hears of events one by one; can be asked at any time. */
export interface UnderWay {
  hear(event: Event): void;
  turns(): readonly Turn[];
}

/** Begins with nothing under way. */
export function followTurns(): UnderWay {
  const running = new Map<string, Turn>();
  return {
    hear(event) {
      if (event.kind === 'task-started')
        for (const host of event.hosts) running.set(`${host} ${event.task.id}`, { host, task: event.task.name });
      if (event.kind === 'task-result') running.delete(`${event.host} ${event.task.id}`);
    },
    turns: () => [...running.values()],
  };
}
