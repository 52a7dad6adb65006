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

/** Makes a directory where nothing stands, or a link in the place of a file or another link. Made aside and renamed where that is safer. */
export interface MakeAction {
  readonly kind: 'make';
  readonly path: string;
  readonly what: { readonly directory: string } | { readonly link: string };
  /** `user:group`. */
  readonly owners: string;
}

/** Gives a file, directory or link another owner, group or mode, in this order; a link has no mode. */
export interface AlterAction {
  readonly kind: 'alter';
  readonly path: string;
  /** As for chown(1). */
  readonly owners?: string;
  /** Four octal digits. */
  readonly mode?: string;
}

/** Removes what stands at a path, a directory with all in it. */
export interface RemoveAction {
  readonly kind: 'remove';
  readonly path: string;
}

/** Runs shell text. A status other than 0 fails the task with the command's own words. */
export interface RunAction {
  readonly kind: 'run';
  readonly command: ShellText;
  /** Seconds until it is ended. Default 600. */
  readonly timeout?: number;
  /** Statuses that count as success. Default [0]. `any` accepts all: the module judges the output itself. */
  readonly accept?: readonly number[] | 'any';
  /** Paths that the command itself writes, removes, owns or mounts over by name. Root does not, where somebody else could exchange them meanwhile. */
  readonly alters?: readonly string[];
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

/** What the engine does at a path, in a way that nobody can turn against root. */
export type PlaceAction = MakeAction | AlterAction | RemoveAction;

export type Action = PutAction | PlaceAction | RunAction | ReopenAction;

export function run(command: ShellText, options: Omit<RunAction, 'kind' | 'command'> = {}): RunAction {
  return Object.freeze({ kind: 'run', command, ...options });
}

export function put(options: Omit<PutAction, 'kind'>): PutAction {
  return Object.freeze({ kind: 'put', ...options });
}

export function make(options: Omit<MakeAction, 'kind'>): MakeAction {
  return Object.freeze({ kind: 'make', ...options });
}

export function alter(options: Omit<AlterAction, 'kind'>): AlterAction {
  return Object.freeze({ kind: 'alter', ...options });
}

export function remove(path: string): RemoveAction {
  return Object.freeze({ kind: 'remove', path });
}

export const reopen: ReopenAction = Object.freeze({ kind: 'reopen' });
