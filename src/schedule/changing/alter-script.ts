// How what stands at a path gets another owner or mode, or is removed: by its path, or bound to what it is before it is touched.
import { posix } from 'node:path';
import type { AlterAction, RemoveAction } from '../../modules/actions.ts';
import { allOf, sh, type ShellText } from '../../util/shell.ts';
import { astray, entering, isHere } from './spot.ts';

/** `chmod` with five digits: the only spelling that also takes setgid away from a directory. */
export function setMode(path: string, mode: string): ShellText {
  return sh`chmod ${`0${mode}`} -- ${path}`;
}

/** The script of an {@link AlterAction} where nobody can exchange what stands there. */
export function alterScript({ path, owners, mode }: AlterAction): ShellText {
  return allOf([
    ...(owners === undefined ? [] : [sh`chown -h ${owners} -- ${path}`]),
    ...(mode === undefined ? [] : [setMode(path, mode)]),
  ]);
}

/**
 * The same where somebody can. A directory is entered, a file opened, and altered as that: whatever the name stands for by then, it is what was
 * found in this directory, under this name, reached through no link, and not root's.
 */
export function boundAlterScript(action: AlterAction, directory: string, kind: 'file' | 'directory'): ShellText {
  const name = posix.basename(action.path);
  const found = posix.join(directory, name);
  if (kind === 'directory')
    return sh`${entering(directory)}
{ cd -P ./${name} && ${isHere(found)} && [ ! -O . ]; } || ${astray(found)}
${alterScript({ ...action, path: '.' })}`;
  // What a process has open has a name of its own, which the kernel says the path of.
  const open = '/proc/self/fd/3';
  const { owners, mode } = action;
  return sh`${entering(directory)}
{ [ -f ./${name} ] && [ ! -L ./${name} ] && exec 3<./${name} && [ "$(readlink ${open})" = ${found} ] && [ -f ${open} ] && [ ! -O ${open} ]; } || ${astray(found)}
${allOf([...(owners === undefined ? [] : [sh`chown ${owners} ${open}`]), ...(mode === undefined ? [] : [setMode(open, mode)])])}`;
}

/** The script of a {@link RemoveAction}. */
export function removeScript({ path }: RemoveAction): ShellText {
  return sh`rm -rf -- ${path}`;
}

/** The same for anything but a directory, where somebody can exchange what stands there. */
export function boundRemoveScript({ path }: RemoveAction, directory: string): ShellText {
  return sh`${entering(directory)}
rm -f ./${posix.basename(path)}`;
}
