// Changes as they are reported, with their diff when a person asked for it.
import { promises as files } from 'node:fs';
import { fileDigest } from '../../facts/file/digest.ts';
import { fileText, TEXT_LIMIT } from '../../facts/file/text.ts';
import type { FactRef } from '../../facts/contract.ts';
import type { Change } from '../../modules/steps.ts';
import type { ChangeRecord } from '../../report/events.ts';
import { unifiedDiff, type DiffSide } from '../../report/diff.ts';
import { Secret } from '../../util/secret.ts';
import { Unknown } from '../../util/unknown.ts';
import type { Engine } from '../state/engine.ts';
import type { HostRun } from '../state/host-run.ts';
import { readFacts } from '../reading/read-facts.ts';

type Diff = NonNullable<Change['diff']>;

/** The record of a change that is about to be made or foretold; reads what stands there before it when `--diff` asks. */
export async function recordOf(engine: Engine, host: HostRun, user: string | undefined, change: Change): Promise<ChangeRecord> {
  const plain: ChangeRecord = { attribute: change.attribute, from: change.from, to: change.to };
  const { diff } = change;
  if (!engine.options.diff || diff === undefined || (diff.after as unknown) instanceof Secret || change.to instanceof Secret) return plain;
  const read = async <V>(ref: FactRef<V>): Promise<V | undefined> => {
    await readFacts(engine, [{ ref, host }], user);
    const value = host.facts.peek(ref, user ?? '')?.value;
    return value instanceof Unknown ? undefined : (value as V | undefined);
  };
  const before = diff.size === null ? null : await contentOf(read, diff.path, diff.size, diff.before);
  const after = await contentAfter(read, change, diff);
  if (before === undefined || after === undefined) return plain;
  // Before it is cut into lines: half a secret is one too many.
  const shown = (side: DiffSide): DiffSide => (typeof side === 'string' && engine.mask ? engine.mask(side) : side);
  return { ...plain, diff: unifiedDiff({ path: diff.path, before: shown(before), after: shown(after) }) };
}

type Read = <V>(ref: FactRef<V>) => Promise<V | undefined>;

/** A file of the host as it stands or is foretold: its text, or its size and hash; undefined while neither can be known. */
async function contentOf(read: Read, path: string, size: number, ref = fileText({ path })): Promise<DiffSide | undefined> {
  const text = size > TEXT_LIMIT ? undefined : await read(ref);
  // What is no text was not read faithfully.
  if (text !== undefined && !/[\0\uFFFD]/.test(text)) return text;
  const sha256 = await read(fileDigest({ path }));
  return sha256 === undefined ? undefined : { size, sha256 };
}

/** What will stand there. A file of the controller or of the host is shown like any text, as far as it is one. */
async function contentAfter(read: Read, { actions }: Change, { after }: Diff): Promise<DiffSide | undefined> {
  if (after === null || typeof after === 'string' || after.size > TEXT_LIMIT) return after;
  const body = actions.find(action => action.kind === 'put')?.body;
  if (typeof body !== 'object' || !('kind' in body)) return after;
  if (body.kind === 'host-file') return (await contentOf(read, body.path, body.size)) ?? after;
  const bytes = await files.readFile(body.path).catch(() => undefined);
  const text = bytes?.toString('utf8') ?? '\0';
  return /[\0\uFFFD]/.test(text) ? after : text;
}
