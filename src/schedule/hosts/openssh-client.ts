// What the client of OpenSSH is given to do, and whether this machine has it: found out before anything connects.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { InputError } from '../../errors/errors.ts';
import type { Line } from '../../session/config/ssh-config.ts';
import type { ClientConfig, ConnectionSpec } from '../../session/types.ts';

/** The files it reads by itself, and what is said elsewhere and outweighs them. */
export function clientConfigOf(
  name: string,
  files: readonly string[],
  given: readonly Line[],
  said: Readonly<Record<ClientConfig['outweighed'][number], unknown>>,
): ClientConfig {
  const outweighed = Object.entries(said).flatMap(([what, value]) => (value === undefined ? [] : [what as keyof typeof said]));
  return { name, files, given: given.map(asWritten), outweighed };
}

/** A command keeps its words as they are; others may hold blanks. */
function asWritten({ keyword, words }: Line): string {
  return `${keyword} ${words.map(word => (keyword === 'proxycommand' || !/\s/.test(word) ? word : `"${word}"`)).join(' ')}`;
}

/** @throws InputError where a host is reached by it, or one on the way, and it is not there. @param reason why the host is */
export function needClient(spec: ConnectionSpec, reason: string | undefined, path: string = process.env['PATH'] ?? ''): void {
  if (!usesClient(spec) || path.split(delimiter).some(folder => folder !== '' && isProgram(join(folder, 'ssh')))) return;
  const what = `host ${spec.host} is reached by the client of OpenSSH (${reason ?? 'a host on the way'}), and there is no program ssh here`;
  throw new InputError([{ what, advice: 'install openssh-client' }]);
}

function usesClient({ connection, jump }: ConnectionSpec): boolean {
  return connection === 'openssh' || (jump !== undefined && usesClient(jump));
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
