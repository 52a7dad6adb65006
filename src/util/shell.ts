// Shell text as data: the `sh` template quotes what is put into it and takes no secret.
import { Secret } from './secret.ts';

/** What a command reads on its standard input. */
export type Body = string | Secret | Uint8Array;

/** A piece of POSIX sh, safe to run as it is. Built by {@link sh} only. */
export interface ShellText {
  readonly kind: 'sh';
  readonly text: string;
  /** Standard input; absent means none. The one place, with `env`, where a secret may travel. */
  readonly stdin?: Body;
  /** Environment of this command alone; exported inside the frame, so it is in no argv. */
  readonly env?: Readonly<Record<string, string | Secret>>;
  /** The same as a program and its arguments, where it is nothing but one program that takes the place of the shell. */
  readonly argv?: readonly string[];
}

type Piece = string | number | ShellText | readonly (string | number)[];

/** A secret where it would show in a list of processes. What an author of a task does, in words for that person. */
export class SecretInCommand extends TypeError {
  constructor() {
    super('a secret cannot stand in a command line, where every user of the host can read it; give it as stdin or in the environment');
    this.name = 'SecretInCommand';
  }
}

/** Quotes one word for sh. @throws SecretInCommand; TypeError for what no word can hold */
export function quote(word: string): string {
  if ((word as unknown) instanceof Secret) throw new SecretInCommand();
  if (word.includes('\0')) throw new TypeError('a shell word cannot hold a NUL byte');
  return /^[A-Za-z0-9_/:=.,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/**
 * Shell text with every `${}` quoted as one word (an array: as one word each), unless it is itself `sh` text.
 * A word that begins with `-` is refused unless ` -- ` stands before it in the same command.
 * @throws TypeError for a secret (give it as `stdin` or `env`) and for a word that could read as an option
 */
export function sh(strings: TemplateStringsArray, ...pieces: readonly Piece[]): ShellText {
  let text = '';
  strings.forEach((literal, index) => {
    text += literal;
    if (index < pieces.length) text += embed(pieces[index] as Piece, text);
  });
  return Object.freeze({ kind: 'sh', text });
}

/** The same command with standard input or environment. */
export function withInput(
  command: ShellText,
  input: { readonly stdin?: Body; readonly env?: Readonly<Record<string, string | Secret>> },
): ShellText {
  return Object.freeze({ ...command, ...input });
}

/** Commands one after the other, stopping at the first that fails. */
export function allOf(commands: readonly ShellText[]): ShellText {
  if (commands.some(command => command.stdin !== undefined || command.env !== undefined))
    throw new TypeError('commands with input cannot be joined');
  return Object.freeze({ kind: 'sh', text: commands.map(command => `{ ${command.text}\n}`).join(' && ') || ':' });
}

/** Text that is shell already and was checked by its author: a constant of this program, never data. */
export function rawShell(text: string): ShellText {
  return Object.freeze({ kind: 'sh', text });
}

function embed(piece: Piece, before: string): string {
  if ((piece as unknown) instanceof Secret) throw new SecretInCommand();
  if (typeof piece === 'number') return quote(String(piece));
  if (typeof piece === 'string') return embedWord(piece, before);
  if ('kind' in piece) return piece.text;
  return piece.map(word => embed(word, before)).join(' ');
}

function embedWord(word: string, before: string): string {
  if (word.startsWith('-') && /(^|\s)$/.test(before) && !/\s--\s[^;|&\n]*$/.test(before)) {
    throw new TypeError(`${JSON.stringify(word)} could be read as an option; put -- before it`);
  }
  return quote(word);
}
