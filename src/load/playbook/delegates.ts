// The hosts that tasks are delegated to by name: they have to be in the inventory, this machine aside.
import { didYouMean } from '../../util/nearest.ts';
import { playbookProblems } from '../messages/playbook.ts';
import type { Report } from '../report.ts';
import type { Inventory, Located, PlaybookSource } from '../types.ts';
import { callsOf, nodesOf } from './walk-sources.ts';

const THIS_MACHINE: readonly string[] = ['localhost', '127.0.0.1', '::1'];

/** Those that stand for this machine and are not in the inventory; others that are not there are reported. */
export function localDelegates(playbook: PlaybookSource, inventory: Inventory, report: Report): readonly string[] {
  const missing = playbook.plays.flatMap(delegatesOf).filter(({ value }) => !inventory.hosts.has(value));
  for (const { value, at } of missing)
    if (!THIS_MACHINE.includes(value))
      report(playbookProblems['delegate-unknown'](at, value, didYouMean(value, [...inventory.hosts.keys()])));
  return [...new Set(missing.map(({ value }) => value))].filter(value => THIS_MACHINE.includes(value));
}

function delegatesOf(play: PlaybookSource['plays'][number]): readonly Located<string>[] {
  return [play, ...callsOf(play), ...nodesOf(play)].flatMap(({ delegateTo }) =>
    delegateTo?.kind === 'scalar' && typeof delegateTo.value === 'string' && !delegateTo.value.includes('{{')
      ? [{ value: delegateTo.value, at: delegateTo.at }]
      : [],
  );
}
