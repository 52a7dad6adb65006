// Fact: how a read-only program of the author's ends. What `unless` and `only_if` ask.
import { defineFact } from '../contract.ts';
import { resource } from '../resource.ts';
import { execArgv } from './exec-argv.ts';

/** How the program ended. */
export interface CommandProbe {
  /** 0 means yes. 127 means that there is no such program. */
  readonly status: number;
}

export const commandProbe = defineFact({
  name: 'command.probe',
  summary: 'the exit status of a program that changes nothing',
  probe: (args: {
    readonly argv: readonly string[];
    readonly chdir?: string | undefined;
    readonly environment?: Readonly<Record<string, string>> | undefined;
  }) => execArgv(args),
  // Nobody knows what an author's program looks at.
  reads: () => [resource.anything],
  parse: ({ status }): CommandProbe => ({ status }),
  absent: { status: 127 },
  cost: 'slow',
});
