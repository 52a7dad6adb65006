// A run read again from its file. What was cut off, or is not ours, is passed over.
import type { Event } from '../report/events.ts';
import { readOwnFile } from '../util/own-files.ts';
import { isMap } from '../util/value.ts';
import { JOURNAL_SCHEMA, type KeptRun, type RunHead } from './types.ts';

/** The kinds of events that can be told again. */
const KINDS: Readonly<Record<Event['kind'], true>> = {
  'run-started': true,
  'play-started': true,
  'task-started': true,
  roll: true,
  waiting: true,
  change: true,
  proof: true,
  notified: true,
  'task-result': true,
  'host-lost': true,
  note: true,
  interrupted: true,
  'run-finished': true,
};

/** The run in a file of the journal; undefined where there is none that can be read. */
export function readRun(path: string): KeptRun | undefined {
  try {
    return parseRun(readOwnFile(path).content.toString());
  } catch {
    return undefined;
  }
}

/** A run by the text of its file; undefined when that does not begin like one. */
export function parseRun(text: string): KeptRun | undefined {
  // What follows the last end of a line was cut off, or is being written.
  const [first = '', ...lines] = text.split('\n').slice(0, -1);
  const head = parseLine(first);
  if (!isHead(head)) return undefined;
  const events = lines.map(parseLine).filter(isEvent);
  return { head, events, lost: lines.length - events.length };
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function isHead(value: unknown): value is RunHead {
  if (!isMap(value) || value['schema'] !== JOURNAL_SCHEMA || !isMap(value['process'])) return false;
  return ['id', 'command', 'by', 'since', 'cwd'].every(name => typeof value[name] === 'string');
}

function isEvent(value: unknown): value is Event {
  return isMap(value) && typeof value['kind'] === 'string' && Object.hasOwn(KINDS, value['kind']);
}
