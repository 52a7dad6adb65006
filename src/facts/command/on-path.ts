// Fact: whether a program can be run by its name, and which file that is.
import { sh } from '../../util/shell.ts';
import { defineFact } from '../contract.ts';

/** Where a program is; empty when there is none. */
export interface CommandOnPath {
  readonly path: string;
}

export const commandOnPath = defineFact({
  name: 'command.on-path',
  summary: 'the file that runs when a program is called by its name',
  probe: ({ name }: { readonly name: string }) => sh`command -v ${name}`,
  // Which files these are is not known before it is there: packages say so in what they set.
  reads: () => [],
  parse: ({ stdout }): CommandOnPath => ({ path: stdout.split('\n')[0] ?? '' }),
  absent: { path: '' },
  cost: 'cheap',
});
