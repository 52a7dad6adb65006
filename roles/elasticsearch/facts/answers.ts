// What a probe was told over HTTP, answer by answer, and what Elasticsearch says when it says no.
import type { ProbeOutput } from '../../../src/index.ts';

/** One answer. */
export interface Answer {
  /** 0 when nobody answered. */
  readonly status: number;
  readonly body: string;
}

const NOBODY: Answer = { status: 0, body: 'nobody answers' };

/** The answer that was told under a name. */
export function answerTo({ stdout }: ProbeOutput, name: string): Answer {
  const found = new RegExp(`^== ${name} (\\d+)\\n([^]*?)(?=^== \\w+ \\d+$|(?![^]))`, 'm').exec(stdout);
  return found === null ? NOBODY : { status: Number(found[1]), body: (found[2] ?? '').trim() };
}

/** Why an answer is none; empty for one that is. */
export function refusalIn({ status, body }: Answer): string {
  if (status >= 200 && status < 300) return '';
  if (status === 0) return body === '' ? 'nobody answers' : body;
  const error = objectIn(objectIn(parsed(body))['error']);
  const reason = error['reason'] ?? error['type'] ?? objectIn(parsed(body))['error'];
  return `${status}${typeof reason === 'string' ? ` ${reason}` : ''}`;
}

/** JSON, or undefined for what is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** A map of what was sent, empty where it is none. */
export function objectIn(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

export function textIn(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A map without one of its names. */
export function without<V>(map: Readonly<Record<string, V>>, name: string): Readonly<Record<string, V>> {
  return Object.fromEntries(Object.entries(map).filter(([key]) => key !== name));
}
