// How a file is replaced whole: written beside its target under umask 077, made right, validated, renamed over it.
import { randomBytes } from 'node:crypto';
import { posix } from 'node:path';
import type { PutAction } from '../modules/actions.ts';
import { Secret } from '../util/secret.ts';
import { rawShell, sh, type ShellText } from '../util/shell.ts';

/** A fresh name in the target's folder, so that the rename stays on one file system. */
export function temporaryFor(path: string): string {
  return posix.join(posix.dirname(path), `.tsplay-${randomBytes(9).toString('hex')}`);
}

/** Receives the body on standard input into a new file that only its owner can read. */
export function receiveScript(temporary: string): ShellText {
  return sh`umask 077; set -C; cat > ${temporary} || { s=$?; rm -f ${temporary}; exit $s; }`;
}

/** Fills the new file from another one of the host. */
export function copyScript(source: string, temporary: string): ShellText {
  return sh`umask 077; set -C; cat < ${source} > ${temporary} || { s=$?; rm -f ${temporary}; exit $s; }`;
}

/** Gives the received file its owner and mode, has it validated, and renames it over the target. On any failure the old file stays. */
export function placeScript(action: PutAction, temporary: string): ShellText {
  const steps = [
    sh`if [ -d ${action.path} ] && [ ! -L ${action.path} ]; then echo ${`${action.path} is a directory, not a file`} >&2; exit 1; fi`,
    ...owner(action, temporary),
    sh`chmod ${action.mode} ${temporary} || exit`,
    ...(action.validate === undefined ? [] : [validation(action, sh`${temporary}`, posix.basename(temporary))]),
    ...backup(action),
    // -T: a target that is a link to a directory is replaced, not entered.
    sh`mv -fT ${temporary} ${action.path} || exit`,
    rawShell('trap - 0'),
  ];
  return sh`trap ${`rm -f ${sh`${temporary}`.text}`} 0
${rawShell(steps.map(step => step.text).join('\n'))}`;
}

function owner(action: PutAction, temporary: string): readonly ShellText[] {
  if (action.owner === undefined && action.group === undefined) return [];
  const who = `${action.owner ?? ''}${action.group === undefined ? '' : `:${action.group}`}`;
  return [sh`chown -h ${who} ${temporary} || exit`];
}

/**
 * Has the validator look at a file that stands in for the target: silent when it accepts it, else its words and status 1.
 * In its words the file has the name it will have, so that a run and a dry run say the same.
 * @param file where the file is, as shell text
 * @param name the last part of that: a name that nothing else has
 */
export function validation(action: PutAction, file: ShellText, name: string): ShellText {
  const command = rawShell((action.validate ?? '').replaceAll('%s', file.text));
  if (action.body instanceof Secret)
    return sh`{ ${command}
} >/dev/null 2>&1 || { echo ${'the new file was refused by its validation; what it said is not shown, since the content is secret'} >&2; exit 1; }`;
  return sh`out=$( { ${command}
} 2>&1 ) || { echo ${'the new file was refused by its validation:'} >&2; printf '%s\n' "$out" | sed -e ${renamed(action.path, name)} >&2; exit 1; }`;
}

/** For sed: the file and its folder under their own names, and without what a shell puts before its messages. */
function renamed(path: string, name: string): string {
  const plain = (text: string): string => text.replaceAll(/[\\&|]/g, '\\$&');
  const found = `[^[:blank:]"'=:(<]*${name.replaceAll('.', '\\.')}`;
  const folder = posix.dirname(path);
  return [
    's/^[^ ]*sh: \\(line \\)\\{0,1\\}[0-9]*: \\(eval: \\)\\{0,1\\}//',
    `s|${found}\\.d/|${plain(folder === '/' ? '/' : `${folder}/`)}|g`,
    `s|${found}|${plain(path)}|g`,
  ].join('\n');
}

function backup(action: PutAction): readonly ShellText[] {
  if (action.backup !== true) return [];
  const path = action.path;
  // Two in one second: the earlier one stays.
  return [
    sh`if [ -e ${path} ]; then old=${path}.~$(date -u +%Y%m%dT%H%M%SZ); while [ -e "$old~" ]; do old=$old+; done; cp -p ${path} "$old~" || exit; fi`,
  ];
}
