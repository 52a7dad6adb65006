// The text a file will have once another file's bytes are in it: a module names those by their digest and has not seen them.
import { promises as files } from 'node:fs';
import type { FactSet } from '../../facts/contract.ts';
import { fileDigest } from '../../facts/file/digest.ts';
import { fileText, TEXT_LIMIT } from '../../facts/file/text.ts';
import type { PutAction } from '../../modules/actions.ts';
import type { Change, Wait } from '../../modules/steps.ts';
import type { Engine } from '../state/engine.ts';
import type { HostRun } from '../state/host-run.ts';
import { readFacts } from '../reading/read-facts.ts';

/** Promises on `file.text` for what a change puts into place from a file of the controller or of the host, up to 1 MiB. */
export async function foretoldTexts(
  engine: Engine,
  host: HostRun,
  user: string | undefined,
  deed: Change | Wait,
): Promise<readonly FactSet[]> {
  if (deed.kind === 'wait') return [];
  const puts = deed.actions.filter(action => action.kind === 'put');
  return (await Promise.all(puts.map(action => textOf(engine, host, user, deed, action)))).filter(set => set !== undefined);
}

async function textOf(
  engine: Engine,
  host: HostRun,
  user: string | undefined,
  deed: Change,
  { path, body }: PutAction,
): Promise<FactSet | undefined> {
  if (typeof body !== 'object' || !('kind' in body) || body.size > TEXT_LIMIT) return undefined;
  // What is only put there to be taken away again has no digest to come.
  const stays = deed.sets.some(set => set.ref.key === fileDigest({ path }).key && set.value === body.sha256);
  if (!stays) return undefined;
  if (body.kind === 'file') return fileText({ path }).becomes(await files.readFile(body.path, 'utf8'));
  const source = fileText({ path: body.path });
  await readFacts(engine, [{ ref: source, host }], user);
  return fileText({ path }).becomes(host.facts.peek(source, user ?? '')?.value as string);
}
