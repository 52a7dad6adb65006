// The errors that cross layers, each with the exit code it ends a command with (design: exit codes).
import { formatProblem, type Problem } from './problem.ts';

/** What the process exits with; the documented codes and nothing else. */
export const EXIT = {
  ok: 0,
  bug: 1,
  failed: 2,
  pending: 3,
  unreachable: 4,
  usage: 5,
  stalePlan: 6,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Invalid files or usage: all problems at once, found before the first connection. Exit 5. */
export class InputError extends Error {
  readonly problems: readonly Problem[];
  readonly exitCode: ExitCode = EXIT.usage;

  constructor(problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'));
    this.name = 'InputError';
    this.problems = Object.freeze([...problems]);
  }
}

/** A module, fact or role broke its contract. Shown with its words, without a stack unless asked for. Exit 1. */
export class ContractError extends Error {
  readonly exitCode: ExitCode = EXIT.bug;

  constructor(message: string) {
    super(message);
    this.name = 'ContractError';
  }
}

/** Why a host cannot be spoken to. */
export type UnreachableReason = 'connect' | 'timeout' | 'host-key' | 'authentication' | 'become' | 'dropped' | 'protocol';

/** A host that cannot be reached, or was lost; `message` says what to do. Exit 4. */
export class UnreachableError extends Error {
  readonly reason: UnreachableReason;
  readonly host: string;
  readonly exitCode: ExitCode = EXIT.unreachable;

  constructor(host: string, reason: UnreachableReason, message: string) {
    super(message);
    this.name = 'UnreachableError';
    this.host = host;
    this.reason = reason;
  }
}
