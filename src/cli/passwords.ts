// The passwords that a command line is about: from files, or from whoever sits at the terminal.
import type { ConnectionChoices } from '../schedule/hosts/connection-choices.ts';
import { secret } from '../util/secret.ts';
import { askHidden } from './ask-hidden.ts';
import { compileRequest, type RunRequest } from './compile-request.ts';
import { readPasswordFile } from './password-file.ts';

/** Where passwords are to come from. */
export interface PasswordFlags {
  readonly askPass?: boolean | undefined;
  readonly connectionPasswordFile?: string | undefined;
  readonly askBecomePass?: boolean | undefined;
  readonly becomePasswordFile?: string | undefined;
}

/**
 * The requests of a command line with its passwords. Files are read, and a person is asked for those that no file gives: once, and not
 * before everything that can be wrong without them has been said.
 * @throws InputError
 */
export async function givePasswords(flags: PasswordFlags, requests: readonly RunRequest[]): Promise<readonly RunRequest[]> {
  const { askPass, connectionPasswordFile, askBecomePass, becomePasswordFile } = flags;
  if (askPass !== true && askBecomePass !== true && connectionPasswordFile === undefined && becomePasswordFile === undefined)
    return requests;
  for (const request of requests) await compileRequest(request);
  const login = readPasswordFile(connectionPasswordFile, 'login password');
  const sudo = readPasswordFile(becomePasswordFile, 'become password');
  const password = login ?? (askPass === true ? await askHidden('login password', '--connection-password-file') : undefined);
  const becomePassword = sudo ?? (askBecomePass === true ? await askHidden('become password', '--become-password-file') : undefined);
  const passwords: ConnectionChoices = {
    ...(password !== undefined && { password: secret(password) }),
    ...(becomePassword !== undefined && { becomePassword: secret(becomePassword) }),
  };
  return requests.map(request => ({ ...request, connection: { ...request.connection, ...passwords } }));
}
