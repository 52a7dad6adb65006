// Actions: how a difference is mended, as data. The engine carries them out; a module only names them.
import type { LocalFile } from '../schema/resolved.ts';
import type { Body, ShellText } from '../util/shell.ts';

/** Writes a file whole: random name beside the target, owner and mode set, validated, renamed over it. */
export interface PutAction {
  readonly kind: 'put';
  readonly path: string;
  readonly body: Body | LocalFile;
  readonly owner?: string;
  readonly group?: string;
  /** Four octal digits, as in `0644`. */
  readonly mode: string;
  /** A command that must succeed before the file takes its place; `%s` stands for the new file. */
  readonly validate?: string;
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
