// Shell text that runs a program with exactly the given words as its arguments.
import { sh, withInput } from '../../util/shell.ts';
import type { Body, ShellText } from '../../util/shell.ts';
import type { Secret } from '../../util/secret.ts';

/** How a program is run. */
export interface Execution {
  /** The program and its arguments, at least one word. */
  readonly argv: readonly string[];
  /** An absolute path. */
  readonly chdir?: string | undefined;
  readonly environment?: Readonly<Record<string, string | Secret>> | undefined;
  readonly stdin?: Body | undefined;
}

/**
 * The program takes the place of the shell: builtins are not meant, and no word is read as shell.
 * @throws TypeError when a word is secret: it goes into `environment` or `stdin`
 */
export function execArgv({ argv, chdir, environment, stdin }: Execution): ShellText {
  const place = chdir === undefined ? sh`` : sh`cd -- ${chdir} && `;
  const command = sh`${place}set -- ${argv} && exec "$@"`;
  const words = chdir === undefined ? { ...command, argv } : command;
  return withInput(words, { ...(stdin !== undefined && { stdin }), ...(environment !== undefined && { env: environment }) });
}
