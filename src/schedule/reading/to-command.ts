// Shell text as a command of a frame: secrets are revealed here, on their way to the wire, and nowhere else.
import { Secret } from '../../util/secret.ts';
import type { Body, ShellText } from '../../util/shell.ts';
import type { Command } from '../../session/types.ts';

/** What a frame needs beside the text. */
export interface CommandOptions {
  readonly onlyIfOk?: boolean;
  readonly guards?: readonly number[];
  /** It is about the session, not about the host: see {@link Command.ofSession}. */
  readonly ofSession?: boolean;
}

/** A command from shell text. @param seconds until it is ended */
export function toCommand(shell: ShellText, seconds: number, options: CommandOptions = {}): Command {
  return {
    script: shell.text,
    timeout: seconds * 1000,
    ...(shell.argv && { argv: shell.argv }),
    ...(shell.stdin !== undefined && { stdin: bodyBytes(shell.stdin) }),
    ...(shell.env && {
      env: Object.fromEntries(Object.entries(shell.env).map(([name, value]) => [name, value instanceof Secret ? value.reveal() : value])),
    }),
    ...options,
  };
}

/** The bytes of a body. */
export function bodyBytes(body: Body): Uint8Array {
  if (body instanceof Uint8Array) return body;
  return Buffer.from(body instanceof Secret ? body.reveal() : body, 'utf8');
}
