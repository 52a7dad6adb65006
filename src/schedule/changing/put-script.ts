// How a file is replaced whole: written beside its target under umask 077, made right, validated, renamed over it.
import { posix } from 'node:path';
import type { PutAction } from '../../modules/actions.ts';
import { Secret } from '../../util/secret.ts';
import { rawShell, sh, type ShellText } from '../../util/shell.ts';
import { placing, preparing, type Spot } from './spot.ts';

/** Receives the body on standard input into a new file that only its owner can read. */
export function receiveScript(spot: Spot): ShellText {
  return preparing(spot, filling(rawShell('cat'), spot.temporary), true);
}

/** Fills the new file from another one of the host. */
export function copyScript(source: string, spot: Spot): ShellText {
  return preparing(spot, filling(sh`cat < ${source}`, spot.temporary), true);
}

function filling(from: ShellText, temporary: string): ShellText {
  return sh`umask 077; set -C; ${from} > ${temporary} || { s=$?; rm -f ${temporary}; exit $s; }`;
}

/**
 * Gives the received file its owner and mode, has it validated, and renames it over the target. On any failure the old file stays.
 * Prints {@link REWRITTEN} where the target could not be replaced, since it is mounted there, and was rewritten instead.
 */
export function placeScript(given: PutAction, spot: Spot): ShellText {
  const { temporary, path } = spot;
  const action = { ...given, path };
  const { mode } = action;
  const [model, old] = [`${temporary}.acl`, `${temporary}.old`];
  const steps = [
    sh`if [ -d ${path} ] && [ ! -L ${path} ]; then echo ${`${given.path} is a directory, not a file`} >&2; exit 1; fi`,
    // A new owner takes capabilities away, which were for the old content.
    carriedOver(action, temporary, model),
    chown(action, temporary),
    sh`chmod ${mode} ${temporary} || exit`,
    ...(action.validate === undefined ? [] : validated(given, spot)),
    ...(action.backup === true ? [backup(path, spot.isPrivate ? old : undefined)] : []),
    // -T: a target that is a link to a directory is replaced, not entered.
    sh`if out=$(mv -fT ${temporary} ${path} 2>&1); then trap - 0; exit; fi`,
    spot.isPrivate ? sh`printf '%s\n' "$out" >&2; exit 1` : inPlace(action, temporary, old),
  ];
  return placing(
    spot,
    sh`trap ${`rm -f ${sh`${[temporary, model, old]}`.text}`} 0
${rawShell(steps.map(step => step.text).join('\n'))}`,
  );
}

function chown({ owner, group }: PutAction, path: string): ShellText {
  if (owner === undefined && group === undefined) return sh`:`;
  return sh`chown -h ${`${owner ?? ''}${group === undefined ? '' : `:${group}`}`} ${path} || exit`;
}

/**
 * Gives the new file what the old one has beside owner and mode: its ACL, its SELinux label, its other attributes. Where cp does not know how
 * (BusyBox), by the tools for ACLs and labels, if there are any.
 * @param model an empty file that is given the ACL first: with the old mode the content would be open until it has the new one
 */
function carriedOver({ path, mode }: PutAction, temporary: string, model: string): ShellText {
  return sh`if [ -f ${path} ] && [ ! -L ${path} ]; then
if [ -e /sys/fs/selinux/enforce ]; then also=xattr,context; else also=xattr; fi
if out=$(cp --attributes-only --preserve=$also -- ${path} ${temporary} 2>&1); then
case $(ls -ld -- ${path}) in ??????????+*)
(umask 077; : > ${model}) && cp --attributes-only --preserve=mode -- ${path} ${model} && chmod ${mode} ${model} &&
cp --attributes-only --preserve=mode -- ${model} ${temporary} && rm -f ${model} || exit;;
esac
else case $out in
*nrecognized*option*|*nvalid*option*|*llegal*option*|*'not found')
if command -v getfacl && command -v setfacl; then getfacl -p -- ${path} | setfacl --set-file=- -- ${temporary} || exit; fi >/dev/null
if [ $also != xattr ] && command -v chcon >/dev/null; then chcon --reference=${path} -- ${temporary} || exit; fi;;
*) printf '%s\n' "$out" >&2; exit 1;;
esac
fi
fi`;
}

/** What is printed when a file was rewritten in place. */
export const REWRITTEN = 'in place';

/** Rewrites a file that is mounted there from elsewhere: it cannot be renamed over. What fails half way is taken back. */
function inPlace(action: PutAction, temporary: string, old: string): ShellText {
  const { path, mode } = action;
  return sh`case $out in *busy*) ;; *) printf '%s\n' "$out" >&2; exit 1;; esac
(umask 077; set -C; cat < ${path} > ${old}) || exit
if ! cat < ${temporary} > ${path}; then
cat < ${old} > ${path} || { trap - 0; echo ${`what ${path} held is in ${old}`} >&2; }
exit 1
fi
${chown(action, path)}
chmod ${mode} ${path} && echo ${REWRITTEN}`;
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
    `s|/proc/self/cwd/|${plain(folder === '/' ? '/' : `${folder}/`)}|g`,
  ].join('\n');
}

/**
 * Keeps the old version. Two in one second: the earlier one stays.
 * @param aside where it is copied to first, when somebody might put a link in its place
 */
function backup(path: string, aside: string | undefined): ShellText {
  const copy = aside === undefined ? sh`cp -p ${path} "$old~"` : sh`cp -pP ${path} ${aside} && mv -fT ${aside} "$old~"`;
  return sh`if [ -e ${path} ]; then old=${path}.~$(date -u +%Y%m%dT%H%M%SZ); while [ -e "$old~" ]; do old=$old+; done; ${copy} || exit; fi`;
}

/** The validator sees the file where it is prepared. In a private directory it has the neighbours it will have, and a name that leads nowhere else. */
function validated(action: PutAction, { temporary, isPrivate }: Spot): readonly ShellText[] {
  const name = posix.basename(temporary);
  if (!isPrivate) return [validation(action, sh`${temporary}`, name)];
  return [
    sh`for near in ../* ../.[!.]*; do if [ -e "$near" ] || [ -L "$near" ]; then set -- "$@" "$near"; fi; done
if [ $# -gt 0 ]; then ln -s -- "$@" . 2>/dev/null || :; fi
at=/proc/self/cwd; [ -d "$at" ] || at=.`,
    validation(action, sh`"$at"/${name}`, name),
  ];
}
