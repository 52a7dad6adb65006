// The commands of Linux's shadow tools that make, alter and remove a user.
import { sh, withInput } from '../../util/shell.ts';
import type { ShellText } from '../../util/shell.ts';
import { secret } from '../../util/secret.ts';
import type { Secret } from '../../util/secret.ts';

/** Everything of a user that is to be made. */
export interface NewUser {
  readonly name: string;
  readonly uid?: number | undefined;
  /** An existing group; absent: one of the user's name is made. */
  readonly group?: string | undefined;
  readonly groups: readonly string[];
  readonly home: string;
  readonly shell: string;
  readonly comment: string;
  readonly system: boolean;
  readonly createHome: boolean;
}

/** Makes a user. Nothing is left to the host's defaults but the ids. */
export function addUser(user: NewUser): ShellText {
  const words = [
    user.system ? sh`--system` : undefined,
    user.createHome ? sh`--create-home` : sh`--no-create-home`,
    user.group === undefined ? sh`--user-group` : sh`--no-user-group --gid=${user.group}`,
    user.uid === undefined ? undefined : sh`--uid=${user.uid}`,
    user.groups.length === 0 ? undefined : sh`--groups=${user.groups.join(',')}`,
    user.comment === '' ? undefined : sh`--comment=${user.comment}`,
  ];
  const options = words.filter(word => word !== undefined).reduce((line, word) => sh`${line} ${word}`);
  return sh`useradd ${options} --home-dir=${user.home} --shell=${user.shell} -- ${user.name}`;
}

const OPTIONS = {
  uid: sh`--uid`,
  group: sh`--gid`,
  groups: sh`--groups`,
  home: sh`--home`,
  shell: sh`--shell`,
  comment: sh`--comment`,
} as const;

/** Alters one thing of a user. A home directory is not moved. */
export function alterUser(name: string, what: keyof typeof OPTIONS, value: string | number): ShellText {
  const alter = sh`usermod ${OPTIONS[what]}=${value} -- ${name}`;
  return what === 'uid' ? onceAtRest(alter) : alter;
}

/**
 * userdel and usermod refuse (status 8) while something runs as the user: a session of this run that was closed just before takes a moment to end.
 */
function onceAtRest(command: ShellText): ShellText {
  return sh`
left=3
until said=$(${command} 2>&1); do
  status=$?
  [ $status = 8 ] && [ $left -gt 0 ] || { printf '%s\n' "$said" >&2; exit $status; }
  left=$((left - 1)); sleep 1
done`;
}

/** Sets the password hash; it travels on standard input only. */
export function setPassword(name: string, hash: Secret): ShellText {
  return withInput(sh`chpasswd -e`, { stdin: secret(`${name}:${hash.reveal()}\n`) });
}

/** Removes a user, and the home directory and mail when asked to. */
export function removeUser(name: string, withHome: boolean): ShellText {
  return onceAtRest(withHome ? sh`userdel -r -- ${name}` : sh`userdel -- ${name}`);
}
