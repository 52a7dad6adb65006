// Actions: how a difference is mended, as data. The engine carries them out; a module only names them.
import type { FactRef } from '../facts/contract.ts';
import type { LocalFile } from '../schema/resolved.ts';
import type { Body, ShellText } from '../util/shell.ts';

/** A regular file on the host itself whose bytes another one gets. */
export interface HostFile {
  readonly kind: 'host-file';
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** Writes a file whole: random name beside the target, owner and mode set, validated, renamed over it. */
export interface PutAction {
  readonly kind: 'put';
  readonly path: string;
  readonly body: Body | LocalFile | HostFile;
  readonly owner?: string;
  readonly group?: string;
  /** Four octal digits, as in `0644`. */
  readonly mode: string;
  /** A command that must succeed before the file takes its place; `%s` stands for the new file. */
  readonly validate?: string;
  /** The validator writes nothing: a dry run may show it the content to come, in a private file that is gone in the same frame. */
  readonly validateReadsOnly?: boolean;
  /** It looks at nothing but the file: what it says in a dry run holds, whatever else is foretold. */
  readonly validateIsAlone?: boolean;
  /** Keep the old version beside it as `NAME.~YYYYMMDDTHHMMSSZ~`. */
  readonly backup?: boolean;
}

/** Runs shell text. A status other than 0 fails the task with the command's own words. */
export interface RunAction {
  readonly kind: 'run';
  readonly command: ShellText;
  /** Seconds until it is ended. Default 600. */
  readonly timeout?: number;
  /** Statuses that count as success. Default [0]. `any` accepts all: the module judges the output itself. */
  readonly accept?: readonly number[] | 'any';
  /** A read-only look that says now what the command would print: in a dry run its answer stands in for the output. */
  readonly preview?: FactRef<CommandOutput>;
}

/** What a command printed, and how it ended. */
export interface CommandOutput {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

/** Opens the session anew: new groups, a new environment. */
export interface ReopenAction {
  readonly kind: 'reopen';
}

export type Action = PutAction | RunAction | ReopenAction;

export function run(command: ShellText, options: Omit<RunAction, 'kind' | 'command'> = {}): RunAction {
  return Object.freeze({ kind: 'run', command, ...options });
}

export function put(options: Omit<PutAction, 'kind'>): PutAction {
  return Object.freeze({ kind: 'put', ...options });
}

export const reopen: ReopenAction = Object.freeze({ kind: 'reopen' });
