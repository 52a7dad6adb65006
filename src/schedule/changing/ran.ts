// What a module's own commands printed. In a dry run that would have run them it is what their previews say; without one it is unknown.
import type { RunAction } from '../../modules/actions.ts';
import type { Ran } from '../../modules/contract.ts';
import type { Change } from '../../modules/steps.ts';
import { Unknown } from '../../util/unknown.ts';
import type { Engine } from '../state/engine.ts';
import type { HostRun } from '../state/host-run.ts';
import type { Output } from '../state/output.ts';
import { readFacts } from '../reading/read-facts.ts';
import { DependsOnUnknown } from '../state/unknown-guard.ts';

/** What a command printed, or would print; undefined where a dry run cannot know. */
export type Printed = Output | undefined;

/** @param by the task whose commands they are, in words: what looks at an output that is not known depends on it */
export function ranView(outputs: readonly Printed[], by: string): Ran {
  return {
    get outputs() {
      const known = outputs.filter(output => output !== undefined);
      if (known.length < outputs.length) throw new DependsOnUnknown([`depends on ${by}`]);
      return known;
    },
  };
}

/**
 * What the commands of a change would print, as far as they offer a preview that succeeds. Nothing of the change is foretold yet.
 * @param assume told what the answers rest on
 */
export async function previewChange(
  engine: Engine,
  host: HostRun,
  user: string | undefined,
  change: Change,
  assume: (text: string) => void,
): Promise<readonly Printed[]> {
  const printed: Printed[] = [];
  for (const action of change.actions) if (action.kind === 'run') printed.push(await preview(engine, host, user, action, assume));
  return printed;
}

async function preview(
  engine: Engine,
  host: HostRun,
  user: string | undefined,
  { preview: ref, accept = [0] }: RunAction,
  assume: (text: string) => void,
): Promise<Printed> {
  if (ref === undefined) return undefined;
  await readFacts(engine, [{ ref, host }], user);
  const reading = host.facts.peek(ref, user ?? '');
  if (reading === undefined || reading.value instanceof Unknown) return undefined;
  const output = reading.value as Output;
  if (accept !== 'any' && !accept.includes(output.status)) return undefined;
  assume('the command prints what its check prints now');
  reading.assumes.forEach(assume);
  return output;
}
