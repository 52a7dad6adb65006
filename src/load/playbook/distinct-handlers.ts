// Handlers are found by their names: two of the same name in one place are one too many.
import { playbookProblems } from '../messages/playbook.ts';
import type { Report } from '../report.ts';
import type { NodeSource } from '../types.ts';

/** The same handlers; names that are there twice are reported. */
export function distinctHandlers(handlers: readonly NodeSource[], report: Report): readonly NodeSource[] {
  const first = new Map<string, NodeSource>();
  for (const handler of handlers) {
    const other = first.get(handler.name);
    if (other) report(playbookProblems['handler-twice'](handler.at, handler.name, other.at.line));
    else first.set(handler.name, handler);
  }
  return handlers;
}
