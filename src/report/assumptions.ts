// What foretold changes rest on, said once: the next who rests on the same is referred to the task where it stands.
import type { TaskRef } from './events.ts';

/** What is said of the assumptions of one result. */
export interface AssumptionWords {
  /** Beside the status, when there is little to say. */
  readonly beside: string | undefined;
  /** Beneath it. */
  readonly beneath: readonly string[];
}

/** Remembers what stands on the page. */
export interface Assumptions {
  /** @param isWhole names all of them, however many */
  words(task: TaskRef, assumes: readonly string[], isWhole: boolean): AssumptionWords;
}

/** Up to this length one assumption stands beside the status. */
const SHORT = 100;
/** More than these are counted. */
const LINES = 6;

/** Begins with nothing said. */
export function rememberAssumptions(): Assumptions {
  /** The task beneath which each was said. */
  const said = new Map<string, TaskRef>();
  return {
    words(task, assumes, isWhole) {
      const news = assumes.filter(text => !said.has(text));
      const places = [...new Set(assumes.flatMap(text => said.get(text) ?? []))];
      for (const text of news) said.set(text, task);
      const reference =
        places.length === 0 ? [] : [`(assumes ${news.length > 0 ? 'also ' : ''}the same as ${placesInWords(places, task)})`];
      if (news.length + reference.length <= 1) {
        const only = news[0] === undefined ? reference[0] : `(assumes ${news[0]})`;
        if (only !== undefined && only.length <= SHORT) return { beside: only, beneath: [] };
      }
      const shown = isWhole || news.length <= LINES ? news : news.slice(0, LINES - 1);
      const left = news.length - shown.length;
      const lines = shown.map(text => `(assumes ${text})`);
      return {
        beside: undefined,
        beneath: [...lines, ...(left > 0 ? [`(assumes ${left} things more: -v names them)`] : []), ...reference],
      };
    },
  };
}

function placesInWords(places: readonly TaskRef[], here: TaskRef): string {
  const others = places.filter(place => place.id !== here.id).map(place => JSON.stringify(place.name));
  const shown = others.length > 3 ? [...others.slice(0, 2), `${others.length - 2} more tasks`] : others;
  const names = shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}` : (shown[0] ?? '');
  return names === '' ? 'above' : `${names} above`;
}
