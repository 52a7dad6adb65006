// Fact: what a read-only program of the author's prints. What `check` of a command asks.
import { defineFact } from '../contract.ts';
import { resource } from '../resource.ts';
import { execArgv } from './exec-argv.ts';

/** What the program printed, and how it ended. */
interface CommandOutput {
  readonly stdout: string;
  readonly stderr: string;
  /** 127 means that there is no such program. */
  readonly status: number;
}

export const commandOutput = defineFact({
  name: 'command.output',
  summary: 'what a program that changes nothing prints, and its exit status',
  probe: (args: {
    readonly argv: readonly string[];
    readonly chdir?: string | undefined;
    readonly environment?: Readonly<Record<string, string>> | undefined;
  }) => execArgv(args),
  // Nobody knows what an author's program looks at.
  reads: () => [resource.anything],
  parse: ({ stdout, stderr, status }): CommandOutput => ({ stdout, stderr, status }),
  absent: { stdout: '', stderr: '', status: 127 },
  cost: 'slow',
  isContent: true,
});
