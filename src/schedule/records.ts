// Changes as they are reported, with their diff when a person asked for it.
import type { Change } from '../modules/steps.ts';
import type { ChangeRecord } from '../report/events.ts';
import { unifiedDiff } from '../report/diff.ts';
import { Secret } from '../util/secret.ts';
import { Unknown } from '../util/unknown.ts';
import type { Engine } from './engine.ts';
import type { HostRun } from './host-run.ts';
import { readFacts } from './read-facts.ts';

/** The record of a change that is about to be made or foretold; reads the text before it when `--diff` asks. */
export async function recordOf(engine: Engine, host: HostRun, user: string | undefined, change: Change): Promise<ChangeRecord> {
  const plain: ChangeRecord = { attribute: change.attribute, from: change.from, to: change.to };
  if (!engine.options.diff || change.diff === undefined) return plain;
  const { before, after, path } = change.diff;
  if ((after as unknown) instanceof Secret || change.to instanceof Secret) return plain;
  await readFacts(engine, [{ ref: before, host }], user);
  const text = host.facts.peek(before, user ?? '')?.value;
  if (text instanceof Unknown) return plain;
  return { ...plain, diff: unifiedDiff({ path, before: typeof text === 'string' ? text : '', after }) };
}
